"""Part three: nobody recorded, a role drifted, a promise and a question were left behind."""

from __future__ import annotations

from datetime import date, timedelta

from store.records import Capability, Record

from .cast import Cast, NewId
from .circle import Circle, read_circle


def part_three(cast: Cast, new_id: NewId, today: date) -> tuple[Record, ...]:
    """The records of the forum, held some weeks before ``today``."""
    day = today - timedelta(days=31)
    circle = read_circle(cast, new_id, 3, day, place="ศาลาประชาคมบ้านลมเย็น", starts="19:00")
    _who_came(circle)
    _lessons(circle)
    _outcomes(circle, day)
    circle.drawn.append(_on_behalf(circle))
    return circle.records()


def _who_came(circle: Circle) -> None:
    circle.came(
        "คุณนภดล",
        "facilitator",
        "practitioner",
        checks={"facilitator": "partly", "practitioner": "did"},
    )
    circle.came("คุณเดือนเพ็ญ", "coordinator")
    circle.came("คุณปรีชา")
    circle.came("ป้าแฉล้ม", "practitioner")
    circle.came("ลุงเปลื้อง", "practitioner")
    circle.came("ผู้ใหญ่สมาน", "process_lead")
    circle.came(
        "คุณจันทร์แรม", "recorder", checks={"recorder": "did_not"}, presence="absent", reason="ลาคลอด"
    )
    circle.came("ผอ.ทวีป", presence="absent", reason="ติดประชุมใหญ่ของสหกรณ์")


def _lessons(circle: Circle) -> None:
    circle.learned(
        "เก็บค่าน้ำวันเดียวกับวันฝากเงิน คนมาจ่ายเกือบหมด",
        23,
        happened="วันที่เก็บพร้อมฝากเงินคนจ่ายเกือบครบ พอแยกวันก็ไม่มา",
        why="ชาวบ้านมาที่กลุ่มวันฝากเงินอยู่แล้ว",
        next="เก็บค่าน้ำวันฝากเงิน",
        for_role="practitioner",
        kind="went_well",
    )
    circle.learned(
        "ทำแทนชาวบ้านมันเร็ว แต่พอเราไม่มาก็หยุด",
        expected="ชาวบ้านเปิดประตูน้ำกันเองตามวันที่ตกลง",
        happened="เปิดกันสองอาทิตย์แล้วไม่มีใครทำ",
        next="คุณอำนวยชวนคุย ไม่ลงไปทำแทน",
        for_role="facilitator",
        kind="problem",
    )


def _outcomes(circle: Circle, day: date) -> None:
    circle.came_out(
        "decision",
        "คนเปิดประตูน้ำให้ผู้ใช้น้ำเลือกกันเองสองคน กองทุนออกค่าน้ำมันรถเดือนละสามร้อย",
        10,
        24,
    )
    circle.came_out(
        "action",
        "เอาเครื่องมาวัดน้ำช่วงวัดถึงโรงสี",
        12,
        14,
        owner=circle.cast.person("คุณปรีชา"),
        due=day + timedelta(days=14),
    )
    circle.came_out("action", "นัดผู้ใช้น้ำมาเลือกคนเปิดประตูน้ำ", 25)
    circle.came_out("question", "ค่าน้ำที่ค้างสามเดือน เอาเงินกองไหนออกไปก่อน", 18)


def _on_behalf(circle: Circle) -> Capability:
    """What was thought in place of the co-operative, which did not come."""
    return Capability(
        id=circle.new_id("capability"),
        agency=circle.cast.agency("สหกรณ์"),
        role="facilitator",
        ability="hard",
        basis="on_behalf",
        reason="ลงมาทุกเดือนคงลำบาก แต่น่าจะช่วยสอนทำบัญชีได้",
        capacity="2 คน",
        evidence=circle.words(20, 21),
    )
