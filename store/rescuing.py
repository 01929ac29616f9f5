"""A sealed file of this laptop that can no longer be read as it was: what is left is kept anew.

Its lines that still hold go into a new file; values that only it held and that the lists still
show are written as new lines, each in the place of the one that is gone. So backup, stick and
lists have again what is shown here. The file itself goes to ``damaged``, never away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from .carrier.errors import KeptAnew
from .carrier.kept import KeptFiles
from .carrier.laptops import lost_put
from .carrier.side import Side
from .changes.fold import Folded
from .changes.line import BadLine, Change, encode
from .errors import StoreError
from .ids import is_odd
from .view import places


class Rescued(NamedTuple):
    """What became of files that were damaged."""

    files: tuple[str, ...]
    """Their names below ``log``."""
    lines: int
    """Lines of them that still held."""
    values: int
    """Values that only they held, taken from the lists."""


NOTHING: Final = Rescued((), 0, 0)


def kept_anew(found: Rescued) -> KeptAnew:
    """What a person is told of it."""
    where = ", ".join(found.files[:3])
    return KeptAnew(where=where, lines=found.lines, values=found.values)


def rescue_among(side: Side, kept: KeptFiles, files: Iterable[str]) -> list[StoreError]:
    """The same for some files in the middle of a meeting, whose list of files goes with it.

    Returns:
        What is to be told of it; nothing where all of them are whole.
    """
    found = rescue(side, files)
    if not found.files:
        return []
    side.forums.seal()
    for name in found.files:
        kept.drop(name)
    for name in side.ledger.archive.own(side.device.id):
        kept.add(name)
    return [kept_anew(found)]


def damaged_own(side: Side, among: Iterable[str] | None = None) -> list[str]:
    """Own sealed files that are not whole any more, by their names below ``log``.

    Args:
        side: The notebook.
        among: Only these files are looked at; None for all of this laptop's.
    """
    kept = KeptFiles(side.ledger.archive)
    wanted = None if among is None else set(among)
    own = [one for one in kept.of(side.device.id) if wanted is None or one.file in wanted]
    return [one.name for one in own if kept.whole(one) is None]


def rescue(side: Side, among: Iterable[str] | None = None) -> Rescued:
    """Keep anew what is left of own files that are damaged; nothing where none is.

    Raises:
        DiskRefused, NotebookReadOnly, SyncFailed: What was not kept anew yet stands as before.
    """
    files = damaged_own(side, among)
    if not files:
        return NOTHING
    side.forums.settle()
    archive = side.ledger.archive
    raw = [line for name in files for line in archive.readable_lines(name)]
    gone = [number for name in files if (number := archive.seq_of(name)) is not None]
    held = {change.id for change in _lines(raw)}
    values = list(_values_of(side, held | _ids_elsewhere(side, files)))
    if raw:
        side.ledger.seal_again(raw)
    _write(side, values)
    side.ledger.put_away(files)
    side.forums.forget_files(files)
    for put in lost_put(gone):
        side.tell(put)
    return Rescued(tuple(files), len(raw), len(values))


def _lines(raw: Iterable[bytes]) -> Iterator[Change]:
    from .changes.segments import line

    for one in raw:
        try:
            yield line(one)
        except BadLine:
            continue


def _ids_elsewhere(side: Side, files: Iterable[str]) -> set[str]:
    """The ids of every line that can be read in another file."""
    archive, apart = side.ledger.archive, set(files)
    found = {kept.change.id for kept in side.ledger.open_lines()}
    for name in archive.names():
        if name in apart:
            continue
        try:
            lines, _rot = archive.take_in(name, own=side.device.id)
            found |= {archive.change(one.ref).id for one in lines}
        except StoreError:
            continue  # held; told when it was found
    return found


def _values_of(side: Side, known: set[str]) -> Iterator[tuple[str, str, str, Any]]:
    """Record, field, the change that is gone, and its value: what only the lists still hold."""
    for state in _states(side):
        if state.seen <= known:
            continue
        for name, heads in state.heads.items():
            for change, value in heads.items():
                if change not in known:
                    yield state.rec, name, change, value


def _states(side: Side) -> Iterator[Folded]:
    shelves = side.forums.shelves
    plain = [name for name in shelves.names("") if not places.is_rows(name)]
    inside = [places.inside_shelf(letters) for letters in side.forums.letters_of_sessions()]
    for name in dict.fromkeys([*plain, *inside]):
        shelf = shelves.shelf(name)
        for table in shelf.tables():
            for record_id in list(shelf.ids(table)):
                yield shelf.state(record_id)


def _write(side: Side, values: Iterable[tuple[str, str, str, Any]]) -> None:
    now = side.now()
    clock, time = now.timestamp() * 1000, now.isoformat(timespec="seconds")
    changes = [
        Change(
            id=side.ids.next([change], at=clock),
            rec=rec,
            put={name: value},
            base={name: [change]},
            time=time,
            dev=side.device.id,
            who=None,
            tx=None,
            odd_clock=is_odd(clock),
        )
        for rec, name, change, value in values
    ]
    if changes:
        side.ledger.append(changes, [encode(one) for one in changes])
        side.forums.take_in(changes)
