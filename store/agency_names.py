"""Agencies that forums name again and again: short names, other spellings, full names.

Only for recognising a word; which agencies take part is what the notebook says.
Source: the agencies named in the founding forum and in texts about such forums.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class AgencyName:
    """One agency, by the names that people write."""

    short: str
    full: str
    variants: tuple[str, ...] = ()


AGENCY_NAMES: Final = (
    AgencyName("พอช.", "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)", ("พอช", "สถาบันพัฒนาองค์กรชุมชน")),
    AgencyName("พช.", "กรมการพัฒนาชุมชน", ("พช", "พัฒนาชุมชน", "พัฒนาการจังหวัด", "พัฒนาการอำเภอ")),
    AgencyName("ออมสิน", "ธนาคารออมสิน", ("ธ.ออมสิน",)),
    AgencyName(
        "กศน.",
        "สำนักงานส่งเสริมการศึกษานอกระบบและการศึกษาตามอัธยาศัย",
        ("กศน", "การศึกษานอกโรงเรียน", "ศูนย์การศึกษานอกโรงเรียนจังหวัด"),
    ),
    AgencyName("สกร.", "กรมส่งเสริมการเรียนรู้", ("สกร",)),
    AgencyName("เกษตร", "กรมส่งเสริมการเกษตร", ("เกษตรจังหวัด", "เกษตรอำเภอ", "สำนักงานเกษตรจังหวัด")),
    AgencyName("มวล.", "มหาวิทยาลัยวลัยลักษณ์", ("มวล", "ม.วลัยลักษณ์")),
    AgencyName("ธกส.", "ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร", ("ธกส", "ธ.ก.ส.", "ธ.ก.ส")),
    AgencyName("สหกรณ์", "กรมส่งเสริมสหกรณ์", ("สหกรณ์จังหวัด", "สำนักงานสหกรณ์จังหวัด")),
    AgencyName(
        "สาธารณสุข", "กระทรวงสาธารณสุข", ("สสจ.", "สสจ", "สสอ.", "สสอ", "สำนักงานสาธารณสุขจังหวัด")
    ),
    AgencyName("สคส.", "สถาบันส่งเสริมการจัดการความรู้เพื่อสังคม", ("สคส",)),
    AgencyName("สกว.", "สำนักงานกองทุนสนับสนุนการวิจัย", ("สกว",)),
    AgencyName("ศตจ.", "ศูนย์อำนวยการต่อสู้เพื่อเอาชนะความยากจน", ("ศตจ",)),
    AgencyName("อบต.", "องค์การบริหารส่วนตำบล", ("อบต",)),
    AgencyName("อบจ.", "องค์การบริหารส่วนจังหวัด", ("อบจ",)),
)


@cache
def _by_written() -> dict[str, AgencyName]:
    return {
        written: agency
        for agency in AGENCY_NAMES
        for written in (agency.short, agency.full, *agency.variants)
    }


def agency_named(written: str) -> AgencyName | None:
    """The agency of exactly this name; None for a word that is none we know."""
    return _by_written().get(written)
