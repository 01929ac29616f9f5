"""The Record screen: keys pressed, then what the notebook holds and what the rows say."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import OptionList

from kmtui.screens.finish import FinishScreen
from kmtui.screens.help import HelpScreen
from kmtui.screens.people_here import PeopleHereScreen
from kmtui.screens.record import RecordScreen
from store.edits import Add
from store.errors import DiskFull, DiskRefused
from store.notebook import Notebook
from store.records import Person, Session

from .forum_app import NOW, ForumApp

KEYS = {"\r": "enter", "\t": "tab", "\x1b": "escape"}


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with Notebook.open(tmp_path / "notebook", now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def app(notebook: Notebook) -> ForumApp:
    kept = notebook.save(
        Add(Session(title="เวทีบ้านนาโพธิ์ ตอนที่ ๒")),
        Add(Person(name="คุณภีม")),
        Add(Person(name="คุณพัช")),
        Add(Person(name="คุณสมหมาย")),
    )
    return ForumApp(notebook, kept.record.id)


def burst(app: ForumApp, *typed: str) -> None:
    """Keys as fast as a terminal hands them over: nothing is drawn between them."""
    for part in typed:
        if (part[:1] == "f" and part[1:].isdigit()) or part in (
            "up",
            "down",
            "ctrl+z",
            "backspace",
        ):
            app.post_message(events.Key(part, None))
            continue
        for letter in part:
            key = KEYS.get(letter)
            app.post_message(
                events.Key(key, None) if key else events.Key(_character_to_key(letter), letter)
            )


@asynccontextmanager
async def recording(app: ForumApp, **how: Any) -> AsyncIterator[Pilot[None]]:
    """The app on its Record screen."""
    async with app.run_test(**how) as pilot:
        end = time.monotonic() + 10
        while not isinstance(app.screen, RecordScreen) and time.monotonic() < end:
            await pilot.pause()
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[None]) -> None:
    """Wait until every key has arrived and the notebook has answered."""
    app = pilot.app
    assert isinstance(app, ForumApp)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        await pilot.pause()
        if not app.waiting:
            return
    raise AssertionError("the notebook did not answer")


def record(app: ForumApp) -> RecordScreen:
    screen = app.screen_stack[2]
    assert isinstance(screen, RecordScreen)
    return screen


def said(app: ForumApp) -> list[tuple[str, str]]:
    whole = app.notebook.session(app.session)
    return [(whole.speaker_name(turn), turn.text) for turn in whole.turns]


def rows(app: ForumApp) -> list[str]:
    turns = record(app).turns
    return [" ".join(turns.text_of(row).split()) for row in turns.rows]


async def test_enter_keeps_the_turn_and_its_row_says_so(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: บทบาทคุณอำนวยได้หรือเปล่า\r")
        await settled(pilot)

        assert said(app) == [("คุณภีม", "บทบาทคุณอำนวยได้หรือเปล่า")]
        assert rows(app) == ["ภีม บทบาทคุณอำนวยได้หรือเปล่า ✓"]
        assert record(app).line.value == ""
        (turn,) = app.notebook.turns(app.session)
        assert turn.said_at == NOW


async def test_a_turn_is_shown_as_under_way_until_the_notebook_has_it(app: ForumApp) -> None:
    async with recording(app) as pilot:
        app.hold()
        burst(app, "ภีม: ได้\rต่อ")
        await pilot.pause()

        under_way = rows(app)
        app.let_go()
        await settled(pilot)

        assert under_way == ["ภีม ได้ …"]
        assert rows(app) == ["ภีม ได้ ✓"]
        assert record(app).line.value == "ต่อ"


async def test_a_burst_across_enter_tab_and_f6_lands_where_slow_keys_would(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\rพัช: สอง\r\tสาม\r", "f6", "ชื่อบทเรียน\rสี่\r", "f7", "\rห้า")
        await settled(pilot)

        whole = app.notebook.session(app.session)
        assert said(app) == [
            ("คุณภีม", "หนึ่ง"),
            ("คุณพัช", "สอง"),
            ("คุณภีม", "สาม"),
            ("คุณภีม", "สี่"),
        ]
        by_text = {turn.text: turn.id for turn in whole.turns}
        assert [(one.title, one.evidence) for one in whole.lessons] == [
            ("ชื่อบทเรียน", frozenset({by_text["สาม"]}))
        ]
        assert [(one.kind, one.text, one.evidence) for one in whole.outcomes] == [
            ("decision", "สี่", frozenset({by_text["สี่"]}))
        ]
        assert record(app).line.value == "ห้า"


async def test_backspace_in_a_burst_takes_the_letter_before_it(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: กข", "backspace", "ค\rง", "backspace")
        await settled(pilot)

        assert said(app) == [("คุณภีม", "กค")]
        assert record(app).line.value == ""


async def test_a_refused_save_keeps_the_words_says_why_and_enter_tries_again(
    app: ForumApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with recording(app, notifications=True) as pilot:
        full = DiskFull(where="E:/งานพัฒนาชุมชน/เวทีปี 2569/สมุดของลำดวน/log/open.jsonl")
        with monkeypatch.context() as broken:
            broken.setattr(app.notebook, "save", _refusing(full))
            burst(app, "ภีม: คำสำคัญ\r")
            await settled(pilot)
            refused, why = rows(app), record(app).box.border_title
        burst(app, "\r")
        await settled(pilot)

        assert refused == ["ภีม คำสำคัญ !"]
        assert str(why) == "Not saved: the disk is full. Make room."
        assert [note.message for note in app._notifications] == [str(full)]
        assert said(app) == [("คุณภีม", "คำสำคัญ")]
        assert rows(app) == ["ภีม คำสำคัญ ✓"]


async def test_words_refused_by_a_full_disk_are_in_the_draft(
    app: ForumApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with recording(app) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(app.notebook, "save", _refusing(DiskRefused(where="x", reason="y")))
            burst(app, "ภีม: คำสำคัญ\rกำลังพิมพ์")
            await settled(pilot)
        record(app).keep_draft()
        await settled(pilot)

        draft = app.notebook.draft(app.session)
        assert draft is not None
        assert draft.text == "คุณภีม: คำสำคัญ\nกำลังพิมพ์"


def _refusing(error: DiskRefused) -> object:
    def save(*edits: object, who: object = None) -> None:
        raise error

    return save


async def test_taking_back_says_what_and_gives_the_words_back(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "นก: ผิดคน\r", "ctrl+z")
        await settled(pilot)
        await settled(pilot)

        assert "ผิดคน" in record(app).box.told
        assert (said(app), rows(app)) == ([], [])
        assert record(app).line.value == "ผิดคน"
        assert "นก" not in [person.name for person in app.notebook.people()]


async def test_a_nearly_known_name_is_one_key_and_keeps_what_is_typed(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "คุณสมหมา: ได้\rอีกเรื่อง\r")
        await settled(pilot)
        asked = record(app).box.border_title
        burst(app, "\r")
        await settled(pilot)
        await settled(pilot)

        assert "คุณสมหมาย" in str(asked)
        assert said(app) == [("คุณสมหมาย", "ได้"), ("คุณสมหมาย", "อีกเรื่อง")]
        assert [row.split()[0] for row in rows(app)] == ["สมหมาย", "สมหมาย"]


async def test_a_paste_of_several_lines_is_one_turn_with_its_blanks(app: ForumApp) -> None:
    async with recording(app) as pilot:
        app.post_message(events.Paste("ข้อ\u00a01\r\nข้อ 2\n"))
        burst(app, "\r")
        await settled(pilot)

        assert said(app) == [("", "ข้อ\u00a01\nข้อ 2")]
        assert rows(app) == ["— ข้อ 1 ✓ ข้อ 2"]


async def test_a_blank_that_does_not_break_can_be_typed(app: ForumApp) -> None:
    async with recording(app) as pilot:
        app.post_message(events.Key("no-break_space", "\u00a0"))
        burst(app, "ก\r")
        await settled(pilot)

        assert said(app) == [("", "\u00a0ก")]


@pytest.mark.parametrize("words", ["[@click=app.quit]x", "[/home] y", "a\x1b[31mb", "[draft] z"])
async def test_words_and_names_are_never_markup(
    app: ForumApp, notebook: Notebook, words: str
) -> None:
    nok = notebook.save(Add(Person(name=f"น{words}"))).record.id
    notebook.save(Add(Session(title=words)))
    async with recording(app) as pilot:
        screen = record(app)
        screen.desk.voices.face(screen.desk.find(f"น{words}"))
        app.post_message(events.Paste(f"{words} จบ"))
        burst(app, "\r", "f8", f"{words}\r", "up")
        await settled(pilot)
        await pilot.press("ctrl+r")
        await settled(pilot)
        await pilot.press("escape")
        await pilot.press("f10")
        await settled(pilot)

        assert isinstance(app.screen, FinishScreen)
        shown = record(app).turns.text_of(record(app).turns.rows[0])
        assert "\x1b" not in shown
        assert words.replace("\x1b", "") in " ".join(shown.split()).replace("\ufffd", "")
        assert nok in {turn.speaker for turn in notebook.turns(app.session)}


async def test_the_line_being_typed_is_kept_and_comes_back(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม:\rคำที่ยังไม่จบ")
        await pilot.pause(0.4)
        await settled(pilot)
    again = ForumApp(app.notebook, app.session)

    async with recording(again) as pilot:
        await settled(pilot)

        assert record(again).line.value == "คำที่ยังไม่จบ"
        assert record(again).desk.voices.now.name == "คุณภีม"


async def test_roles_are_given_beside_the_forum(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\r")
        await settled(pilot)
        await pilot.press("ctrl+r")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, PeopleHereScreen)
        await pilot.press("escape", "escape")
        await settled(pilot)

        whole = app.notebook.session(app.session)
        assert whole.names_with("recorder") == ("คุณภีม",)
        assert record(app).side.facts.roles["recorder"] == ("คุณภีม",)


async def test_facilitator_and_practitioner_at_once_is_told_and_allowed(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\r")
        await settled(pilot)
        await pilot.press("ctrl+r")
        await settled(pilot)
        await pilot.press("enter", "down", "enter")
        await settled(pilot)
        await pilot.press("down", "down", "down", "down", "enter")
        await settled(pilot)

        screen = app.screen
        assert isinstance(screen, PeopleHereScreen)
        (one,) = app.notebook.attendance(app.session)
        assert one.roles == {"facilitator", "practitioner"}
        assert "คุณภีม" in str(screen.drift.content)


async def test_a_forum_can_always_be_closed_and_says_what_is_missing(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\r")
        await settled(pilot)
        await pilot.press("f10")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, FinishScreen)
        told = _told(screen.rows)
        await pilot.press("f10")
        await settled(pilot)

        assert any("recorder" in line for line in told)
        session = app.notebook.record(app.session)
        assert isinstance(session, Session)
        assert session.finished


async def test_a_day_without_its_whole_year_is_asked_about_when_a_forum_is_closed(
    app: ForumApp,
) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\r")
        await settled(pilot)
        await pilot.press("f10")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, FinishScreen)
        gap = next(gap for gap in screen.whole.completeness.gaps if gap.kind == "no_date")
        screen._go_to(gap)
        burst(app, "31/2/69\r")
        await settled(pilot)
        assert screen.answer.line.value == "31/2/69"
        screen.answer.line.value = "12-13 พ.ค. 69"
        burst(app, "\r")
        await settled(pilot)
        asked = app.notebook.record(app.session)
        assert isinstance(asked, Session)
        assert asked.date is None
        assert screen.answer.line.value == "12-13 พ.ค. 69"

        burst(app, "\r")
        await settled(pilot)

        session = app.notebook.record(app.session)
        assert isinstance(session, Session)
        assert (session.date, session.until) == (date(2026, 5, 12), date(2026, 5, 13))


async def test_the_role_check_goes_from_did_to_not_known(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\r")
        await settled(pilot)
        await pilot.press("ctrl+r")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await settled(pilot)
        await pilot.press("escape", "escape", "f10")
        await settled(pilot)
        await pilot.press("up")
        seen = []
        for _each in range(4):
            await pilot.press("enter")
            await settled(pilot)
            (one,) = app.notebook.attendance(app.session)
            seen.append(one.checks.get("recorder"))

        assert seen == ["did", "partly", "did_not", None]


def _told(rows: OptionList) -> list[str]:
    return [str(rows.get_option_at_index(at).prompt) for at in range(rows.option_count)]


@pytest.mark.parametrize(("width", "folded"), [(60, True), (80, False), (132, False)])
async def test_the_side_folds_into_a_line_where_there_is_no_room(
    app: ForumApp, width: int, folded: bool
) -> None:
    async with recording(app, size=(width, 24)) as pilot:
        await settled(pilot)

        assert record(app).folded.display is folded
        assert record(app).side.display is not folded


async def test_typing_draws_the_line_and_not_the_turns(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\r")
        await settled(pilot)
        drawn: list[int] = []
        turns = record(app).turns
        draw = turns.render_line

        def counted(y: int) -> Strip:
            drawn.append(y)
            return draw(y)

        turns.render_line = counted  # type: ignore[method-assign]
        burst(app, "สองสามสี่")
        await settled(pilot)

        assert drawn == []
        assert record(app).line.value == "สองสามสี่"


async def test_going_home_keeps_the_last_letter_of_the_line(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม:\rคำที่ยังไม่จบ")
        await pilot.pause()
        app.action_go_home()
        await settled(pilot)

        draft = app.notebook.draft(app.session)
        assert draft is not None
        assert draft.text == "คำที่ยังไม่จบ"


async def test_help_tells_what_can_be_typed(app: ForumApp) -> None:
    async with recording(app) as pilot:
        await pilot.press("f1")
        await pilot.pause()

        assert isinstance(app.screen, HelpScreen)
        drawn = "".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "// …" in drawn


async def test_words_refused_after_leaving_are_told_and_come_back(
    app: ForumApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with recording(app, notifications=True) as pilot:
        monkeypatch.setattr(
            app.notebook, "save", _refusing(DiskRefused(where="x", reason="the disk is full"))
        )
        app.hold()
        burst(app, "ภีม: คำสำคัญ\r\x1b")
        await pilot.pause()
        app.let_go()
        await settled(pilot)

        told = [note.message for note in app._notifications]
        draft = app.notebook.draft(app.session)
        assert any("the disk is full" in one for one in told)
        assert draft is not None
        assert draft.text == "คุณภีม: คำสำคัญ"


async def test_up_takes_turns_in_hand_and_f9_draws_from_that_one(app: ForumApp) -> None:
    async with recording(app) as pilot:
        burst(app, "ภีม: หนึ่ง\rสอง\rสาม\r", "up", "up")
        await settled(pilot)
        in_hand = rows(app)
        burst(app, "f9", "\r")
        await settled(pilot)

        whole = app.notebook.session(app.session)
        of = {turn.id: turn.text for turn in whole.turns}
        assert in_hand == ["ภีม หนึ่ง ✓", "ภีม สอง ◂", "ภีม สาม ✓"]
        assert [(one.text, {of[turn] for turn in one.evidence}) for one in whole.outcomes] == [
            ("สอง", {"สอง"})
        ]


async def test_a_mistake_of_ours_ends_the_app_and_leaves_the_words_in_the_draft(
    app: ForumApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*edits: object, who: object = None) -> None:
        raise ZeroDivisionError

    async def until_it_ends() -> None:
        async with recording(app) as pilot:
            monkeypatch.setattr(app.notebook, "save", mistaken)
            burst(app, "ภีม: คำสำคัญ\rกำลังพิมพ์")
            for _each in range(100):
                await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await until_it_ends()

    draft = app.notebook.draft(app.session)
    assert draft is not None
    assert draft.text == "คุณภีม: คำสำคัญ\nกำลังพิมพ์"
