"""Words by which transcripts show their parts: who may be a speaker, what is a heading."""

from __future__ import annotations

import re
from typing import Final

SPEAKING_ROLES: Final = (
    "พิธีกร", "ประธาน", "ประธานที่ประชุม", "ประธานในที่ประชุม", "ประธานการประชุม", "รองประธาน",
    "ผู้ดำเนินรายการ", "ผู้ดำเนินการอภิปราย", "ผู้ดำเนินการประชุม", "ผู้ดำเนินการ", "ผู้เข้าร่วม",
    "ผู้เข้าร่วมประชุม", "ผู้เข้าประชุม", "ที่ประชุม", "เลขานุการ", "เลขา", "เลขาฯ", "วิทยากร", "กระบวนกร",
    "ผู้ช่วยวิทยากร", "ผู้ถาม", "ผู้ตอบ", "ผู้สัมภาษณ์", "ผู้ให้สัมภาษณ์", "ถาม", "ตอบ", "ชาวบ้าน", "สมาชิก",
    "ผู้พูด", "ผู้ฟัง", "ผู้จด", "ผู้บันทึก", "กรรมการ", "ตัวแทนกลุ่ม", "ผู้แทน", "ผู้นำ", "ผู้ว่า", "ผู้ว่าฯ",
)  # fmt: skip
"""Words that say what a speaker does there, and not who it is."""
NUMBERED_ROLES: Final = (*SPEAKING_ROLES, "คนที่", "ท่านที่", "เสียง", "Speaker", "ผู้พูดที่", "ผู้ร่วมวง")

FIELD_WORDS: Final = frozenset({
    "เวลา", "วันที่", "วัน", "เมื่อ", "สถานที่", "ณ", "หมายเหตุ", "เรื่อง", "ประเด็น", "คำถาม", "สรุป", "มติ",
    "มติที่ประชุม", "ผู้จัด", "ผู้ร่วม", "จำนวน", "โครงการ", "กิจกรรม", "วัตถุประสงค์", "เป้าหมาย", "จุดอ่อน",
    "จุดแข็ง", "ข้อเสนอแนะ", "ข้อเสนอ", "บทเรียน", "บทเรียนที่ได้", "ปัญหา", "สาเหตุ", "แนวทาง", "ตัวอย่าง",
    "เช่น", "ได้แก่", "คือ", "ที่มา", "แหล่งที่มา", "อ้างอิง", "โทร", "โทรศัพท์", "อีเมล", "หน้า", "ข้อ", "กลุ่ม",
    "หมู่", "ตำบล", "อำเภอ", "จังหวัด", "ภาพ", "ตาราง", "ชื่อ", "ชื่อเรื่อง", "ชื่อเวที", "คำสำคัญ", "รายชื่อ",
    "สิ่งที่คาดหวัง", "สิ่งที่ได้", "ผลลัพธ์", "รวม", "งบประมาณ", "ระยะเวลา", "สร้าง", "แก้ไข", "อ่าน", "http",
    "https", "Date", "Time", "Place", "Title", "Subject", "From", "To", "Note", "Re", "Cc", "URL",
    "Page",
})  # fmt: skip
"""Words that stand before a colon or a wide gap without being anybody's name."""

NUMBERED_PARTS: Final = (
    "ตอนที่", "ส่วนที่", "กลุ่มที่", "ช่วงที่", "ประเด็นที่", "บทที่", "ข้อที่", "เรื่องที่", "หัวข้อที่", "ครั้งที่",
    "วาระที่", "ระเบียบวาระที่", "ขั้นตอนที่", "ขั้นที่", "หมู่ที่", "วันที่",
)  # fmt: skip
"""``ส่วนที่ 1``: what a number follows is never a speaker."""
AGENDA: Final = ("ระเบียบวาระที่", "วาระที่")
PLACES: Final = ("ตำบล", "อำเภอ", "จังหวัด", "หมู่บ้าน", "เทศบาล", "โซน")
SENTENCE_WORDS: Final = (
    "ที่", "เป็น", "ไม่", "ให้", "ได้", "และ", "แต่", "เพราะ", "ของ", "กับ", "ก็", "ว่า", "หรือ", "ซึ่ง", "แล้ว",
    "มีหน้า", "กำลัง", "ครับ", "ค่ะ", "คะ ", "เรา", "ผม", "นี้", "นั้น", "ต้อง", "สำหรับ", "ทำให้", "จะ",
)  # fmt: skip
"""Words that sentences have and names do not (names that have them are found by repetition)."""
_LIST_NUMBER: Final = re.compile(r"[0-9๐-๙]{1,3}[.)]")


def sentence_like(bare: str) -> bool:
    """Whether a short text reads as part of a sentence and not as a name or a heading."""
    return any(word in bare for word in SENTENCE_WORDS)


def starts_with_list_number(bare: str) -> bool:
    """``๑.`` or ``2)`` before the words."""
    return _LIST_NUMBER.match(bare) is not None
