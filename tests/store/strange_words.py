"""Texts, names, letters, times and days that somebody may put where others are expected."""

from __future__ import annotations

from typing import Final

from store.records import KINDS

TEXTS: Final = (
    "",
    " ",
    "น้ำมาช้า",
    "\x1b[31mแดง\x1b[0m\x1b]0;x\x07",
    "\u202eกลับ\u2066",
    "\0\r\n\t\x85\u2028",
    "[bold]x[/] [/] [@click=app.quit]y[/]",
    "../../etc/passwd",
    "C:\\CON",
    "{title} %s {0!r}",
    "น้ำ" * 700,
    "ำ" * 40 + "\u0301" * 40,
    "👩‍👩‍👧‍👦\U000e0001",
    '"rec":"session/INNER","put":{',
    '\n{"id":"01KAMRBX00000000000000000A","rec":"session/INNER","put":{"title":"x"}}',
    "ก" * 20_000,
    "=1+1",
)
NAMES: Final = (
    "_deleted", "_seen", "_x", "id", "rec", "more", "marks", "kind", "session", "a.b.c", "title.",
    ".title", "title/", "/x", "..", ".", "same_as", "same_as/", "same_as/session/", "same_as/x",
    "joins/person/", "tags", "tags.x", "tags/a/b/c", "checks", "checks.", "checks.recorder",
    "checks.nobody", "roles/king", "answers.a.b", "title.x", "ชื่อ", "\x1b[2J", "a\nb", "n" * 200,
    "has.evil000001", "has.", "gone.evil000001", "was", "owner", "aliases/\u202ex", "KIND",
    "__class__", "earlier", "source", "not_same/session/", " ", "id/x", "id.x", "id/",
    "/", "_x/y", "./.", "title.a/b",
)  # fmt: skip
LETTERS: Final = (
    "A", "a", "-", "--", "_", "A-B", "A-", "-A", "A-B-C", "CON", "aux", "nul-x", "0", "9" * 64,
    "Z" * 26, "INNER", "x_y-z", "COM1",
)  # fmt: skip
KINDS_TOO: Final = (*KINDS, "laptop", "letter", "x_1", "con", "view", "sessions")
TIMES: Final = (
    "", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T12:00:00+07:00",
    "2026-11-22T12:00:00", "2026-11-22", "x", "\x1b[2J", "2569-01-01T00:00:00+07:00",
    "9999-12-31T23:59:59.999999+00:00", "2026-11-22T12:00:00+23:59:59",
)  # fmt: skip
DAYS: Final = ("0001-01-01", "9999-12-31", "2026-11-22", "2569-01-01", "2026-W01", "20261122", "x")
