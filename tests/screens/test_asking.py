"""What is asked of the notebook: quick questions are answered in the midst of long ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from kmtui.asking import Asking, Pace

_PATIENCE = 10.0


@pytest.fixture
def asking() -> Iterator[Asking]:
    found = Asking()
    yield found
    found.close()


def noted(log: list[str], word: str) -> Callable[[], None]:
    return lambda: log.append(word)


def long_one(asking: Asking, log: list[str], word: str, *, when: Event) -> Callable[[], None]:
    """Long work of two steps with a breath between them."""

    def run() -> None:
        log.append(f"{word} begins")
        assert when.wait(_PATIENCE)
        asking.breath()
        log.append(f"{word} ends")

    return run


def test_what_is_quick_is_done_at_the_next_breath_of_what_is_long(asking: Asking) -> None:
    log: list[str] = []
    asked = Event()
    long = asking.submit(long_one(asking, log, "meeting", when=asked), Pace.LONG)
    asking.submit(noted(log, "save"))
    asking.submit(noted(log, "list"), Pace.READS)

    asked.set()
    long.result(_PATIENCE)

    assert log == ["meeting begins", "save", "list", "meeting ends"]


def test_long_work_waits_for_long_work(asking: Asking) -> None:
    log: list[str] = []
    asked = Event()
    asking.submit(long_one(asking, log, "meeting", when=asked), Pace.LONG)
    search = asking.submit(noted(log, "search"), Pace.LONG)
    asking.submit(noted(log, "save"))

    asked.set()
    search.result(_PATIENCE)

    assert log == ["meeting begins", "save", "meeting ends", "search"]


def test_a_save_is_never_parted(asking: Asking) -> None:
    log: list[str] = []
    asked = Event()
    asking.submit(long_one(asking, log, "save", when=asked))
    second = asking.submit(noted(log, "second save"))

    asked.set()
    second.result(_PATIENCE)

    assert log == ["save begins", "save ends", "second save"]


def test_leaving_ends_long_work_at_its_next_breath_and_does_what_is_quick() -> None:
    log: list[str] = []
    asked = Event()
    asking = Asking()
    long = asking.submit(long_one(asking, log, "meeting", when=asked), Pace.LONG)
    asking.submit(noted(log, "search"), Pace.LONG)
    save = asking.submit(noted(log, "save"))

    asking.is_leaving = True
    asked.set()
    asking.close()

    assert long.done()
    assert save.done()
    assert log == ["meeting begins", "save"]


def test_a_mistake_is_told_to_who_asked_and_ends_nothing_else(asking: Asking) -> None:
    log: list[str] = []

    def mistake() -> None:
        raise RuntimeError("ours")

    first = asking.submit(mistake)
    second = asking.submit(noted(log, "save"))
    second.result(_PATIENCE)

    assert isinstance(first.exception(_PATIENCE), RuntimeError)
    assert log == ["save"]
