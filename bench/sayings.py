"""Things said at forums, made up from a stock of field words: the same seed says the same.

Everyday words come again and again; the rest comes from four thousand words built from
syllables, so that letters fall as unevenly as they do in Thai.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

COMMON: Final = "ชาวบ้าน"
"""A word of about every twelfth text."""
MIDDLING: Final = "ปุ๋ยหมักชีวภาพ"
"""Said once in fifty forums."""
RARE: Final = "โรงเพาะเห็ดฟางอินทรีย์"
"""Said once in a thousand forums."""
ABSENT: Final = "เรือเหาะพลังแสงแดด"
"""Never said."""

_EVERYDAY: Final = """
ที่ ไม่ ได้ ให้ เป็น จะ มี ก็ ว่า มา กัน ของ แล้ว ไป ทำ คน เรา แต่ อยู่ ต้อง กับ นี้ และ ใน เขา
ชาวบ้าน กลุ่ม บทเรียน ประชุม เวที หมู่บ้าน ตำบล งาน เงิน ออม กองทุน ปัญหา เรื่อง บันทึก ช่วย สรุป
หน่วยงาน ชุมชน แผน รู้ คุย ถาม ตอบ เล่า ฟัง สมาชิก กรรมการ บัญชี น้ำ ป่า นา ข้าว ดิน ขยะ ตลาด เด็ก
ผู้สูงอายุ วัด โรงเรียน อนามัย ครู หมอ กำนัน ผู้ใหญ่ จังหวัด อำเภอ นโยบาย บทบาท หน้าที่ ชัดเจน ร่วม
เครือข่าย ความรู้ จัดการ ประสาน เชื่อม สนับสนุน ติดตาม ทีม พื้นที่ ปีก่อน เดือนหน้า วันนี้ พรุ่งนี้
"""
_CONSONANTS: Final = "กกกขคคงจชซดดตตทททนนนนบบปปผพพฟมมมยยรรรลลลวววสสสหหหออ"
_VOWELS: Final = ("า", "ะ", "ี", "ิ", "ู", "ุ", "ื", "ึ", "ำ", "ั", "็", "")
_TONES: Final = ("", "", "", "่", "้")
_ENDS: Final = ("", "", "น", "ง", "ม", "ก", "ด", "บ", "ย", "ว")
_LEADS: Final = ("", "", "", "", "เ", "แ", "โ", "ไ")
_LENGTH: Final = 126
"""Letters of a text on average."""


def _word(dice: random.Random) -> str:
    syllables = []
    for _ in range(dice.choice((1, 2, 2, 3, 3, 4))):
        vowel = dice.choice(_VOWELS)
        lead = dice.choice(_LEADS) if not vowel else ""
        end = "น" if vowel in ("ั", "็") else "" if vowel in ("ะ", "ำ") else dice.choice(_ENDS)
        tone = dice.choice(_TONES)
        sound = tone + vowel if vowel in ("า", "ะ", "ำ") else vowel + tone
        syllables.append(lead + dice.choice(_CONSONANTS) + sound + end)
    return "".join(syllables)


def texts(forums: int, turns: int = 40, seed: int = 6) -> Iterator[tuple[int, int, str]]:
    """Every text with the number of its forum and of its turn, the first forum first."""
    dice = random.Random(seed)
    stock = list(dict.fromkeys([*_EVERYDAY.split(), *(_word(dice) for _ in range(4_000))]))
    stock = [word for word in stock if word not in ABSENT]
    weights = list(accumulate(1 / (rank + 12) for rank in range(len(stock))))
    phrases = [_phrase(dice, stock, weights) for _ in range(60_000)]
    for forum in range(forums):
        for turn in range(turns):
            text = " ".join(dice.choices(phrases, k=dice.choice((2, 3, 4, 5, 6))))
            if turn == 3 and forum % 50 == 7:
                text += f" เรื่อง{MIDDLING}"
            if turn == 7 and forum % 1_000 == 77:
                text += f" เห็นที่{RARE}"
            yield forum, turn, text


def _phrase(dice: random.Random, stock: list[str], weights: list[float]) -> str:
    phrase = ""
    while len(phrase) < _LENGTH // 5:
        phrase += dice.choices(stock, cum_weights=weights)[0]
    return phrase
