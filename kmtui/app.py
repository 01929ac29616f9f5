"""KmtuiApp: opens screens, and asks the notebook on one thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.screen import Screen

from kmtui import hooks, keys
from kmtui.asking import Asking, Pace
from kmtui.on_terminal import OnTerminal
from kmtui.settings import Settings, keep
from kmtui.taking_back import TakingBack
from kmtui.terminals import Finding
from kmtui.themes import THEMES
from kmtui.words import _, speak, told, told_briefly, write_digits
from store.clock import local_now
from store.errors import MetSince, NotebookReadOnly, NothingToRedo, NothingToUndo, StoreError
from store.text import shown

if TYPE_CHECKING:  # the first frame is drawn before any of it is read in
    from kmtui.screens.home import HomeScreen
    from kmtui.waiting_for_pen import WaitingForPen
    from store.notebook import Notebook, Progress
    from store.readings import Notice, Saved
    from store.records import RecordId

Answer = TypeVar("Answer")
_IDLE_AFTER: Final = 20.0
"""Seconds between looks at whether the view is worth writing."""
_ORPHAN_AFTER: Final = 1.0
"""Seconds between looks at whether the page's server is still there."""
_LONG: Final = 0.5
"""Seconds after which opening is told to take its time."""


class KmtuiApp(OnTerminal):
    """The notebook of the คุณอำนวย.

    Args:
        notebook: Open; the caller closes it. Or what opens it, called on the notebook's own thread
            once the first frame is drawn; ``close_notebook`` closes that one.
        now: Clock, aware local time; tests pass a fixed one.
        settings: How this person wants it.
        wrong: What was passed over in how they want it, besides what the settings themselves say.
        welcomes: Whether somebody new is asked for a name first.
    """

    TITLE = "kmtui"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Any]] = {lambda: _palette()}
    CSS = """
    Screen { background: $background; color: $foreground; }
    CommandPalette SearchIcon { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.of("app.help", "app.new", "app.find", "app.lessons", "app.sync"),
        *keys.of("app.menu", "app.home"),
        *keys.of("app.quit", "app.theme", "change.redo"),
    ]

    keeping: reactive[int] = reactive(0)
    """Saves that are not on the disk yet."""
    refusal: reactive[str] = reactive("")
    """Why the disk refused the last save; empty once one went through."""

    def __init__(
        self,
        notebook: Notebook | Callable[[Progress], Notebook],
        *,
        now: Callable[[], datetime] = local_now,
        settings: Settings | None = None,
        wrong: Sequence[StoreError] = (),
        welcomes: bool = False,
    ) -> None:
        hooks.install()
        super().__init__()
        self.now = now
        self._wrong = wrong
        self._welcomes = welcomes
        self.settings = settings or Settings()
        self.is_open = False
        """Whether the notebook is there; until then keys wait, and screens show nothing of it."""
        self.writable = True
        self.notices: Sequence[Notice] = ()
        self.pen_wait: WaitingForPen | None = None
        """While another window writes."""
        self.not_opened: StoreError | None = None
        """Why the notebook could not be opened."""
        self._opens = notebook if callable(notebook) else None
        self._closes = callable(notebook)
        self._store_thread = Asking()
        self._notebook: Notebook
        if not callable(notebook):
            self._has_opened(notebook)
        self.last_error: Exception | None = None
        self._taking_back = TakingBack()
        self._unanswered = 0
        self._read_from: Path | None = None
        """The folder that the last transcript came from."""
        self.is_apart = self.settings.sara_am_apart
        write_digits(self.settings.digits)
        self.animation_level = "none"
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = self.settings.theme if self.settings.theme in THEMES else "kmtui-dark"

    def on_mount(self) -> None:
        """Open on Home."""
        from kmtui.screens.home import HomeScreen

        self._let_signals_end_it()
        if self.is_web:
            self.set_interval(_ORPHAN_AFTER, partial(self._end_if_orphan, os.getppid()))
        home = HomeScreen()
        self.push_screen(home)
        if self._opens is None:
            self._has_shown()
        else:
            self.hold_keys()
            self.call_after_refresh(self._open_behind, self._opens, home)
        self.measure(self._look_at_terminal, is_drawn=False)

    def _open_behind(self, opens: Callable[[Progress], Notebook], home: HomeScreen) -> None:
        """Open the notebook on its own thread; the first frame is drawn."""
        waited = self.set_timer(_LONG, partial(home.tell_opening, 0, 0))

        def progress(done: int, of: int) -> None:
            self.call_later(home.tell_opening, done, of)

        def run() -> None:
            try:
                self._has_opened(opens(progress))
            except StoreError as refusal:
                self.not_opened = refusal
                self.call_later(self.exit, None, 1)
            else:
                self.call_later(shown_now)

        def shown_now() -> None:
            waited.stop()
            home.read_again()
            self._has_shown()
            self.release_keys()
            self.ask(lambda _notebook: None, lambda _none: _look_for_garbage(), saves=False)

        self._store_thread.submit(run).add_done_callback(self._look_for_mistake)

    def _has_opened(self, notebook: Notebook) -> None:
        self._notebook = notebook
        notebook.give_way(self._store_thread.breath)
        self.writable = notebook.writable
        self.notices = notebook.notices
        self.is_open = True

    def has_pen(self, notebook: Notebook) -> None:
        """This window writes from now on; called on the notebook's thread.

        Args:
            notebook: The same one, opened with the pen; ``close_notebook`` closes it.
        """
        self._closes = True
        self._has_opened(notebook)

    def renew_all(self) -> None:
        """Show on every screen what another window has written."""
        for notice in self.notices:
            self._tell_notice(notice)
        for screen in self.screen_stack:
            if callable(renew := getattr(screen, "read_again", None)):
                renew()
            screen.refresh(layout=True)

    def close_notebook(self) -> None:
        """Close the notebook that was opened behind the first frame, or with a pen put down."""
        if self.is_open and self._closes:
            self._notebook.close(hurried=True)

    def _has_shown(self) -> None:
        """Say what is to be said when the first page is there."""
        self.set_interval(_IDLE_AFTER, self._idle)
        if self.writable and self._welcomes:
            from kmtui.beginning import is_first_run

            self.ask(is_first_run, self._welcome, saves=False)
        for notice in self.notices:
            self._tell_notice(notice)
        for error in (*self.settings.wrong, *self._wrong):
            self.notify(told(error), severity="warning", timeout=12)
        if not self.writable:
            from kmtui.waiting_for_pen import WaitingForPen

            self.tell_reading_only()
            self.pen_wait = WaitingForPen(self)

    def _welcome(self, is_first: bool) -> None:
        from kmtui.screens.first_run import FirstRunScreen

        if is_first and len(self.screen_stack) == 2:
            self.call_later(self.open_screen, FirstRunScreen(), self._renew)

    def today(self) -> date:
        """The day, here."""
        return self.now().date()

    # the notebook

    def ask(
        self,
        work: Callable[[Notebook], Answer],
        then: Callable[[Answer], None] | None = None,
        refused: Callable[[StoreError], None] | None = None,
        *,
        saves: bool = True,
        pace: Pace = Pace.QUICK,
    ) -> None:
        """Let the notebook do something on its own thread, in the order of asking.

        Long work lets what is quick pass, between two of its steps.

        Args:
            work: Done there.
            then: Gets the answer, back here.
            refused: Gets the refusal, back here; without it the refusal is told.
            saves: Whether the bar should say that something is being kept.
            pace: How it stands to what else is asked.
        """
        self._unanswered += 1
        if saves:
            self.keeping += 1

        waited = self.set_timer(_LONG, self._say_lists) if pace is Pace.READS else None

        def deliver(answer: Answer | None, error: StoreError | None) -> None:
            self._unanswered -= 1
            if waited is not None:
                waited.stop()
            if saves:
                self.keeping -= 1
                by_disk = error is not None and bool(error.brief) and self.writable
                self.refusal = told_briefly(error) if error is not None and by_disk else ""
            if error is not None:
                from kmtui.field_words import with_label

                (refused or self.tell_refusal)(with_label(error))
            elif then is not None:
                then(answer)  # type: ignore[arg-type] # None only where the answer is None

        def run() -> None:
            try:
                answer, error = work(self._notebook), None
            except StoreError as refusal:
                answer, error = None, refusal
            except OSError as refusal:
                from store.files import refused as as_refusal

                answer, error = None, as_refusal(refusal, self._notebook.folder)
            self.call_later(deliver, answer, error)

        self._store_thread.submit(run, pace).add_done_callback(self._look_for_mistake)

    def _say_lists(self) -> None:
        """The first list after much has come in takes its time."""
        if self._notebook.is_behind:
            self.tell(_("Making the lists ready …"))

    def _look_for_mistake(self, done: Future[None]) -> None:
        """A mistake of ours on the notebook's thread must not leave a save under way for ever."""
        mistake = done.exception()
        if isinstance(mistake, Exception) and self.last_error is None:
            self.call_later(self._end_after, mistake)

    def _end_after(self, mistake: Exception) -> None:
        if self.last_error is None:
            self.last_error = mistake
            self._keep_lines()
            self.end_with(mistake)

    @property
    def is_quiet(self) -> bool:
        """Whether the notebook has answered everything and no key waits for a screen."""
        return not self._unanswered and not self.holds_keys

    def tell_refusal(self, error: StoreError) -> None:
        """Say why something was refused, in one sentence."""
        if isinstance(error, NotebookReadOnly) and not self.writable:
            self.tell_reading_only()
        else:
            self.notify(told(error), severity="error")

    def take_back(self, then: Callable[[], None]) -> None:
        """Undo this laptop's last change, and say so; with nothing to undo, nothing was refused."""

        def undone(_saved: Saved) -> None:
            self.tell(_("Taken back."))
            then()

        def refused(error: StoreError) -> None:
            if isinstance(error, NothingToUndo | MetSince):
                self.refusal = ""
            self.tell_refusal(error)

        self.ask(self._taking_back.undo, undone, refused)

    def action_redo(self) -> None:
        """Do again what was taken back last."""

        def done(_saved: Saved) -> None:
            self.tell(_("Done again."))
            self._renew()

        def refused(error: StoreError) -> None:
            if isinstance(error, NothingToRedo):
                self.refusal = ""
            self.tell_refusal(error)

        if getattr(self.screen, "is_typing", False):
            self.tell(_("Enter keeps the line, Esc leaves it as it was."))
        else:
            self.ask(lambda notebook: notebook.redo(), done, refused)

    def tell(self, sentence: str) -> None:
        """Say one sentence."""
        self.notify(sentence)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 - a person's words are never markup
    ) -> None:
        """Say something beside the screen; whatever is in it, it is shown as it was written."""
        super().notify(
            shown(message), title=shown(title), severity=severity, timeout=timeout, markup=False
        )

    def _idle(self) -> None:
        if self.writable:
            self.ask(lambda notebook: notebook.idle(), saves=False, pace=Pace.LONG)

    def _tell_notice(self, notice: Notice) -> None:
        from kmtui.notices import PASSING, notice_words

        if notice.kind in PASSING:
            self.notify(notice_words(notice), timeout=3)
        else:
            self.notify(notice_words(notice), severity="warning", timeout=12)

    def tell_reading_only(self) -> None:
        """Say who writes to this notebook."""
        holder = self._notebook.holder
        sentence = _(
            "Another window writes to this notebook ({holder}); here it can be read. Once that one"
            " is closed, this one writes."
        )
        self.notify(sentence.format(holder=holder or "?"), severity="warning", timeout=12)

    async def open_screen(
        self, screen: Screen[Any], then: Callable[[], None] | None = None
    ) -> None:
        """Open a screen; what is typed meanwhile arrives in it.

        Args:
            screen: To open.
            then: Called when it was left.
        """
        self.hold_keys()
        await self.push_screen(screen, lambda _answer: then() if then is not None else None)
        self.release_keys()

    # ways between screens

    async def action_new_forum(self) -> None:
        """Begin a forum."""
        from kmtui.screens.new_forum import NewForumScreen

        if not self.writable:
            self.tell_reading_only()
        elif not isinstance(self.screen, NewForumScreen):
            await self.open_screen(NewForumScreen())

    def action_find(self) -> None:
        """Every forum, found as one types."""
        self.find()

    def find(self, gap: str = "") -> None:
        """The forums, all or those that lack one thing."""
        from kmtui.screens.sessions import SessionsScreen, read_forums

        if not isinstance(self.screen, SessionsScreen):
            self._read_and_open(
                lambda book: partial(SessionsScreen, read_forums(book, gap), gap=gap)
            )

    def action_go_home(self) -> None:
        """Back to the first page, whatever is open above it."""
        while len(self.screen_stack) > 2:
            if getattr(self.screen, "is_typing", False):
                self.tell(_("Enter keeps the line, Esc leaves it as it was."))
                return
            self.pop_screen()

    async def action_help_here(self) -> None:
        """What can be done here."""
        from kmtui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            from kmtui.in_hand import what_is_in_hand

            commands = getattr(self.screen, "COMMANDS_HERE", ())
            typed = getattr(self.screen, "TYPED_HERE", ())
            await self.open_screen(HelpScreen(commands, typed, what_is_in_hand(self.screen)))

    def action_copy_this(self) -> None:
        """Copy what is marked in the list, or the field's words."""
        from kmtui.in_hand import words_in_hand

        if words := words_in_hand(self.screen):
            self.copy_to_clipboard(words)
            self.tell(_("Copied: {what}").format(what=words[:60]))
        else:
            self.tell(_("Mark something first."))

    async def action_check_terminal(self) -> None:
        """Whether this terminal shows Thai as it should."""
        from kmtui.screens.terminal import TerminalScreen

        if not isinstance(self.screen, TerminalScreen):
            await self.open_screen(TerminalScreen())

    def _look_at_terminal(self, finding: Finding) -> None:
        """Say it once where Thai letters do not stand where they belong."""
        if finding.state == "wrong" and not (finding.apart_helps and self.is_apart):
            sentence = _("Thai letters stand in wrong places in this terminal: F12, Terminal.")
            self.notify(sentence, severity="warning", timeout=12)

    def keep_apart(self, apart: bool) -> None:
        """Draw SARA AM in its other form or not, now and from now on."""
        self.draw_apart(apart)
        folder = self._notebook.folder
        self.ask(lambda _notebook: keep(folder, "sara_am_apart", apart))

    def choose(self, name: str, value: str | bool, then: Callable[[], None]) -> None:
        """Let a choice take effect at once, and keep it in settings.toml.

        Args:
            name: Of the setting.
            value: One of its choices.
            then: Called when it is kept, and the screens say it in its language.
        """
        self.settings = replace(self.settings, **{name: value})  # type: ignore[arg-type]
        match name:
            case "theme":
                self.theme = str(value)
            case "sara_am_apart":
                self.draw_apart(bool(value))
            case "language":
                speak(str(value))
            case "digits":
                write_digits(str(value))
        folder = self._notebook.folder

        def kept(_none: None) -> None:
            if name in ("language", "digits"):
                self.call_later(self._say_anew, then)
            else:
                then()

        self.ask(lambda _notebook: keep(folder, name, value), kept)

    async def _say_anew(self, then: Callable[[], None]) -> None:
        """Let every open screen say its words again, as a choice wants them."""
        for screen in self.screen_stack[1:]:
            await screen.recompose()
            if callable(renew := getattr(screen, "read_again", None)):
                renew()
        then()
        if (rows := self.screen.query("RecordList")) and self.screen.focused is None:
            rows.first().focus()

    def action_next_theme(self) -> None:
        """The next set of colours, kept."""
        names = list(THEMES)
        at = names.index(self.theme) if self.theme in names else 0
        self.choose("theme", names[(at + 1) % len(names)], lambda: None)

    def open_session(self, session: RecordId, at: RecordId | None = None) -> None:
        """Show everything of a forum, with the cursor on one record of it."""
        from kmtui.screens.session import SessionScreen

        def read(notebook: Notebook) -> Callable[[], Screen[Any]]:
            return partial(SessionScreen, notebook.session(session), at=at)

        self._read_and_open(read)

    def open_record(self, record: RecordId) -> None:
        """Show one record: its card, or its place in its forum."""
        from kmtui.rooms import card
        from store.ids import kind_of, session_of

        if kind_of(record) == "session":
            self.open_session(record)
        elif (screen := card(record)) is not None:
            self.call_later(self.open_screen, screen, self._renew)
        elif (session := session_of(record)) is not None:
            self.open_session(session, at=record)

    def open_history(self, record: RecordId) -> None:
        """Show who changed what of a record."""
        from kmtui.screens.history import HistoryScreen

        self.call_later(self.open_screen, HistoryScreen(record), self._renew)

    async def action_read_in(self) -> None:
        """Choose a transcript, look at what it holds, and keep it."""
        from kmtui.reach import first_folder
        from kmtui.screens.choose_path import ChoosePath
        from kmtui.screens.reading_in import ReadingInScreen
        from store.transcripts.reading import ENDINGS

        def chosen(path: Path) -> None:
            self._read_from = path.parent
            self.call_later(self.open_screen, ReadingInScreen(path), self._renew)

        if not isinstance(self.screen, ChoosePath | ReadingInScreen):
            screen = ChoosePath(chosen, start=self._read_from or first_folder(), suffixes=ENDINGS)
            await self.open_screen(screen, self._renew)

    async def action_room(self, name: str) -> None:
        """Go to a room by its name."""
        from kmtui.rooms import room

        screen = room(name)
        if not isinstance(self.screen, type(screen)):
            await self.open_screen(screen, self._renew)

    def record_session(self, session: RecordId) -> None:
        """Go on recording a forum."""
        from kmtui.recording.keeping import read_whole
        from kmtui.screens.record import RecordScreen

        def read(notebook: Notebook) -> Callable[[], Screen[Any]]:
            whole, people = read_whole(notebook, session)
            return partial(RecordScreen, whole, people, draft=notebook.draft(session), now=self.now)

        if self.writable:
            self._read_and_open(read)
        else:
            self.tell_reading_only()

    def _read_and_open(self, read: Callable[[Notebook], Callable[[], Screen[Any]]]) -> None:
        """Open what was read; keys typed meanwhile wait for it."""

        def refused(error: StoreError) -> None:
            self.tell_refusal(error)
            self.release_keys()

        def opened(make: Callable[[], Screen[Any]]) -> None:
            self.call_later(self.open_screen, make(), self._renew)
            self.release_keys()

        self.hold_keys()
        self.ask(read, opened, refused, saves=False, pace=Pace.READS)

    def _renew(self) -> None:
        """The screen below may show what has changed above it."""
        if callable(renew := getattr(self.screen, "read_again", None)):
            renew()

    def action_command_palette(self) -> None:
        """Everything that can be done here, by its name."""
        from kmtui.menu import Menu

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Menu(placeholder=_("Type what you want to do")))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What can be done on this screen, by its name in Thai and in English."""
        for command in keys.COMMANDS.values():
            place = self if command.action.startswith("app.") else screen
            method = f"action_{command.action.removeprefix('app.').partition('(')[0]}"
            if not command.action or not callable(getattr(place, method, None)):
                continue
            name, english = _(command.label), command.label
            title = name if name == english else f"{name} · {english}"
            run = partial(self.run_action, command.action, screen)
            key = f"  ({command.key_label})" if command.keys else ""
            yield SystemCommand(title + key, _(command.tooltip), run)

    # the end

    def _let_signals_end_it(self) -> None:
        """A closed terminal and a kind kill end the app as leaving does: everything kept."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM", "SIGINT"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._end)

    def _end_if_orphan(self, server: int) -> None:
        """The server of the page was killed: nobody reads or types any more."""
        if os.getppid() != server:
            self._end()

    def _end(self) -> None:
        self._keep_lines()
        self.exit()

    async def action_quit(self) -> None:
        """Leave; the line being typed is kept."""
        self._keep_lines()
        self.exit()

    def on_exit_app(self) -> None:
        """The page in a browser was closed, say: the line being typed is kept all the same."""
        if self.last_error is None:
            self._keep_lines()

    def action_help_quit(self) -> None:
        """Ctrl+C where nothing is marked to be copied: leave, as with Ctrl+Q."""
        self._end()

    def _keep_lines(self) -> None:
        """Let every screen keep the line that is being typed in it."""
        for screen in self.screen_stack:
            if callable(keep := getattr(screen, "keep_draft", None)):
                keep()

    def on_unmount(self) -> None:
        """Let what was asked for finish before the notebook is closed."""
        self._store_thread.close()

    def ends_itself(self, error: Exception) -> bool:
        """End, and let `run` say one sentence; nobody in the field reads a traceback."""
        self.last_error = error
        if self.is_headless:
            return False
        self.exit(return_code=1)
        return True


def _look_for_garbage() -> None:
    """From now on, and not among what was read in: that stays, and walking it stops the keys."""
    gc.freeze()
    gc.enable()


def _palette() -> type[Any]:
    """The menu's provider, read in when the menu is first opened."""
    from kmtui.palette import Commands

    return Commands
