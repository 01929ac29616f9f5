"""The field's words as codes: roles, states and kinds.

A code never changes once a notebook holds it; what a person reads for it is a label, and labels
are the app's.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Role = Literal["sponsor", "facilitator", "practitioner", "recorder", "coordinator", "process_lead"]
"""คุณเอื้อ, คุณอำนวย, คุณกิจ, คุณบันทึก (คุณลิขิต), คุณประสาน, คุณนำกระบวนการ.

Source: founding forum lines 19, 39, 53 and 55.
"""
ROLES: Final[tuple[Role, ...]] = get_args(Role)

TEAM: Final[tuple[Role, ...]] = ("coordinator", "recorder", "process_lead")
"""The three locked positions of a คุณอำนวย team: one person in each.

Source: founding forum line 55.
"""

SessionStatus = Literal["planned", "held", "did_not_happen", "postponed"]
SESSION_STATES: Final[tuple[SessionStatus, ...]] = get_args(SessionStatus)
Presence = Literal["present", "absent", "on_behalf", "invited"]
PRESENCES: Final[tuple[Presence, ...]] = get_args(Presence)
RoleCheck = Literal["did", "partly", "did_not"]
"""Whether somebody who was given a role did it; "not known yet" is the absence of a check.

Source: founding forum lines 39, 49 and 55 (วางคนเอาไว้แล้วแต่ว่าไม่รู้ว่าทำหรือเปล่า).
"""
ROLE_CHECKS: Final[tuple[RoleCheck, ...]] = get_args(RoleCheck)
TurnKind = Literal["verbatim", "reported", "note"]
"""Said in these words, told by somebody else (กล่าวว่า …), or the recorder's own note."""
LessonKind = Literal["went_well", "problem", "finding", "suggestion"]
LESSON_KINDS: Final[tuple[LessonKind, ...]] = get_args(LessonKind)
LessonStatus = Literal["draft", "checked", "accepted", "applied", "retired"]
LESSON_STATES: Final[tuple[LessonStatus, ...]] = get_args(LessonStatus)
"""In the order in which a lesson goes through them."""
OutcomeKind = Literal["decision", "action", "question", "proposal", "invitation"]
OUTCOME_KINDS: Final[tuple[OutcomeKind, ...]] = get_args(OutcomeKind)
Membership = Literal["member", "proposed", "invited"]
MEMBERSHIPS: Final[tuple[Membership, ...]] = get_args(Membership)
Ability = Literal["can", "conditional", "hard", "cannot", "not_sure", "not_asked"]
"""ได้ · ได้ มีเงื่อนไข · ยาก · ไม่ได้ · ยังไม่แน่ใจ · ยังไม่ได้ถาม."""
Basis = Literal["own", "confirmed", "others", "on_behalf"]
"""Own statement, said by others and confirmed, said by others only, or on an absent agency's
behalf (provisional)."""

Mark = Literal["conflict", "deleted", "damaged", "edited_after_delete", "clock"]
"""What a reader should be told about a record beside what it holds.

``conflict``: edited on two laptops; ``deleted``: in the trash; ``damaged``: a line of it could not
be read; ``edited_after_delete``: deleted on one laptop and edited on another; ``clock``: written
while a laptop's clock was out of range.
"""

GapLevel = Literal["must", "should", "nice"]
GapKind = Literal[
    "no_recorder",
    "no_turns",
    "no_lesson",
    "no_facilitator",
    "no_date",
    "no_place",
    "turn_without_speaker",
    "lesson_without_evidence",
    "role_not_checked",
    "role_drift",
    "action_without_owner",
    "action_without_due",
    "nobody_present",
]
