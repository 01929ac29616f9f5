"""Titles, role words, and who is meant by a name."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.names import (
    Name,
    is_person,
    looks_like_role,
    match,
    match_agency,
    name_sort_key,
    role_word,
    speaker_word,
    split_name,
)
from store.records import Agency, NamePeriod, Person, RecordId
from store.text import element


def people(*names: str, **aliases: str) -> list[Person]:
    known = [Person(id=RecordId(f"person/{at}"), name=name) for at, name in enumerate(names)]
    known += [
        Person(id=RecordId(f"person/a{at}"), name=name, aliases=frozenset({alias}))
        for at, (name, alias) in enumerate(aliases.items())
    ]
    return known


def meant(name: str, known: list[Person]) -> str | None:
    found = match(name, known).same
    return found.name if found else None


def near(name: str, known: list[Person]) -> list[str]:
    return [one.name for one in match(name, known).near]


@pytest.mark.parametrize(
    ("name", "title", "given"),
    [
        ("คุณเดือน", "คุณ", "เดือน"), ("อ.จำเริญ", "อ.", "จำเริญ"), ("อ. จำเริญ", "อ.", "จำเริญ"),
        ("ผอ.วารี", "ผอ.", "วารี"), ("พี่ ก้อย", "พี่", "ก้อย"), ("นางสาวนภา สุขใจ", "นางสาว", "นภา สุขใจ"),
        ("น.ส.นภา", "น.ส.", "นภา"), ("นส. นภา", "นส.", "นภา"), ("ผศ. ดร. วารี", "ผศ. ดร.", "วารี"),
        ("ประธาน นายวิชัย  มั่นคง", "ประธาน นาย", "วิชัย มั่นคง"), ("ผู้ใหญ่แดง", "ผู้ใหญ่", "แดง"),
        ("ผู้ใหญ่บ้านแดง", "ผู้ใหญ่บ้าน", "แดง"), ("หลวงพ่อคูณ", "หลวงพ่อ", "คูณ"), ("ลุงมี", "ลุง", "มี"),
        ("นายดำ", "นาย", "ดำ"), ("นายกมล", "นาย", "กมล"), ("นายกิตติ", "นาย", "กิตติ"),
        ("นางสาวิตรี", "นาง", "สาวิตรี"), ("นายก สมชาย", "นายก", "สมชาย"), ("คุณอานนท์", "คุณ", "อานนท์"),
        ("ป้านวล", "ป้า", "นวล"), ("ครูทอง ใจบุญ", "ครู", "ทอง ใจบุญ"), ("ท่านทองดี", "ท่าน", "ทองดี"),
        ("ผศ.ดร.วารี", "ผศ.ดร.", "วารี"), ("รศ.ดร.ภญ.วารี", "รศ.ดร.ภญ.", "วารี"),
        ("ดร.วารี", "ดร.", "วารี"), ("อา นนท์", "อา", "นนท์"),
        ("พ.ต.ท.คุณวิชัย", "พ.ต.ท.คุณ", "วิชัย"), ("พ.ต.อ. วิชัย", "พ.ต.อ.", "วิชัย"),
        ("ว่าที่ ร.ต.วิชัย", "ว่าที่ ร.ต.", "วิชัย"), ("ร้อยตำรวจเอกวิชัย", "ร้อยตำรวจเอก", "วิชัย"),
        ("อาจารย์จำเริญ", "อาจารย์", "จำเริญ"), ("นางวารี", "นาง", "วารี"), ("น้าหวาน", "น้า", "หวาน"),
        ("ยายี่สุ่น", "", "ยายี่สุ่น"), ("ยายสาย", "ยาย", "สาย"), ("ตาบุญ", "ตา", "บุญ"),
        ("กำนันแดง", "กำนัน", "แดง"), ("พระสมชาย", "พระ", "สมชาย"), ("พระครูวิมล", "พระครู", "วิมล"),
        ("นายกเทศมนตรีวารี", "นายกเทศมนตรี", "วารี"), ("เด็กหญิงฝ้าย", "เด็กหญิง", "ฝ้าย"),
        ("พี่น้อง", "พี่", "น้อง"), ("คุณสมศรี (หน่อย)", "คุณ", "สมศรี (หน่อย)"),
    ],
)  # fmt: skip
def test_titles_glued_or_apart_are_taken_off(name: str, title: str, given: str) -> None:
    assert split_name(name) == Name(title, given)


@pytest.mark.parametrize(
    "name",
    [
        "อารี",
        "ตาล",
        "บังอร",
        "นารี",
        "หมอก",
        "ศรี",
        "คุณ",
        "พ่อ",
        "นาง",
        "",
        "Tomas",
        "เดือน",
        "อาทิตย์",
        "อาภรณ์",
        "อานนท์",
        "ดาว",
        "นายิกา",
        "ยายี",
        "ปู่น",
        "ผู้ใหญ่บ้าน",
        "นายอำเภอ",
        "พระอาจารย์",
        "พอ สมควร",
    ],
)
def test_a_name_that_only_begins_like_a_title_stays_whole(name: str) -> None:
    assert split_name(name) == Name("", name)


@given(st.text(max_size=20))
def test_taking_a_name_apart_loses_no_letter(name: str) -> None:
    apart = split_name(name)

    assert "".join((apart.title + apart.given).split()) == "".join(element(name).split())


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("คุณเอื้อ", "sponsor"), ("คุณอำนวย", "facilitator"), ("คูณอำนวย", "facilitator"),
        ("คุณอํานวย", "facilitator"), ("คุณ อำนวย:", "facilitator"), ("คุณกิจ", "practitioner"),
        ("คุณบันทึก", "recorder"), ("คุณลิขิต", "recorder"), ("ผู้จดรายงานการประชุม", "recorder"),
        ("(คุณประสาน)", "coordinator"), ("คุณนำกระบวนการ", "process_lead"),
        ("ผู้นำกระบวนการ", "process_lead"), ("กระบวนกร", "process_lead"),
    ],
)  # fmt: skip
def test_a_role_word_names_its_role(label: str, role: str) -> None:
    assert role_word(label) == role
    assert looks_like_role(label)
    assert not is_person(label)


@pytest.mark.parametrize("label", ["คุณอำนวย พอใจ", "คุณอำนวยตำบลบ้านใหม่", "คุณประสานมีหน้าที่เชื่อมโยง"])
def test_what_begins_with_a_role_word_is_no_role_but_must_be_asked_about(label: str) -> None:
    assert role_word(label) is None
    assert looks_like_role(label)
    assert not is_person(label)


@pytest.mark.parametrize("label", ["คุณเดือน", "คุณกิจจา", "อ.จำเริญ"])
def test_a_name_is_no_role(label: str) -> None:
    assert role_word(label) is None
    assert not looks_like_role(label)
    assert is_person(label)


@pytest.mark.parametrize("label", ["พิธีกร", "ประธาน :", "ผู้ดำเนินรายการ", "ผู้เข้าร่วม ๒"])
def test_a_place_at_the_table_is_no_name(label: str) -> None:
    assert speaker_word(label)
    assert not is_person(label)


@pytest.mark.parametrize("name", ["คุณเดือนเพ็ญ", "เดือนเพ็ญ", "พี่เดือนเพ็ญ", "คุณ เดือนเพ็ญ", "นางเดือนเพ็ญ"])
def test_a_title_that_says_little_is_no_other_person(name: str) -> None:
    assert meant(name, people("คุณเดือนเพ็ญ", "อ.จำเริญ")) == "คุณเดือนเพ็ญ"


def test_short_and_long_forms_of_a_title_are_one() -> None:
    known = people("อ.จำเริญ", "ผอ.วารี")

    assert meant("อาจารย์จำเริญ", known) == "อ.จำเริญ"
    assert meant("ผู้อำนวยการวารี", known) == "ผอ.วารี"


def test_two_offices_are_asked_about() -> None:
    known = people("ครูทองดี")

    assert meant("หมอทองดี", known) is None
    assert near("หมอทองดี", known) == ["ครูทองดี"]


def test_a_name_that_two_people_have_is_asked_about() -> None:
    known = people("ครูทองดี", "หมอทองดี")

    assert meant("ทองดี", known) is None
    assert near("ทองดี", known) == ["ครูทองดี", "หมอทองดี"]
    assert meant("หมอทองดี", known) == "หมอทองดี"


def test_another_name_of_a_person_means_the_person() -> None:
    known = people(**{"นายวิชัย มั่นคง": "พี่ชัย"})

    assert meant("พี่ชัย", known) == "นายวิชัย มั่นคง"
    assert meant("คุณวิชัย", known) == "นายวิชัย มั่นคง"


def test_another_surname_is_asked_about() -> None:
    known = people("นายวิชัย มั่นคง")

    assert meant("วิชัย ใจดี", known) is None
    assert near("วิชัย ใจดี", known) == ["นายวิชัย มั่นคง"]


@pytest.mark.parametrize("name", ["พี่เพ็ญ", "น้องเดือน", "เดือนเพ็น", "เดือนเพญ", "ดือนเพ็ญ", "เดือเนพ็ญ"])
def test_a_slip_or_a_short_form_is_asked_about(name: str) -> None:
    known = people("คุณเดือนเพ็ญ", "อ.จำเริญ")

    assert meant(name, known) is None
    assert near(name, known) == ["คุณเดือนเพ็ญ"]


@pytest.mark.parametrize("name", ["คุณสมศรี", "สมศรี", "สมศรี(หน่อย)", "คุณ สมศรี [หน่อย]", "นางสมศรี"])
def test_a_nickname_in_brackets_is_no_part_of_the_name(name: str) -> None:
    assert meant(name, people("คุณสมศรี (หน่อย)", "อ.จำเริญ")) == "คุณสมศรี (หน่อย)"


def test_a_nickname_in_brackets_is_asked_about() -> None:
    known = people("คุณสมศรี (หน่อย)", "อ.จำเริญ")

    assert meant("พี่หน่อย", known) is None
    assert near("พี่หน่อย", known) == ["คุณสมศรี (หน่อย)"]
    assert near("คุณสมศรี (ตุ๊ก)", known) == ["คุณสมศรี (หน่อย)"]
    assert meant("คุณสมศรี (ตุ๊ก)", known) is None


@pytest.mark.parametrize("typed", ["นํ้าผึ้ง", "น้ําผึ้ง", "คุณน้ำผึ้ง", "นำ้ผึ้ง", "น้ำผึ้ง\u200b", "น้้ำผึ้ง"])
def test_another_spelling_of_the_same_letters_is_the_same_person(typed: str) -> None:
    assert meant(typed, people("คุณน้ำผึ้ง", "อ.จำเริญ")) == "คุณน้ำผึ้ง"


@pytest.mark.parametrize("typed", ["น่ำผึ้ง", "นำผึง", "น้ำผึง"])
def test_a_slip_of_a_tone_is_asked_about(typed: str) -> None:
    known = people("คุณน้ำผึ้ง", "อ.จำเริญ")

    assert meant(typed, known) is None
    assert near(typed, known) == ["คุณน้ำผึ้ง"]


def test_people_sort_by_what_stands_behind_their_titles() -> None:
    names = ["คุณสมศรี (หน่อย)", "อาภรณ์", "ร.ต.อ.กมล", "นางสมศรี", "ผู้ใหญ่เกื้อ", "ผศ.ดร.ขวัญ"]

    assert sorted(names, key=name_sort_key) == [
        "ร.ต.อ.กมล", "ผู้ใหญ่เกื้อ", "ผศ.ดร.ขวัญ", "คุณสมศรี (หน่อย)", "นางสมศรี", "อาภรณ์",
    ]  # fmt: skip


@given(
    st.lists(st.text("กขนมเแา้่ๆ 1().", max_size=8), max_size=8),
    st.randoms(use_true_random=False),
)
def test_every_name_has_its_place(names: list[str], dice: Random) -> None:
    mixed = dice.sample(names, len(names))

    assert sorted(mixed, key=name_sort_key) == sorted(names, key=name_sort_key)


def test_short_names_are_not_near_by_one_letter() -> None:
    assert match("คุณดำ", people("คุณดี")) == match("คุณดำ", [])


def test_a_role_word_means_nobody_and_is_near_nobody() -> None:
    known = people("นายอำนวย พอใจ", "คุณเดือน")

    found = match("คุณอำนวย", known)

    assert found.same is None
    assert found.near == ()


def test_somebody_called_by_a_role_word_is_found_by_the_whole_name() -> None:
    known = people("คุณอำนวย พอใจ", "คุณประสาน")

    assert meant("คุณอำนวย พอใจ", known) == "คุณอำนวย พอใจ"
    assert meant("คุณประสาน", known) == "คุณประสาน"


@pytest.mark.parametrize("name", ["อานนท์", "คุณอานนท์", "นายอานนท์"])
def test_a_name_that_begins_like_a_word_of_kin_is_one_name(name: str) -> None:
    assert meant(name, people("คุณอานนท์", "คุณนนท์")) == "คุณอานนท์"


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=5))
def test_whoever_is_meant_is_not_also_asked_about(name: str, names: list[str]) -> None:
    known = people(*names)

    found = match(name, known)

    assert found.same is None or (found.same in known and found.same not in found.near)
    assert len({one.id for one in found.near}) == len(found.near)


CODI = Agency(id=RecordId("agency/1"), short="พอช.", full="สถาบันพัฒนาองค์กรชุมชน")
CDD = Agency(id=RecordId("agency/2"), short="พช.", full="กรมการพัฒนาชุมชน")
BAAC = Agency(id=RecordId("agency/3"), short="ธกส.", aliases=frozenset({"ธนาคารเกษตร"}))
DOLE = Agency(
    id=RecordId("agency/4"),
    short="สกร.",
    earlier=(NamePeriod(short="กศน.", full="การศึกษานอกโรงเรียน"),),
)
AGENCIES = (CODI, CDD, BAAC, DOLE)


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("พอช", CODI), ("พ.อ.ช.", CODI), ("สถาบัน พัฒนาองค์กรชุมชน", CODI), ("พช.", CDD),
        ("ธ.ก.ส.", BAAC), ("ธนาคารเกษตร", BAAC), ("กศน", DOLE), ("การศึกษานอกโรงเรียน", DOLE),
    ],
)  # fmt: skip
def test_an_agency_is_known_by_all_its_names_without_dots(words: str, agency: Agency) -> None:
    assert match_agency(words, AGENCIES).same == agency


def test_two_agencies_that_differ_in_one_letter_stay_two() -> None:
    assert match_agency("พช", [CODI]).same is None
    assert match_agency("พช", [CODI]).near == ()


def test_a_slip_in_a_long_name_is_asked_about() -> None:
    found = match_agency("สถาบันพัฒนาองค์กรชุมชุน", AGENCIES)

    assert (found.same, found.near) == (None, (CODI,))


def test_an_agency_that_nobody_knows_is_nobody() -> None:
    found = match_agency("ออมสิน", AGENCIES)

    assert (found.same, found.near) == (None, ())
