"""Undo on the screen: what is older than the last meeting is asked about first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import N_, MetSince

if TYPE_CHECKING:
    from store.notebook import Notebook
    from store.readings import Saved


class OnceMore(MetSince):
    """The same, said where a key is pressed."""

    sentence = N_(
        "Before the last meeting with other laptops you wrote: {what}. Nothing was taken back; once"
        " more takes it back."
    )


class TakingBack:
    """What was asked about last; touched on the notebook's thread only."""

    def __init__(self) -> None:
        self._asked = ""

    def undo(self, notebook: Notebook) -> Saved:
        """Take back the last change; one from before a meeting the second time only.

        Raises:
            OnceMore: It is older than a meeting, and was not asked about just before.
            StoreError: As ``Notebook.undo``.
        """
        try:
            saved = notebook.undo()
        except MetSince as met:
            change = str(met.facts["change"])
            if change != self._asked:
                self._asked = change
                raise OnceMore(**met.facts) from met
            saved = notebook.undo(past_meeting=True)
        self._asked = ""
        return saved
