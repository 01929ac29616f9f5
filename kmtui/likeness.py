"""Which known person or agency a written name fits, and how well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from store.records import Agency, Person, Record

How = Literal["same", "title_differs", "near", "none"]
TITLES = ("คุณ", "นาย", "นางสาว", "นาง", "อาจารย์", "อ.", "ดร.", "ผอ.", "พี่", "น้อง", "ลุง", "ป้า", "ครู")
ROLE = {"คุณเอื้อ", "คุณอำนวย", "คุณกิจ", "คุณบันทึก", "คุณลิขิต", "คุณประสาน", "คุณนำกระบวนการ", "ประธาน", "พิธีกร"}


@dataclass(frozen=True, slots=True)
class Found:
    how: How
    record: Record | None


def person_key(n): return "".join(n.split()).casefold()
agency_key = person_key
def is_role_word(n): return person_key(n) in ROLE
def bare(n):
    k = person_key(n)
    for t in TITLES:
        if k.startswith(t) and len(k) > len(t) + 1: return k[len(t):]
    return k

def match_person(w, people):
    for p in people:
        if person_key(w) in {person_key(x) for x in (p.name, *p.aliases)}: return Found("same", p)
    for p in people:
        if bare(w) == bare(p.name): return Found("title_differs", p)
    return Found("none", None)

def match_agency(w, ags):
    for p in ags:
        if person_key(w) in {person_key(x) for x in (p.short, p.full, *p.aliases) if x}: return Found("same", p)
    return Found("none", None)
