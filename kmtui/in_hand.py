"""What a person has in hand: the field that is typed in, or the row that is marked."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widgets import Input, TextArea

from kmtui.widgets.answer_line import AnswerLine
from kmtui.widgets.card_lines import DeedKey, Field, FieldKey, LinkKey
from kmtui.widgets.record_list import RecordList, Row
from kmtui.words import _


def what_is_in_hand(screen: Screen[Any]) -> str:
    """What it is and what it takes, in one sentence; empty where there is nothing to say."""
    for answer in screen.query(AnswerLine):
        if answer.asking:
            return _("You are asked for one thing: Enter keeps it, Esc leaves it as it was.")
    focused = screen.focused
    if isinstance(focused, Input) and focused.placeholder:
        return str(focused.placeholder)
    for rows in screen.query(RecordList):
        match rows.key:
            case FieldKey(field):
                return _field(field)
            case LinkKey():
                return _("Enter goes there, Esc comes back.")
            case DeedKey():
                return _("Enter does it.")
    return ""


def _field(field: Field) -> str:
    how = {
        "words": _("Enter changes it."),
        "text": _("Enter changes it; several lines can be written."),
        "day": _("Enter changes it; a day can be typed in any usual way."),
        "choice": _("Enter goes on to the next choice."),
        "who": _("Enter changes it; a name, or the beginning of one that is known."),
    }[field.how]
    return " · ".join(part for part in (field.label, field.hint, how) if part)


def words_in_hand(screen: Screen[Any]) -> str:
    """The words that are copied: of the field, or of the marked row with the lines that go on."""
    focused = screen.focused
    if isinstance(focused, Input) and focused.value:
        return focused.selected_text or focused.value
    if isinstance(focused, TextArea):
        return focused.selected_text or focused.text
    for rows in screen.query(RecordList):
        if isinstance(rows.key, FieldKey):
            return rows.key.field.words
        if rows.key is not None:
            return _row_words(rows.rows[rows.cursor], rows.rows[rows.cursor + 1 :])
    return ""


def _row_words(row: Row, below: Any) -> str:
    parts = [" ".join(cell.text.strip() for cell in row.cells if cell.text.strip())]
    for one in below:
        if one.key is not None or one.cells[0].text.strip() or len(one.cells) < 2:
            break  # only lines that go on under an empty first cell
        parts.append(one.cells[1].text.strip())
    return " ".join(parts)
