"""AAR: one person's answers after a forum, and what they mean to do, looked at again later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from kmtui.questions import ALWAYS, question_words
from kmtui.screens.card import CardScreen
from kmtui.shapes import title_of
from kmtui.widgets.card_fields import card_field, card_fields
from kmtui.widgets.card_lines import CardReading, Field, Line, Told
from store.edits import Add, Change, Edit
from store.errors import StoreError
from store.notebook import Notebook
from store.records import RecordId, Review


class ReviewCard(CardScreen):
    """Kept with the first answer; one for each person.

    Args:
        record: The review; the id of one that is not kept yet begins it.
        session: Its forum.
    """

    NAME: ClassVar[str] = "AAR"

    def __init__(self, record: RecordId, session: RecordId) -> None:
        super().__init__(record)
        self.session = session

    def read(self, notebook: Notebook) -> CardReading:
        """The answers as they stand."""
        review = self._there(notebook) or Review(id=self.record, session=self.session)
        person = title_of(notebook.record(review.person)) if review.person else ""
        lines = tuple(_lines(review, person))
        return CardReading(title_of(notebook.record(self.session)), lines, review.marks)

    def _there(self, notebook: Notebook) -> Review | None:
        try:
            found = notebook.record(self.record)
        except StoreError:
            return None
        return found if isinstance(found, Review) else None

    def edits(self, notebook: Notebook, field: Field, value: Any) -> Sequence[Edit]:
        """The first answer begins the review; what is to be done is a promise besides."""
        fields: dict[str, Any] = {field.name: value}
        if field.name == "answers.next":
            fields["promise"] = value
        if self._there(notebook) is None:
            return (
                Add(Review(id=self.record, session=self.session)),
                Change(self.record, fields),
            )
        return (Change(self.record, fields),)


def _lines(review: Review, person: str) -> Iterator[Line]:
    yield card_field(review, "person", person)
    yield Told("")
    more = [one for one in review.answers if one not in ALWAYS]
    for question in (*ALWAYS, *more):
        answer = review.answers.get(question, "")
        yield Field(review.id, f"answers.{question}", question_words(question), answer, "text")
    if review.promise:
        yield Told("")
        yield from card_fields(review, "promise", "promise_kept")
