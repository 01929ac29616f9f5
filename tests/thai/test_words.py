"""Words of Thai as a reader knows them, names of the notebook among them."""

from __future__ import annotations

import re
import threading

import pytest
from hypothesis import given, settings

from kmtui.thai import dictionary
from kmtui.thai.words import breaks, words_in
from tests.test_layers import fresh
from tests.thai.letters import NEVER_FIRST, NEVER_LAST, THAI


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("บอกว่าอีกรอบถูกลบ", "บอก|ว่า|อีก|รอบ|ถูก|ลบ"),
        ("เป็นคุณอำนวยมากกว่านี้", "เป็น|คุณอำนวย|มากกว่า|นี้"),
        ("มีหน้าที่เอาอย่างไร", "มี|หน้าที่|เอา|อย่างไร"),
        ("ค่าน้ำมันคนมารองเอา", "ค่า|น้ำมัน|คน|มา|รอง|เอา"),
        ("ดีมากๆ เลย", "ดีมากๆ |เลย"),
        ("อื่นๆอีก", "อื่นๆ|อีก"),
        ("ขอบคุณมากกกกกเลย", "ขอบคุณ|มากกกกก|เลย"),
        ("ออพชั่นนี้", "ออพชั่น|นี้"),
        ("พอช.และ ธ.ก.ส. ร่วมกัน", "พอช.|และ |ธ.ก.ส. |ร่วมกัน"),
        ("ที่พอช.และธ.ก.ส.ให้กับกศน.ตำบล", "ที่|พอช.|และ|ธ.ก.ส.|ให้|กับ|กศน.|ตำบล"),
        ("ที่ ต.ท่าข้าม ถามอ.วิมล", "ที่ |ต.ท่าข้าม |ถาม|อ.วิมล"),
        ("น.ส.นก ผศ.ดร.วิมล", "น.ส.นก |ผศ.ดร.วิมล"),
        ("เวลา 08.30น. ถึง 12.00 น. นะ", "เวลา |08.30น. |ถึง |12.00 น. |นะ"),
        ("วันที่ 12/5/2568 (มวล.)", "วันที่ |12/5/2568 |(มวล.)"),
        ("๑๗ มี.ค. ๒๕๖๘ กับ 2 เม.ย. 2569", "๑๗ มี.ค. ๒๕๖๘ |กับ |2 เม.ย. 2569"),
        ("วัน จ. 30 พฤศจิกายน 2569 มา 3 คน นะ", "วัน |จ. 30 พฤศจิกายน 2569 |มา |3 คน |นะ"),
        ("ปี พ.ศ. 2568 และ 30บาท", "ปี |พ.ศ. 2568 |และ |30บาท"),
        ("จริง ๆ แล้ว ฯลฯ", "จริง ๆ |แล้ว ฯลฯ"),
        ("กิน ( น้ำ ) ไหม ?", "กิน |( น้ำ ) |ไหม ?"),
        ('"น้ำ"แล้วกด Ctrl+ผ', '"น้ำ"|แล้ว|กด |Ctrl+ผ'),
        ("3.คุณนำกระบวนการ", "3.คุณนำกระบวนการ"),
        ("ทำงานใน KM บ้าง", "ทำงาน|ใน |KM |บ้าง"),
        ("น้ำหนัก\u00a05\u00a0กก. พอดี", "น้ำหนัก\u00a05\u00a0กก. |พอดี"),
    ],
)
def test_words_are_those_of_a_reader(text: str, parts: str) -> None:
    assert words_in(text) == parts.split("|")


def test_names_of_the_notebook_stay_whole_from_then_on() -> None:
    sentence = "ถามคุณบุญล้อมลมเย็นก่อน"
    assert "คุณบุญล้อมลมเย็น" not in words_in(sentence)

    dictionary.keep_whole(["คุณบุญล้อมลมเย็น"])

    assert words_in(sentence) == ["ถาม", "คุณบุญล้อมลมเย็น", "ก่อน"]


def test_a_name_is_known_without_its_title_and_beside_those_known_before() -> None:
    dictionary.keep_whole(["คุณบุญล้อม ลมเย็น"])

    dictionary.keep_whole_too(["เดือนเพ็ญ"])

    assert words_in("พี่บุญล้อมกับเดือนเพ็ญ") == ["พี่", "บุญล้อม", "กับ", "เดือนเพ็ญ"]
    dictionary.keep_whole(["เดือนเพ็ญ"])
    assert words_in("พี่บุญล้อมกับเดือนเพ็ญ") == ["พี่", "บุญ", "ล้อม", "กับ", "เดือนเพ็ญ"]


@pytest.mark.parametrize("name", ["กา", "มา", "ส"])
def test_a_short_name_makes_no_words_of_pieces_of_others(name: str) -> None:
    sentence = "การมากกว่าสมาชิก"
    before = words_in(sentence)

    dictionary.keep_whole([name])

    assert words_in(sentence) == before


def test_a_name_longer_than_a_word_is_broken_between_its_words() -> None:
    name = "สำนักงานพัฒนาชุมชนจังหวัดสงขลา"

    dictionary.keep_whole([name])

    assert len(words_in(name)) > 2


def test_names_may_change_while_lines_are_broken() -> None:
    sentence = "ถามคุณบุญล้อมลมเย็นก่อน"
    done = threading.Event()
    seen: set[tuple[str, ...]] = set()

    def change() -> None:
        for _round in range(200):
            dictionary.keep_whole(["คุณบุญล้อมลมเย็น"])
            dictionary.keep_whole(())
        done.set()

    changing = threading.Thread(target=change)
    changing.start()
    while not done.is_set():
        seen.add(tuple(words_in(sentence)))
    changing.join()

    assert "คุณบุญล้อมลมเย็น" not in words_in(sentence)
    assert {"".join(words) for words in seen} <= {sentence}


@settings(max_examples=400, deadline=None)
@given(THAI)
def test_words_put_together_are_the_text(text: str) -> None:
    assert "".join(words_in(text)) == text


@settings(max_examples=400, deadline=None)
@given(THAI.filter(lambda text: text != "" and not re.search(r"[^\S\u00a0]", text)))
def test_breaks_rise_to_the_end_and_tear_no_letter(run: str) -> None:
    found = breaks(run)

    assert list(found) == sorted(set(found))
    assert found[-1] == len(run)
    for end in found[:-1]:
        assert not NEVER_FIRST.match(run[end])
        assert not NEVER_LAST.match(run[end - 1])
        assert "\u00a0" not in (run[end], run[end - 1])


def test_english_loads_no_dictionary() -> None:
    program = (
        "from kmtui.thai.lines import wrapped, cut\n"
        "from kmtui.thai import dictionary\n"
        "wrapped('Enter keeps the line, Esc leaves it as it was. ' * 9, 40)\n"
        "assert not dictionary.is_loaded()\n"
        "wrapped('ภาษาไทยไม่มีช่องไฟระหว่างคำเลยสักคำ', 10)\n"
        "assert dictionary.is_loaded()\n"
    )

    done = fresh(program)

    assert done.returncode == 0, done.stderr


def test_the_list_of_words_is_whole_and_says_whose_it_is() -> None:
    known = dictionary.words()

    assert len(known) > 60_000
    assert "CC0" in (dictionary.FILE.parent / "words_th.NOTICE.txt").read_text(encoding="utf-8")
