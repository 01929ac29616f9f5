"""The speakers of a proposal: counts, who may be meant, which agency, which other names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from store.agency_names import agency_named
from store.names import match, match_agency, role_word, split_name
from store.records import RecordId

from .lines import BLANKS, name_key, plain
from .proposal import (
    Known,
    ProposedAgency,
    ProposedSpeaker,
    ProposedTurn,
)
from .reported import role_and_name
from .sheet import Sheet
from .voices import says_a_role, without_agency

_KIN: Final = ("พี่", "น้อง", "ลุง", "ป้า", "น้า", "หมอ", "ครู", "อาจารย์", "อ.", "ผอ.", "คุณ", "ท่าน")
"""Titles with which people speak of each other."""
_SHORTEST_NICKNAME: Final = 3
"""Code points."""
_LONGEST_AGENCY: Final = 40


def speakers(sheet: Sheet, known: Known) -> tuple[ProposedSpeaker, ...]:
    """Everybody who speaks, in the order in which they first do."""
    counts = Counter(turn.label for turn in sheet.turns if turn.label)
    found = [_speaker(label, turns, sheet, known) for label, turns in counts.items()]
    everything = plain("\n".join(turn.text for turn in sheet.turns))
    return tuple(replace(one, aliases=_aliases(one, found, everything)) for one in found)


def _speaker(label: str, turns: int, sheet: Sheet, known: Known) -> ProposedSpeaker:
    bare, agency = without_agency(label)
    role, name = role_and_name(bare)
    word = role_word(name) if name else None
    named = bool(name) and not says_a_role(name) and word is None
    person, near = _known_people(bare if word else name, known) if name else (None, ())
    return ProposedSpeaker(
        label=label,
        name=name if named or person else "",
        turns=turns,
        role_word=None if person else word,
        is_role=bool(role and not name) or says_a_role(bare) or (word is not None and not person),
        person=person,
        near=near,
        agency=_agency(label, agency, sheet.turns, known),
    )


def _known_people(name: str, known: Known) -> tuple[RecordId | None, tuple[RecordId, ...]]:
    found = match(name, known.people)
    near = tuple(one.id for one in found.near)
    return (found.same.id if found.same else None), near


def _agency(
    label: str, in_label: str, turns: Sequence[ProposedTurn], known: Known
) -> ProposedAgency | None:
    """The agency beside the name, or the word in a column of its own in the first turn."""
    first = next(turn for turn in turns if turn.label == label)
    if in_label:
        return _offer(in_label, "", first.line, known, in_text=False)
    word, gap = _column(first.text)
    return _offer(word, gap, first.line, known, in_text=True) if word else None


def _column(text: str) -> tuple[str, str]:
    """The first word of a text and the wide gap after it; both empty where it has no column."""
    end = next((at for at, one in enumerate(text[:_LONGEST_AGENCY]) if one in BLANKS), 0)
    rest = text[end:].lstrip(BLANKS)
    gap = text[end : len(text) - len(rest)]
    wide = "\t" in gap or len(gap) > 1
    return (text[:end], gap) if end and rest and wide else ("", "")


def _offer(word: str, gap: str, line: int, known: Known, *, in_text: bool) -> ProposedAgency | None:
    agency = match_agency(word, known.agencies).same
    usual = agency_named(word)
    abbreviation = word.endswith(".") and 2 < len(word) <= 10 and not word[0].isdigit()
    if agency is None and usual is None and not (abbreviation and not in_text):
        return None
    full = agency.full if agency else usual.full if usual else ""
    known_id = agency.id if agency else None
    return ProposedAgency(name=word, line=line, gap=gap, known=known_id, full=full, in_text=in_text)


def _aliases(
    speaker: ProposedSpeaker, everyone: Sequence[ProposedSpeaker], everything: str
) -> tuple[str, ...]:
    """``พี่หมาย`` for คุณสมหมาย: a title of talk with the name or its end, where nobody else fits."""
    if not speaker.name:
        return ()
    others = [one for one in everyone if one is not speaker and one.name]
    taken = {name_key(one.name) for one in everyone if one.name}
    found = []
    for ending in _endings(_given(speaker.name)):
        if any(_given(one.name).endswith(ending) for one in others):
            continue
        for title in _KIN:
            alias = title + ending
            if name_key(alias) not in taken and _stands_alone(alias, everything):
                found.append(alias)
    return tuple(dict.fromkeys(found))


def _given(name: str) -> str:
    """The given name without its title."""
    return split_name(name).given.split(" ", 1)[0]


def _endings(name: str) -> list[str]:
    """The name and its later parts, each beginning where a syllable can."""
    return [
        name[at:]
        for at in range(max(len(name) - _SHORTEST_NICKNAME + 1, 0))
        if at == 0
        or name[at] in "เแโใไ"
        or ("ก" <= name[at] <= "ฮ" and name[at - 1] not in "เแโใไ")
    ]


def _stands_alone(alias: str, text: str) -> bool:
    """Whether the text has this name, not as the start of a longer vowel or mark."""
    at = text.find(alias)
    while at >= 0:
        after = text[at + len(alias) : at + len(alias) + 1]
        if after not in tuple("ะัาำิีึืฺุู็่้๊๋์ํ"):
            return True
        at = text.find(alias, at + 1)
    return False
