"""Part four: somebody records, the lesson has its words; one role is not checked yet."""

from __future__ import annotations

from datetime import date, timedelta

from store.records import Capability, Record, Review

from .cast import Cast, NewId
from .circle import Circle, read_circle


def part_four(cast: Cast, new_id: NewId, today: date) -> tuple[Record, ...]:
    """The records of the forum, held three days before ``today``."""
    day = today - timedelta(days=3)
    circle = read_circle(
        cast,
        new_id,
        4,
        day,
        place="ที่ทำการกลุ่มออมทรัพย์",
        starts="18:30",
        ends="20:45",
        aim="ทวนว่าที่ตกลงกันไว้ใครทำแล้วบ้าง",
        success="ทุกเรื่องมีคนรับและมีวัน",
        finished=True,
    )
    _who_came(circle)
    _lessons(circle)
    _outcomes(circle, day)
    circle.drawn += [_told_themselves(circle), _review(circle)]
    return circle.records()


def _who_came(circle: Circle) -> None:
    circle.came(
        "อ.วรรณา",
        "facilitator",
        "process_lead",
        checks={"facilitator": "did", "process_lead": "did"},
    )
    circle.came("คุณลำดวน", "recorder", checks={"recorder": "did"})
    circle.came("คุณเดือนเพ็ญ", "coordinator")
    circle.came("คุณนภดล")
    circle.came("ป้าแฉล้ม", "practitioner", checks={"practitioner": "did"})
    circle.came("ลุงเปลื้อง", "practitioner", checks={"practitioner": "did"})
    circle.came("ผู้ใหญ่สมาน")
    circle.came("คุณปรีชา", presence="absent", reason="ไม่ได้แจ้ง")


def _lessons(circle: Circle) -> None:
    circle.learned(
        "คุณอำนวยถอยออกมา กลุ่มกลับเดินเอง",
        7,
        9,
        10,
        expected="ถ้าไม่มีคนช่วยเปิด น้ำจะขาดอีก",
        happened="ผู้ใช้น้ำเลือกคนเปิดเอง เปิดตรงเวลากว่าเดิม ท้ายท่อได้น้ำตอนเย็น",
        why="น้ำของตัวเอง เปิดช้าเพื่อนบ้านมาเรียก",
        next="งานไหนชาวบ้านทำเองได้ ให้เลือกคนทำกันเองตั้งแต่แรก",
        for_role="facilitator",
        kind="finding",
        status="checked",
    )
    circle.learned(
        "คิดแทนหน่วยงานที่ไม่มาแล้ว ต้องกลับไปถาม",
        23,
        24,
        happened="คิดแทนสหกรณ์ไว้ถูกครึ่งเดียว",
        why="ยังไม่ได้ฟังจากเจ้าตัว",
        next="คิดแทนใครไว้ ให้มีคนรับไปถามก่อนวงหน้า",
        for_role="coordinator",
        kind="went_well",
    )


def _outcomes(circle: Circle, day: date) -> None:
    circle.came_out("decision", "เก็บค่าน้ำวันที่ห้า วันเดียวกับวันฝากเงิน", 16, 18)
    circle.came_out(
        "action",
        "นั่งทำบัญชีค่าน้ำกับป้าแฉล้มทุกวันที่ห้า",
        15,
        owner=circle.cast.person("คุณลำดวน"),
        due=day + timedelta(days=60),
    )
    circle.came_out(
        "action",
        "โทรตามคุณปรีชาเรื่องวัดน้ำ",
        22,
        owner=circle.cast.person("คุณเดือนเพ็ญ"),
        due=day + timedelta(days=10),
    )
    circle.came_out("question", "ค่าน้ำที่ค้างสามเดือน ยังไม่มีใครตอบ", 25, 26)


def _told_themselves(circle: Circle) -> Capability:
    """What the co-operative's own director answered when he was asked."""
    return Capability(
        id=circle.new_id("capability"),
        agency=circle.cast.agency("สหกรณ์"),
        role="practitioner",
        ability="conditional",
        basis="others",
        reason="สอนทำบัญชีได้ ขอสามเดือนครั้ง",
        holder="ผอ.ทวีป",
        evidence=circle.words(23),
    )


def _review(circle: Circle) -> Review:
    return Review(
        id=circle.new_id("review", circle.session.id),
        session=circle.session.id,
        person=circle.cast.person("คุณนภดล"),
        answers={
            "expected": "มานั่งฟังเฉย ๆ ให้ได้ทั้งวง",
            "exceeded": "ชาวบ้านพูดกันเองโดยไม่ต้องถามนำ",
        },
        promise="จะไม่เปิดประตูน้ำแทนชาวบ้านอีก",
    )
