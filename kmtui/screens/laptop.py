"""A laptop: whose it is, and what can be done about it; set aside, or expected no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from kmtui.laptop_words import change_count, laptop_state, seen_words
from kmtui.screens.card import CardScreen
from kmtui.spoken_days import day_in_a_list
from kmtui.widgets.card_lines import CardReading, Deed, Field, Line, Told
from kmtui.words import _
from store.carrier.readings import Laptop
from store.errors import N_
from store.notebook import Notebook
from store.records import RecordId

Doing = Callable[[Notebook, str], None]


class LaptopScreen(CardScreen):
    """What is known of one laptop, and the two ways to part from it.

    Args:
        laptop: Its id.
    """

    NAME: ClassVar[str] = N_("Laptop")
    HINTS: ClassVar[tuple[str, ...]] = ("list.open", "go.back", "app.help")
    COMMANDS_HERE: ClassVar[tuple[str, ...]] = ("list.open", "go.back", "app.menu")

    def __init__(self, laptop: str) -> None:
        super().__init__(RecordId(""))
        self._laptop = laptop

    def read(self, notebook: Notebook) -> CardReading:
        """The laptop as it is known now."""
        found = [one for one in notebook.laptops() if one.id == self._laptop]
        lines = [line for one in found for line in _lines(one)]
        title = found[0].name if found and found[0].name else self._laptop
        return CardReading(title, tuple(lines))

    # up

    def do(self, deed: str) -> None:
        """Part from it, or take it back."""
        deeds: dict[str, tuple[Doing, str]] = {
            "set_aside": (
                lambda notebook, laptop: notebook.set_aside([laptop]),
                _("Set aside. What it wrote is kept and in no list."),
            ),
            "bring_back": (
                lambda notebook, laptop: notebook.bring_back([laptop]),
                _("Back in every list."),
            ),
            "retire": (Notebook.retire, _("Not expected any more. The others will hear of it.")),
            "expect": (Notebook.unretire, _("Expected again.")),
        }
        if not self.app.writable:
            self.app.tell_reading_only()
            return
        doing, said = deeds[deed]

        def done(_none: None) -> None:
            self.app.tell(said)
            self.read_again()

        self.app.ask(lambda notebook: doing(notebook, self._laptop), done, self._not_read)

    def keep(self, field: Field, value: Any) -> None:
        """There is no field here."""

    def action_trash(self) -> None:
        """Nothing of a laptop is thrown away."""

    def action_history(self) -> None:
        """What it wrote is in the history of each record."""

    def action_undo(self) -> None:
        """Each deed has its way back on this page."""


def _lines(one: Laptop) -> Iterator[Line]:
    yield Told(_("id {id}").format(id=one.id), "")
    yield Told(change_count(one.changes), "")
    if seen := seen_words(one, lambda moment: day_in_a_list(moment.date())):
        yield Told(_("seen last: {when}").format(when=seen), "")
    if state := laptop_state(one):
        yield Told(state, "accent" if one.is_own else "warning")
    yield Told("")
    if one.is_own:
        yield Told(_("Whose it is can be changed in the settings."))
    elif one.state == "aside":
        yield Deed("bring_back", _("Bring it back: all that it wrote, into every list"))
    else:
        yield Deed("set_aside", _("Set it aside: all that it wrote goes out of every list"))
        yield Told(_("  It stays on the disk, is not passed on, and can be brought back."))
        if one.state == "gone":
            yield Deed("expect", _("Expect it again"))
        else:
            yield Deed("retire", _("Do not expect it any more: it is lost or given away"))
            yield Told(_("  What it wrote stays. It is back by itself when it brings something."))
