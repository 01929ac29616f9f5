"""Asking: what is asked of the notebook, done on one thread, the quick in the midst of the long."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from threading import Lock
from types import TracebackType
from typing import Final

from store.breath import Stopped

_TURN: Final = 0.001
"""Seconds after which the screens' thread gets its turn."""
_DEEPEST: Final = 4
"""Readings that may stand open inside each other."""


class Pace(Enum):
    """How a question to the notebook stands to the others."""

    QUICK = "quick"
    """Done in one go, also in the midst of longer work."""
    READS = "reads"
    """The same; it only reads, and gives way itself where it takes its time."""
    LONG = "long"
    """Gives way, and waits until other long work is done."""


@dataclass(slots=True)
class _Asked:
    run: Callable[[], None]
    pace: Pace
    done: Future[None] = field(default_factory=Future)


class _Answered:
    """Says how something ended to whoever waits for it; a mistake of ours ends it only there."""

    def __init__(self, done: Future[None]) -> None:
        self._done = done

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is None or isinstance(error, Stopped):
            self._done.set_result(None)
        else:
            self._done.set_exception(error)
        return True


class Asking:
    """The notebook's thread, and who waits for it."""

    def __init__(self) -> None:
        self.is_leaving = False
        """Whether long work is to end at its next breath."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._waiting: deque[_Asked] = deque()
        self._lock = Lock()
        self._doing: list[Pace] = []
        """What stands open, the innermost last."""
        sys.setswitchinterval(min(sys.getswitchinterval(), _TURN))

    def submit(self, run: Callable[[], None], pace: Pace = Pace.QUICK) -> Future[None]:
        """Let this be done, in the order of asking but for long work, which lets others pass."""
        asked = _Asked(run, pace)
        with self._lock:
            self._waiting.append(asked)
        self._thread.submit(self._next)
        return asked.done

    def _next(self) -> None:
        """Do the first that waits; what was done in a breath waits no more."""
        with self._lock:
            asked = self._waiting.popleft() if self._waiting else None
        if asked is not None and not (self.is_leaving and asked.pace is Pace.LONG):
            self._do(asked)

    def _do(self, asked: _Asked) -> None:
        self._doing.append(asked.pace)
        with _Answered(asked.done):
            asked.run()
        self._doing.pop()

    def breath(self) -> None:
        """Do what is quick and waits; for long work, between two of its steps.

        Raises:
            Stopped: The app is being left.
        """
        if not self._doing or self._doing[-1] is Pace.QUICK:
            return  # a save is never parted
        if self.is_leaving:
            raise Stopped
        while len(self._doing) < _DEEPEST and (asked := self._first_quick()):
            self._do(asked)

    def _first_quick(self) -> _Asked | None:
        with self._lock:
            for at, asked in enumerate(self._waiting):
                if asked.pace is not Pace.LONG:
                    del self._waiting[at]
                    return asked
        return None

    def close(self) -> None:
        """End what is long at its next breath, do what is quick, and wait for it."""
        self.is_leaving = True
        self._thread.shutdown(wait=True)
