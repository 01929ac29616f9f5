"""The app: reading only, refused saves, words that would do harm, the palette, any size."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.command import CommandList, CommandPalette
from textual.widget import Widget
from textual.widgets import OptionList

from kmtui import keys
from kmtui.app import KmtuiApp
from kmtui.screens.help import HelpScreen
from kmtui.screens.home import HomeScreen
from kmtui.screens.new_forum import NewForumScreen
from kmtui.screens.session import SessionScreen
from kmtui.widgets.bar import Bar
from kmtui.widgets.choices import Choices
from kmtui.widgets.record_list import RecordList
from store.changes.line import MAX_TEXT
from store.edits import Add
from store.files import DISK, Disk
from store.notebook import Notebook
from store.readings import Draft, Notice
from store.records import (
    Agency,
    Attendance,
    Lesson,
    Outcome,
    Person,
    Session,
    Turn,
)

from .conftest import NOON
from .pressing import at_home, burst, drawn, go_to, press, settle, told, until

HARM = "[@click=app.quit]x[/] [/home] \x1b]0;x\x07 \u202e [b]"
SIZES = [(60, 20), (132, 43), (80, 24), (40, 10)]


def bar(app: KmtuiApp) -> str:
    return str(app.screen.query_one(Bar).render())


class FullDisk:
    """A disk that is full until somebody makes room."""

    def __init__(self) -> None:
        self.full = False

    def disk(self) -> Disk:
        return Disk(write_at=self._write_at)

    def _write_at(self, fd: int, content: bytes, at: int) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "no room")
        DISK.write_at(fd, content, at)


@pytest.fixture
def reading(demo: Notebook) -> Iterator[KmtuiApp]:
    """A second window on the demo notebook, while the first has the pen."""
    with Notebook.open(demo.folder, read_only=True, now=lambda: NOON) as second:
        yield KmtuiApp(second, now=lambda: NOON)


async def test_a_second_window_says_who_writes_and_reads_everything(reading: KmtuiApp) -> None:
    async with at_home(reading) as pilot:
        assert len(told(reading)) == 1
        assert "Another window writes" in told(reading)[0]
        assert "reading only" in bar(reading)
        await press(pilot, "\r")

        assert isinstance(reading.screen, SessionScreen)


@pytest.mark.parametrize(
    "typed",
    [("f2",), ("insert",), ("ctrl+z",), ("\r", "insert"), ("\r", "ctrl+z")],
)
async def test_a_second_window_refuses_each_write_in_one_sentence(
    demo: Notebook, reading: KmtuiApp, typed: tuple[str, ...]
) -> None:
    before = [demo.session(row.id) for row in demo.sessions()]
    async with at_home(reading) as pilot:
        reading.clear_notifications()
        await press(pilot, *typed)

        assert len(told(reading)) == 1
        assert "Another window writes" in told(reading)[0]
        assert "reading only" in bar(reading)
    assert [demo.session(row.id) for row in demo.sessions()] == before


@pytest.mark.parametrize(
    ("row", "key"),
    [("Title", "\r"), ("Title", "delete"), ("coordinator", "\r"), ("Lesson", "\r")],
)
async def test_a_second_window_refuses_each_change_of_a_forum(
    demo: Notebook, reading: KmtuiApp, row: str, key: str
) -> None:
    before = demo.session(demo.sessions()[1].id)
    async with at_home(reading) as pilot:
        await press(pilot, "down", "\r")
        reading.clear_notifications()
        go_to(reading, row)
        await press(pilot, key)

        assert isinstance(reading.screen, SessionScreen)
        assert len(told(reading)) == 1
        assert "Another window writes" in told(reading)[0]
    assert demo.session(before.session.id) == before


@pytest.fixture
def on_full_disk(demo_folder: Path) -> Iterator[tuple[Notebook, KmtuiApp, FullDisk]]:
    """The app on a demo notebook whose disk can be full."""
    disk = FullDisk()
    with Notebook.open(demo_folder, now=lambda: NOON, disk=disk.disk()) as notebook:
        yield notebook, KmtuiApp(notebook, now=lambda: NOON), disk
        disk.full = False


@pytest.mark.parametrize(
    ("row", "words"), [("Place", "วัดลมเย็น"), ("สวัสดีครับพี่น้อง", "พูดใหม่"), ("Day", "1/11/2569")]
)
async def test_a_refused_change_stays_in_the_line_and_the_bar_says_why_until_one_is_kept(
    on_full_disk: tuple[Notebook, KmtuiApp, FullDisk], row: str, words: str
) -> None:
    notebook, app, disk = on_full_disk
    session = notebook.sessions()[1].id
    before = notebook.session(session)
    async with at_home(app) as pilot:
        await press(pilot, "down", "\r")
        go_to(app, row)
        disk.full = True
        await press(pilot, "\r", "ctrl+u", words, "\r")

        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.answer.line.value == words
        assert "full" in bar(app)
        assert len(told(app)) == 1
        assert notebook.session(session) == before

        disk.full = False
        await press(pilot, "\r")

        assert not screen.answer.asking
        assert "kept" in bar(app)
    assert notebook.session(session) != before


async def test_a_forum_that_could_not_be_begun_keeps_its_fields(
    on_full_disk: tuple[Notebook, KmtuiApp, FullDisk],
) -> None:
    notebook, app, disk = on_full_disk
    async with at_home(app) as pilot:
        await press(pilot, "f2")
        disk.full = True
        await press(pilot, "เวทีใหม่", "\r", "คำแรก", "\r")

        screen = app.screen
        assert isinstance(screen, NewForumScreen)
        assert screen._field("title").value == "เวทีใหม่"
        assert "full" in bar(app)
        assert len(notebook.sessions()) == 2

        disk.full = False
        await press(pilot, "\r")

    begun = next(row for row in notebook.sessions() if row.title == "เวทีใหม่")
    assert [turn.text for turn in notebook.turns(begun.id)] == ["คำแรก"]


@pytest.fixture
def harmful(empty: Notebook) -> KmtuiApp:
    """A notebook whose every text would do harm if it were believed."""
    person, agency = empty.new_id("person"), empty.new_id("agency")
    session = empty.new_id("session")
    turn = empty.new_id("turn", session)
    empty.save(
        Add(Agency(id=agency, short=HARM)),
        Add(Person(id=person, name=HARM, agency=agency)),
        Add(Session(id=session, title=HARM, place=HARM, aim=HARM, date=NOON.date())),
        Add(
            Attendance(
                session=session,
                person=person,
                agency=agency,
                roles=frozenset({"facilitator"}),
                reason=HARM,
            )
        ),
        Add(Turn(id=turn, session=session, speaker=person, text=HARM, heading=HARM, place=1)),
        Add(Turn(session=session, label=HARM, text=HARM, place=2)),
        Add(Lesson(session=session, title=HARM)),
        Add(Outcome(session=session, kind="action", text=HARM)),
    )
    empty.set_owner(HARM)
    empty.keep_draft(Draft(session=session, text=HARM, speaker_name=HARM, written=NOON))
    empty.notices = (Notice(kind="held", facts={"where": HARM}), Notice(kind=HARM))
    return KmtuiApp(empty, now=lambda: NOON - timedelta(days=1))


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("f2",),
        ("f3",),
        ("f3", "click"),
        ("down", "\r"),
        ("down", "\r", "down", "\r"),
        ("down", "insert"),
        ("down", "insert", "f10"),
        ("down", "insert", "ctrl+r"),
        ("f1",),
        ("f10",),
        ("down", "\r", "f10"),
    ],
    ids=lambda typed: "-".join(typed).replace("\r", "enter") or "home",
)
async def test_words_that_would_do_harm_are_shown_as_words(
    harmful: KmtuiApp, typed: tuple[str, ...]
) -> None:
    async with at_home(harmful, notifications=True) as pilot:
        for key in typed:
            await press(pilot, key)
        lines = drawn(harmful)

        assert lines
        for line in lines:
            assert line.rstrip("\n").isprintable(), line
        assert harmful.is_running
        for widget in harmful.screen.walk_children(Widget, with_self=True):
            for strip in widget.render_lines(widget.size.region):
                for segment in strip:
                    assert not (segment.style and "@click" in segment.style.meta), widget


async def test_what_is_too_long_is_told_by_the_fields_name_and_all_else_is_still_kept(
    empty_app: KmtuiApp,
) -> None:
    async with at_home(empty_app, notifications=True) as pilot:
        await press(pilot, "f2")
        screen = empty_app.screen
        assert isinstance(screen, NewForumScreen)
        screen._field("title").value = "ย" * (MAX_TEXT + 1)
        await press(pilot, "\r")

        (sentence,) = told(empty_app)
        assert sentence.startswith("Title is too long: 100001, at most 100000.")
        assert "kept ✓" in drawn(empty_app)[0]


async def test_a_refusal_that_repeats_harmful_words_shows_them_as_words(
    empty_app: KmtuiApp,
) -> None:
    async with at_home(empty_app, notifications=True) as pilot:
        await press(pilot, "f2", "เวที", "\t", "ctrl+u")
        screen = empty_app.screen
        assert isinstance(screen, NewForumScreen)
        screen._field("date").value = HARM
        await press(pilot, "\r")

        assert len(told(empty_app)) == 1
        assert told(empty_app)[0].isprintable()
        assert "[/home]" in told(empty_app)[0]
        assert all(line.rstrip("\n").isprintable() for line in drawn(empty_app))


@pytest.mark.parametrize(
    "typed",
    [(), ("f2",), ("f3",), ("\r",), ("insert",), ("insert", "f10"), ("insert", "ctrl+r"), ("f1",)],
)
async def test_the_palette_offers_what_can_be_done_here_and_no_more(
    demo_app: KmtuiApp, typed: tuple[str, ...]
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *typed)
        screen = demo_app.screen

        offered = list(demo_app.get_system_commands(screen))

        names = " ".join(one.title for one in offered)
        assert "(F1)" in names
        for one in offered:
            (command,) = (
                known
                for known in keys.COMMANDS.values()
                if known.action and one.title in _titles(known)
            )
            owner = demo_app if command.action.startswith("app.") else screen
            action = command.action.removeprefix("app.").partition("(")[0]
            assert hasattr(owner, f"action_{action}")


def _titles(command: keys.Command) -> set[str]:
    """What the palette may call a command: with its key, where it has one."""
    return {f"{command.label}  ({command.key_label})" if command.keys else command.label}


async def test_everything_the_palette_offers_can_be_done_from_it(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "\r")
        titles = [one.title for one in demo_app.get_system_commands(demo_app.screen)]
        assert len(titles) > 10
        for title in titles:
            if "Leave" in title:
                continue
            while not isinstance(demo_app.screen, HomeScreen):
                demo_app.pop_screen()
                await settle(pilot)
            await press(pilot, "\r")
            (command,) = (
                one for one in demo_app.get_system_commands(demo_app.screen) if one.title == title
            )
            await demo_app.push_screen(CommandPalette())
            demo_app.pop_screen()
            await command.callback()
            await settle(pilot)
            assert demo_app.is_running, title


async def test_the_palette_is_found_in_by_its_words(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "ctrl+p")
        assert isinstance(demo_app.screen, CommandPalette)

        burst(demo_app, "new forum")
        await until(pilot, lambda: any("New forum" in line for line in drawn(demo_app)), "it")
        await pilot.pause(0.3)
        burst(demo_app, "\r")

        await until(pilot, lambda: isinstance(demo_app.screen, NewForumScreen), "the form")


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("f2",),
        ("f3",),
        ("\r",),
        ("insert",),
        ("insert", "f10"),
        ("insert", "ctrl+r"),
        ("f1",),
        ("f10",),
    ],
    ids=lambda typed: "-".join(typed).replace("\r", "enter") or "home",
)
async def test_every_screen_takes_any_size(demo_app: KmtuiApp, typed: tuple[str, ...]) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, *typed)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)

            assert {len(drawn(demo_app))} == {size[1]}
        assert demo_app.is_running


async def test_ctrl_home_leads_home_from_anywhere(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "\r", "insert", "f1")

        await press(pilot, "ctrl+home")

        assert isinstance(demo_app.screen, HomeScreen)
        assert len(demo_app.screen_stack) == 2


async def test_the_menu_stands_keys_that_come_before_it_has_lines(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        demo_app.action_command_palette()
        burst(demo_app, "pagedown", "pageup", "pagedown")
        await settle(pilot)

        await until(pilot, lambda: isinstance(demo_app.screen, CommandPalette), "the menu")
        lines = demo_app.screen.query_one(CommandList)
        await until(pilot, lambda: lines.option_count > 20, "its lines")
        before = lines.highlighted or 0
        await press(pilot, "pagedown")
        assert (lines.highlighted or 0) > before + 1
        for _ in range(40):
            await press(pilot, "pagedown")
        assert lines.highlighted == lines.option_count - 1


async def test_the_menu_is_left_once_however_often_it_is_told(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "ctrl+p")
        menu = demo_app.screen
        assert isinstance(menu, CommandPalette)

        menu.dismiss()
        menu.dismiss()
        await settle(pilot)

        assert isinstance(demo_app.screen, HomeScreen)
        assert demo_app.is_running


async def test_what_was_asked_of_a_screen_that_is_left_is_not_done_and_keys_go_on(
    demo: Notebook, demo_app: KmtuiApp
) -> None:
    before = len(demo.sessions())
    async with at_home(demo_app) as pilot:
        await press(pilot, "f2")
        form = demo_app.screen
        assert isinstance(form, NewForumScreen)

        form.action_back()
        form.action_begin()
        form.action_back()
        await settle(pilot)

        assert isinstance(demo_app.screen, HomeScreen)
        assert not demo_app.holds_keys
        assert len(demo.sessions()) == before
        await press(pilot, "f2")
        assert isinstance(demo_app.screen, NewForumScreen)


async def test_keys_go_on_when_the_field_they_wait_for_is_gone(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f2")
        form = demo_app.screen
        done: list[str] = []
        assert isinstance(form, NewForumScreen)
        assert form.focused is not None

        form.in_order(lambda: done.append("behind the field"))
        await form.focused.remove()
        await settle(pilot)

        assert done == ["behind the field"]
        assert not demo_app.holds_keys


async def test_an_answer_that_comes_late_leaves_its_own_page_and_no_other(
    demo_app: KmtuiApp,
) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f2")
        form = demo_app.screen
        assert isinstance(form, NewForumScreen)
        await press(pilot, "f1")
        above = demo_app.screen

        form.dismiss()
        form.dismiss()
        await settle(pilot)
        assert demo_app.screen is above

        await press(pilot, "\x1b")
        await until(pilot, lambda: isinstance(demo_app.screen, HomeScreen), "leaving the form")
        form.dismiss()
        await settle(pilot)
        assert isinstance(demo_app.screen, HomeScreen)


@pytest.mark.parametrize("kind", [Choices, OptionList])
async def test_a_list_of_choices_stands_keys_where_it_has_no_room(kind: type[OptionList]) -> None:
    class Bare(App[None]):
        CSS = "OptionList { width: 100%; border: none; padding: 0; }"

        def compose(self) -> ComposeResult:
            yield kind(*(str(number) for number in range(50)))

    app = Bare()
    async with app.run_test(size=(20, 10)) as pilot:
        shown = app.query_one(kind)
        await pilot.press("down", "pagedown", "pageup", "pagedown")
        assert (shown.highlighted or 0) > 5
        before = shown.highlighted
        shown.styles.height = 0
        await pilot.pause()

        if kind is OptionList:
            with pytest.raises(KeyError):
                page_up(shown)
        else:
            page_up(shown)
        assert shown.highlighted == before


def page_up(shown: OptionList) -> None:
    shown.clear_cached_dimensions()
    shown.add_option("more")
    shown.action_page_up()  # type: ignore[no-untyped-call]


async def test_what_is_chosen_in_help_that_was_left_is_not_done(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        await press(pilot, "f1")
        screen = demo_app.screen
        assert isinstance(screen, HelpScreen)

        screen.dismiss()
        screen.post_message(RecordList.Chosen("app.new"))
        await settle(pilot)

        assert isinstance(demo_app.screen, HomeScreen)
