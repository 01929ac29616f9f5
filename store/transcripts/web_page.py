"""The lines of a saved web page: its text, and apart from it what the page adds around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from store.errors import N_
from store.records import Source

from .errors import TooIntricate
from .letters import letters
from .lines import Line
from .origin import Origin
from .proposal import DropKind, Dropped

_CHARSET: Final = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{2,40})")
_UNSHOWN: Final = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select",
    "textarea", "-comment", "!--", "-doctype", "!doctype",
})  # fmt: skip
_AROUND: Final = frozenset({"nav", "aside", "form", "button", "footer", "menu"})
_BLOCKS: Final = frozenset({
    "p", "div", "li", "ul", "ol", "tr", "table", "tbody", "thead", "section", "article", "main",
    "header", "footer", "nav", "aside", "blockquote", "pre", "dl", "dt", "dd", "form", "figure",
    "figcaption", "body", "center", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "address",
    "fieldset", "details", "summary", "button", "menu", "html",
})  # fmt: skip
_BOLD: Final = frozenset({"b", "strong"})
_COMMENT: Final = re.compile(r"(?:^|[ _-])(?:comments?|replies|reply|ความเห็น)(?:$|[ _-]|list|area)")
_MENU: Final = re.compile(
    r"(?:^|[ _-])(?:menu|nav|navbar|navigation|sidebar|breadcrumbs?|share|social|related|ads?"
    r"|banner|cookie|footer|pagination|tags?)(?:$|[ _-])"
)
_WHITE: Final = re.compile(r"[ \t\n\r\f]+")
_NAMES: Final = 2_000
"""Letters of a part's classes and its id that are looked at."""
MOST_TAGS: Final = 300_000
DEEPEST: Final = 10_000
MOST_ATTRIBUTES: Final = 100
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})([^<>]*)")
_CLOSED_BY_ITSELF: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "html",
    "head", "body", "colgroup", "optgroup", "rt", "rp",
})  # fmt: skip
"""Tags that nobody need close."""
_CONTENT: Final = "article, main, h1"
"""What holds one of these is the page itself, whatever its class is called."""


def page_origin(raw: bytes, source: Source) -> Origin:
    """Read a page: lines of text, and the menus and comments that were left out.

    Raises:
        StoreError: Its bytes are no text.
        TooIntricate: Its parts are more, or deeper, than any page has.
    """
    charset = _CHARSET.search(raw[:4096])
    declared = charset[1].decode("ascii") if charset else ""
    text = letters(raw, source.name, declared)
    check_shape(text, source.name)
    page = LexborHTMLParser(text)
    walk = _Walk(page)
    if page.body is not None:
        walk.over(page.body)
    walk.end_line()
    title = page.css_first("title")
    entitled = _WHITE.sub(" ", title.text()).strip() if title is not None else ""
    return Origin(source, tuple(walk.lines), tuple(walk.dropped), entitled[:300])


def check_shape(text: str, where: str) -> None:
    """Refuse what the parser would need minutes for, after one look at every tag.

    Raises:
        TooIntricate
    """
    depth = deepest = 0
    for number, found in enumerate(_TAG.finditer(text), start=1):
        closes, name = found[1], found[2].lower()
        if name not in _CLOSED_BY_ITSELF:
            depth = max(0, depth - 1) if closes else depth + 1
            deepest = max(deepest, depth)
        told = (
            (N_("its tags"), number, MOST_TAGS),
            (N_("tags inside each other"), deepest, DEEPEST),
            (N_("attributes of one tag"), found[3].count("="), MOST_ATTRIBUTES),
            (N_("attributes of one tag"), len(found[3].split()), MOST_ATTRIBUTES * 20),
        )
        for what, count, limit in told:
            if count > limit:
                raise TooIntricate(where=where, what=what, count=count, limit=limit)


def _around_content(page: LexborHTMLParser) -> set[int]:
    """The parts of a page that hold what is the page itself, each met once."""
    found: set[int] = set()
    for node in page.css(_CONTENT):
        up: LexborNode | None = node.parent
        while up is not None and up.mem_id not in found:
            found.add(up.mem_id)
            up = up.parent
    return found


@dataclass(slots=True)
class _Walk:
    """Goes over a page in its order without recursion and cuts its text into lines."""

    page: LexborHTMLParser
    lines: list[Line] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    number: int = 0
    _text: list[str] = field(default_factory=list)
    _strong: int | None = None
    """Code points in bold at the start of this line; None before anything else came."""
    _level: int = 0
    _aside: DropKind | None = None
    _holds_content: set[int] = field(default_factory=set)

    def over(self, root: LexborNode) -> None:
        self._holds_content = _around_content(self.page)
        todo: list[tuple[LexborNode, bool, bool, DropKind | None]] = [(root, False, False, None)]
        while todo:
            node, leaving, bold, aside = todo.pop()
            tag = (node.tag or "").lower()
            if tag == "-text":
                self._words(node.text_content or "", bold=bold, aside=aside)
                continue
            if tag in _UNSHOWN:
                continue
            if tag == "br":
                self.end_line()
                continue
            if tag in _BLOCKS:
                self.end_line()
                self._level = 0 if leaving or not _is_h(tag) else int(tag[1])
            if tag in ("td", "th") and leaving:
                self._text.append("\t")
            if leaving:
                continue
            inside = aside or self._set_apart(node, tag)
            todo.append((node, True, bold, aside))
            children = list(node.iter(include_text=True))
            todo.extend(
                (child, False, bold or tag in _BOLD, inside) for child in reversed(children)
            )

    def _set_apart(self, node: LexborNode, tag: str) -> DropKind | None:
        """Whether a part of the page is around the text: a menu, or readers' comments."""
        given = node.attributes
        names = f"{given.get('class') or ''} {given.get('id') or ''}"[:_NAMES].lower()
        if tag == "body" or node.mem_id in self._holds_content:
            return None
        if _COMMENT.search(names):
            return "comment"
        if tag in _AROUND or given.get("role") == "navigation" or _MENU.search(names):
            return "menu"
        return None

    def _words(self, text: str, *, bold: bool, aside: DropKind | None) -> None:
        text = _WHITE.sub(" ", text)
        if not text:
            return
        if aside != self._aside and any(one.strip() for one in self._text):
            self.end_line()
        self._aside = aside
        if not self._text or self._text[-1].endswith((" ", "\t")):
            text = text.lstrip(" ")
        self._text.append(text)
        if not bold and text.strip() and self._strong is None:
            self._strong = sum(len(one) for one in self._text[:-1])

    def end_line(self) -> None:
        text = "".join(self._text).rstrip(" \t")
        strong, self._strong = self._strong or 0, None
        self._text.clear()
        if not text:
            return
        self.number += 1
        if self._aside is None:
            self.lines.append(Line(self.number, text, self._level, strong))
        else:
            self.dropped.append(Dropped(line=self.number, text=text, kind=self._aside))
        self._aside = None


def _is_h(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()
