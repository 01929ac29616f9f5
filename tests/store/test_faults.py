"""Nothing acknowledged is lost: a fault at every step of a save, and the notebook after it."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.edits import Add, Change, Delete
from store.errors import (
    DiskRefused,
    NewerNotebook,
    NotANotebook,
    NotebookInUse,
    NotebookReadOnly,
    StoreError,
    SyncFailed,
)
from store.files import DISK, Disk
from store.notebook import Notebook
from store.records import RecordId, Turn
from tests.store.conftest import Opener, begin, said

ROOT = Path(__file__).parents[2]


class Failing:
    """A disk that refuses its nth step, and every one after it until it is mended."""

    def __init__(self, code: int, after: int, steps: frozenset[str]) -> None:
        self.code, self.left, self.steps = code, after, steps
        self.mended = False
        self.failed = 0

    def disk(self) -> Disk:
        """The disk to open a notebook with."""
        steps: dict[str, Any] = {
            part.name: self._step(part.name, getattr(DISK, part.name))
            for part in dataclasses.fields(Disk)
        }
        return Disk(**steps)

    def _step(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object) -> object:
            if name in self.steps and not self.mended:
                self.left -= 1
                if self.left < 0:
                    self.failed += 1
                    raise OSError(self.code, os.strerror(self.code))
            return real(*args)

        return step


def log_of(folder: Path) -> Path:
    return folder / "log" / "open.jsonl"


def whole_lines(folder: Path) -> bytes:
    return log_of(folder).read_bytes().rstrip(b"\n")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("after", range(4))
def test_a_refused_write_changes_nothing_and_the_next_save_is_kept(
    opened: Opener, folder: Path, code: int, after: int
) -> None:
    fault = Failing(code, after, frozenset({"write_at"}))
    fault.mended = True
    book = opened(disk=fault.disk())
    session = begin(book, "หนึ่ง")
    fault.mended = False
    kept = ["หนึ่ง"]

    for text in ("สอง", "สาม", "สี่", "ห้า", "หก"):
        try:
            book.save(Add(Turn(session=session, text=text, place=len(kept) + 1)))
        except (DiskRefused, NotebookReadOnly):
            assert said(book, session) == kept
        else:
            kept.append(text)
    fault.mended = True
    book.save(Add(Turn(session=session, text="เจ็ด", place=99)))

    assert fault.failed
    assert said(book, session) == [*kept, "เจ็ด"]
    book.close()
    assert said(opened(), session) == [*kept, "เจ็ด"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no open file")
def test_nothing_is_called_kept_once_the_notebook_was_deleted(opened: Opener, folder: Path) -> None:
    book = opened()
    session = begin(book)
    shutil.rmtree(folder)

    with pytest.raises(DiskRefused, match="deleted"):
        book.save(Change(session, {"title": "หลังถูกลบ"}))


def test_a_failed_sync_refuses_all_further_saves_until_reopened(
    opened: Opener, folder: Path
) -> None:
    fault = Failing(errno.EIO, 0, frozenset({"sync"}))
    fault.mended = True
    book = opened(disk=fault.disk())
    session = begin(book, "หนึ่ง")
    fault.mended = False

    with pytest.raises(SyncFailed):
        book.save(Add(Turn(session=session, text="สอง", place=2)))
    fault.mended = True
    with pytest.raises(SyncFailed):
        book.save(Add(Turn(session=session, text="สาม", place=3)))

    assert said(book, session) == ["หนึ่ง"]
    book.close()
    again = opened()
    assert said(again, session)[0] == "หนึ่ง"
    again.save(Add(Turn(session=session, text="สี่", place=4)))


def test_a_save_of_several_records_stands_whole_or_not_at_all_wherever_it_is_cut(
    opened: Opener, folder: Path, tmp_path: Path
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    before = len(whole_lines(folder))
    book.save(*(Add(Turn(session=session, text=text, place=9)) for text in ("ก", "ข", "ค")))
    book.close()
    content = whole_lines(folder)

    for length in range(before, len(content) + 1, 7):
        copy = tmp_path / f"cut{length}"
        shutil.copytree(folder, copy)
        shutil.rmtree(copy / "view", ignore_errors=True)
        log_of(copy).write_bytes(content[:length] + b"\n" * 100)
        with Notebook.open(copy) as cut:
            found = said(cut, session)
            told = [notice.kind for notice in cut.notices]
        assert found in (["หนึ่ง"], ["หนึ่ง", "ก", "ข", "ค"])
        whole = length in (before, before + 1)
        assert (found == ["หนึ่ง"]) == (length < len(content))
        assert ("torn_tail" in told) == (not whole and length < len(content))
        shutil.rmtree(copy)


def test_a_torn_tail_is_kept_aside_and_the_next_save_stands_after_it(
    opened: Opener, folder: Path
) -> None:
    session = begin(book := opened(), "หนึ่ง")
    book.close()
    with log_of(folder).open("r+b") as file:
        file.seek(len(whole_lines(folder)) + 1)
        file.write(b'{"id":"half of a line')

    book = opened()
    book.save(Add(Turn(session=session, text="สอง", place=2)))

    (notice,) = book.notices
    assert notice.kind == "torn_tail"
    assert (folder / str(notice.facts["where"])).read_bytes() == b'{"id":"half of a line'
    book.close()
    assert said(opened(), session) == ["หนึ่ง", "สอง"]
    assert opened(read_only=True).notices == ()


def _rot(folder: Path, words: str) -> None:
    """Spoil one bit of the line that holds these words."""
    content = bytearray(log_of(folder).read_bytes())
    content[content.index(words.encode()) + 1] ^= 1
    log_of(folder).write_bytes(content)
    shutil.rmtree(folder / "view", ignore_errors=True)


def test_a_rotten_line_before_good_ones_costs_only_itself_and_is_told(
    opened: Opener, folder: Path
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง", "สาม")
    second = list(book.turns(session))[1]
    book.save(Change(second.id, {"heading": "หัวข้อ"}))
    book.close()
    _rot(folder, "สอง")

    book = opened()

    assert [notice.kind for notice in book.notices] == ["rot"]
    damaged = book.record(second.id)
    assert isinstance(damaged, Turn)
    assert "damaged" in damaged.marks
    assert damaged.heading == "หัวข้อ"
    assert [text for text in said(book, session) if text] == ["หนึ่ง", "สาม"]
    assert len(list((folder / "damaged").iterdir())) == 1
    assert book.verify()["damaged"]
    book.close()
    assert "damaged" in opened().record(second.id).marks


def test_a_rotten_line_comes_back_from_a_sealed_copy(opened: Opener, folder: Path) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง", "สาม")
    book.close()
    whole = log_of(folder).read_bytes()
    book = opened()
    assert book._ledger.seal()  # a copy as another laptop would bring it
    book.close()
    log_of(folder).write_bytes(whole)
    _rot(folder, "สอง")

    book = opened()

    assert said(book, session) == ["หนึ่ง", "สอง", "สาม"]
    assert not any(turn.marks for turn in book.turns(session))


@pytest.mark.parametrize("harm", ["deleted", "empty", "cut", "flipped", "no mark", "bad mark"])
def test_a_view_that_is_gone_or_damaged_is_made_again(
    opened: Opener, folder: Path, harm: str
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง")
    book.verify(rebuild=True)
    book.save(Add(Turn(session=session, text="สาม", place=3)))
    book.close()
    files = [path for path in (folder / "view").rglob("*.json") if path.name != "mark.json"]
    assert len(files) >= 4

    for path in [folder / "view", folder / "view" / "mark.json"] if "mark" in harm else files:
        _harm(path, harm, folder)
        book = opened()
        assert said(book, session) == ["หนึ่ง", "สอง", "สาม"]
        assert [row.turns for row in book.sessions()] == [3]
        assert [person.name for person in book.people()] == ["คุณภีม"]
        report = book.verify()
        assert not report["differs"]
        book.verify(rebuild=True)
        book.close()


def _harm(path: Path, harm: str, folder: Path) -> None:
    match harm:
        case "deleted":
            shutil.rmtree(folder / "view", ignore_errors=True)
        case "no mark":
            (folder / "view" / "mark.json").unlink(missing_ok=True)
        case "bad mark":
            (folder / "view" / "mark.json").write_bytes(b'{"fmt":"kmtui-view","v":1,"offset":')
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(path.read_bytes()[:-9])
        case _:
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 4
            path.write_bytes(content)


def test_a_notebook_of_a_newer_version_is_left_alone(opened: Opener, folder: Path) -> None:
    begin(book := opened(), "หนึ่ง")
    book.close()
    device = folder / "device.json"
    device.write_text(json.dumps({**json.loads(device.read_text("utf-8")), "v": 2}), "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(NewerNotebook, match="newer"):
        opened()

    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b'{"dev":5}', b"\xff\xfe"])
def test_a_damaged_device_file_costs_nothing(opened: Opener, folder: Path, content: bytes) -> None:
    book = opened()
    laptop, session = book.laptop, begin(book, "หนึ่ง")
    book.close()
    (folder / "device.json").write_bytes(content)

    book = opened()

    assert said(book, session) == ["หนึ่ง"]
    assert book.laptop == laptop


def test_a_folder_of_other_things_is_not_written_to(opened: Opener, folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.docx").write_bytes(b"x")

    with pytest.raises(NotANotebook):
        opened()

    assert [path.name for path in folder.iterdir()] == ["letter.docx"]


def test_a_second_window_reads_and_is_told_who_writes(opened: Opener, folder: Path) -> None:
    first = opened()
    session = begin(first, "หนึ่ง")

    with pytest.raises(NotebookInUse, match="process"):
        opened()
    second = opened(read_only=True)

    assert said(second, session) == ["หนึ่ง"]
    assert second.holder is not None
    assert second.holder.pid == os.getpid()
    with pytest.raises(NotebookReadOnly):
        second.save(Delete(session))


def test_a_reader_leaves_every_byte_as_it_is(opened: Opener, folder: Path) -> None:
    book = opened()
    session = begin(book, "หนึ่ง")
    book.close()
    with log_of(folder).open("r+b") as file:
        file.seek(len(whole_lines(folder)) + 1)
        file.write(b'{"id":"half')
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    reader = opened(read_only=True)
    assert said(reader, session) == ["หนึ่ง"]
    reader.search("หนึ่ง")
    reader.close()

    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


WRITER = """
import sys
from pathlib import Path
from store.edits import Add
from store.notebook import Notebook
from store.records import Session, Turn
book = Notebook.open(Path(sys.argv[1]))
session = book.new_id("session")
book.save(Add(Session(id=session, title="เวที")))
print(session, flush=True)
number = 0
while True:
    number += 1
    if number % 7 == 0:
        book.save(*(Add(Turn(session=session, text=f"{number}.{n}", place=number)) for n in "กข"))
    else:
        book.save(Add(Turn(session=session, text=str(number), place=number)))
    print(number, flush=True)
    if number % 40 == 0:
        book.verify(rebuild=True)
    if number % 90 == 0:
        book._ledger.seal()
"""


def _killed(folder: Path, after: float) -> tuple[RecordId, int]:
    """Write until killed; the session and the last number that was told kept."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    session = RecordId(process.stdout.readline().decode().strip())
    assert session.startswith("session/")
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().decode().split("\n")
    process.stdout.close()
    process.wait()
    told = [int(line) for line in rest[:-1] if line]
    return session, told[-1] if told else 0


def killed_often(folder: Path, times: int) -> None:
    rng = random.Random(5)
    every = 0
    for _ in range(times):
        session, told = _killed(folder, rng.uniform(0.0, 0.25))
        every += told
        with Notebook.open(folder) as book:
            found = said(book, session)
        wanted: list[str] = []
        for number in range(1, told + 1):
            wanted += [f"{number}.ก", f"{number}.ข"] if number % 7 == 0 else [str(number)]
        assert found[: len(wanted)] == wanted
        rest = found[len(wanted) :]
        one = [str(told + 1)], [f"{told + 1}.ก", f"{told + 1}.ข"]
        assert rest == [] or rest in one
    assert every > times


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_what_was_told_kept_survives_a_kill(folder: Path) -> None:
    killed_often(folder, 12)


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_what_was_told_kept_survives_a_thousand_kills(folder: Path) -> None:
    for part in range(50):
        killed_often(folder / str(part), 20)


FULL = """
import resource, signal, sys
from pathlib import Path
from store.edits import Add
from store.errors import StoreError
from store.notebook import Notebook
from store.records import Session, Turn
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
book = Notebook.open(Path(sys.argv[1]))
session = book.new_id("session")
book.save(Add(Session(id=session, title="เวที")))
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
kept = 0
try:
    while kept < 500:
        book.save(Add(Turn(session=session, text="ย" * 300, place=kept)))
        kept += 1
except StoreError as error:
    print(error.kind, "full" in str(error))
assert len(list(book.turns(session))) == kept, (len(list(book.turns(session))), kept)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
book.save(Add(Turn(session=session, text="หลัง", place=kept)))
book.close()
with Notebook.open(Path(sys.argv[1])) as book:
    assert len(list(book.turns(session))) == kept + 1
print(kept)
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of file size are a POSIX thing")
def test_a_really_full_disk_is_told_and_the_rest_goes_on_when_there_is_room(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)], capture_output=True, text=True, cwd=ROOT
    )

    assert done.stderr == ""
    refusal, kept = done.stdout.splitlines()
    assert refusal == "disk True"
    assert 20 < int(kept) < 500


def test_every_single_byte_spoiled_in_the_open_file_is_told_or_harmless(
    opened: Opener, folder: Path, tmp_path: Path
) -> None:
    book = opened()
    session = begin(book, "หนึ่ง", "สอง")
    book.close()
    content = whole_lines(folder)
    wanted = ["หนึ่ง", "สอง"]
    device = (folder / "device.json").read_bytes()

    for at in range(0, len(content), 11):
        spoiled = bytearray(content)
        spoiled[at] ^= 1 << (at % 8)
        copy = tmp_path / f"byte{at}"
        (copy / "log").mkdir(parents=True)
        (copy / "device.json").write_bytes(device)
        log_of(copy).write_bytes(bytes(spoiled) + b"\n")
        reader = Notebook.open(copy, read_only=False)
        try:
            found = said(reader, session)
        except StoreError:
            found = []
        assert found == wanted or reader.notices
        reader.close()


@pytest.mark.parametrize("year", [1970, 2569])
def test_a_wrong_clock_loses_nothing_and_is_flagged(folder: Path, year: int) -> None:
    from datetime import UTC, datetime

    with Notebook.open(folder, now=lambda: datetime(year, 5, 1, tzinfo=UTC)) as book:
        session = begin(book, "หนึ่ง", "สอง")
        book.save(Change(session, {"place": "ศาลา"}))

        assert said(book, session) == ["หนึ่ง", "สอง"]
        assert "clock" in book.record(session).marks
        assert book.sessions()[0].place == "ศาลา"
