"""The last thing said when something happened that nobody foresaw: one sentence, never a trace."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from kmtui.words import _

from .telling import refuse

FILE = "last-error.txt"
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def hook_for(folder: Callable[[], Path], *, json_wanted: bool) -> Hook:
    """An exception hook that keeps the trace in the notebook's folder for whoever mends it.

    Args:
        folder: Asked only when something went wrong.
        json_wanted: Whether the sentence is a document.
    """

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            message, name = _("Stopped."), "stopped"
        else:
            message, name = _sentence(kind, error, trace, folder()), "unexpected"
        refuse({"kind": name, "message": message, "where": None}, json_wanted=json_wanted)

    return tell


def _sentence(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None, folder: Path
) -> str:
    import traceback  # only when it is needed

    what = f"{kind.__name__}: {error}"[:200]
    file = folder / FILE
    try:
        if not folder.is_dir():
            return _("Something unforeseen happened ({what}).").format(what=what)
        with file.open("w", encoding="utf-8", errors="backslashreplace") as out:
            out.write(f"{sys.version}\n{' '.join(sys.argv[:2])}\n")
            out.writelines(traceback.format_exception(kind, error, trace))
    except OSError:
        return _("Something unforeseen happened ({what}).").format(what=what)
    return _(
        "Something unforeseen happened ({what}). What was saved is kept; {file} says more."
    ).format(what=what, file=file)
