"""Who comes to the demo's forums; every name is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from store.records import Agency, Person, Record, RecordId, Series

NewId = Callable[..., RecordId]

_AGENCIES: Final[Mapping[str, str]] = {
    "พช.": "สำนักงานพัฒนาชุมชนอำเภอลมเย็น",
    "อบต.": "องค์การบริหารส่วนตำบลลมเย็น",
    "ชป.": "โครงการชลประทานลมเย็น",
    "กศน.": "ศูนย์การเรียนรู้อำเภอลมเย็น",
    "สหกรณ์": "สหกรณ์การเกษตรลมเย็น",
    "กลุ่มออมทรัพย์": "กลุ่มออมทรัพย์ตำบลลมเย็น",
}
_PEOPLE: Final[Mapping[str, tuple[str | None, str, str]]] = {
    "คุณนภดล": ("พช.", "พัฒนากร", "พี่นภดล"),
    "คุณเดือนเพ็ญ": ("อบต.", "นักพัฒนาชุมชน", ""),
    "คุณปรีชา": ("ชป.", "ช่างชลประทาน", ""),
    "อ.วรรณา": ("กศน.", "ครู", "ครูวรรณา"),
    "ผอ.ทวีป": ("สหกรณ์", "ผู้อำนวยการ", ""),
    "ป้าแฉล้ม": ("กลุ่มออมทรัพย์", "เหรัญญิก", ""),
    "คุณลำดวน": ("กลุ่มออมทรัพย์", "สมาชิก", ""),
    "คุณจันทร์แรม": ("กลุ่มออมทรัพย์", "เลขานุการ", ""),
    "ลุงเปลื้อง": (None, "ผู้ใช้น้ำท้ายท่อ", ""),
    "ผู้ใหญ่สมาน": (None, "ผู้ใหญ่บ้าน", ""),
}
"""By name: agency, position, another name."""


class Cast:
    """People, agencies and the series of the demo, each with its id.

    Args:
        new_id: A fresh id for a record of this kind.
    """

    def __init__(self, new_id: NewId) -> None:
        self.series = Series(
            id=new_id("series"),
            title="กองทุนน้ำกับกลุ่มออมทรัพย์ตำบลลมเย็น",
            aim="คนท้ายท่อมีน้ำใช้ และกลุ่มดูแลน้ำกันเองได้",
        )
        self.agencies = {
            short: Agency(id=new_id("agency"), short=short, full=full)
            for short, full in _AGENCIES.items()
        }
        self.people = {name: self._person(new_id, name) for name in _PEOPLE}

    def _person(self, new_id: NewId, name: str) -> Person:
        short, position, other = _PEOPLE[name]
        return Person(
            id=new_id("person"),
            name=name,
            aliases=frozenset({other} if other else ()),
            agency=self.agencies[short].id if short else None,
            position=position,
        )

    def person(self, name: str) -> RecordId:
        """The id of somebody by name. Raises KeyError for a stranger."""
        return self.people[name].id

    def agency(self, short: str) -> RecordId:
        """The id of an agency by its short name."""
        return self.agencies[short].id

    def records(self) -> tuple[Record, ...]:
        """Everything to keep before the forums."""
        return (self.series, *self.agencies.values(), *self.people.values())
