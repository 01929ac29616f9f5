"""What the screens of one forum share: asking the notebook, one save after the other."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

from textual import getters

from kmtui.app import KmtuiApp
from kmtui.page import Page
from kmtui.recording.keeping import Job, Kept, Pen, read_whole
from store.errors import StoreError
from store.readings import SessionWhole
from store.records import Person

if TYPE_CHECKING:
    from store.notebook import Notebook

Answer = TypeVar("Answer")
Leaving = TypeVar("Leaving")
Severity = Literal["information", "warning", "error"]


class ForumScreen(Page[Leaving]):
    """A screen about one forum that is being recorded."""

    app = getters.app(KmtuiApp)
    whole: SessionWhole
    pen: Pen

    def ask(
        self,
        work: Callable[[Notebook], Answer],
        then: Callable[[Answer], None] | None = None,
        refused: Callable[[StoreError], None] | None = None,
        *,
        saves: bool = True,
    ) -> None:
        """Let the notebook do something, in the order of asking.

        Args:
            work: Done on the notebook's own thread.
            then: Gets the answer, here.
            refused: Gets the refusal, here; without it the refusal is told.
            saves: Whether the bar should say that something is being kept.
        """

        def answered(answer: Answer) -> None:
            if then is not None and self.is_there:
                then(answer)

        def was_refused(error: StoreError) -> None:
            (refused if refused is not None and self.is_there else app.tell_refusal)(error)

        app = self.app
        app.ask(work, answered, was_refused, saves=saves)

    @property
    def is_there(self) -> bool:
        """Whether somebody still looks at it; an answer may come when it was left."""
        return self.is_attached and self.is_running and bool(self.children)

    def tell(self, sentence: str, *, severity: Severity = "information") -> None:
        """Say one sentence, without markup."""
        self.notify(sentence, severity=severity, markup=False)

    def keep(self, job: Job, then: Callable[[Kept], None] | None = None) -> None:
        """Save something, then show the forum as it stands."""

        def kept(answer: Kept) -> None:
            if then is not None:
                then(answer)
            self.read_again()

        self.ask(lambda notebook: job.keep(notebook, self.pen), kept)

    def read_again(self) -> None:
        """Read the forum as it is kept now."""
        session = self.whole.session.id
        self.ask(lambda notebook: read_whole(notebook, session), self.renewed, saves=False)

    def renewed(self, read: tuple[SessionWhole, tuple[Person, ...]]) -> None:
        """The forum has been read again."""
        self.show(read[0])

    @abstractmethod
    def show(self, whole: SessionWhole) -> None:
        """Show the forum as it stands."""
