"""What scripts read: any value survives its JSON, and no value steers a terminal."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.commands.columns import cells, columns
from kmtui.commands.telling import as_json
from kmtui.forum import Forum, edits_of
from kmtui.naming import Naming
from kmtui.shapes import change_shape, plain, record_shape, speakers_shape
from kmtui.values import change_of, reader_for
from store.edits import Add
from store.errors import StoreError
from store.readings import FieldChange
from store.records import KINDS, Outcome, Person, RecordId, Session, Turn

from .calling import Caller

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_every_document_is_read_back_as_it_was(value: object) -> None:
    text = as_json(value)

    assert json.loads(text) == value
    assert not any(
        (unicodedata.category(letter) == "Cc" and letter != "\n") or letter in "\u202e\u2066\u200f"
        for letter in text
    )


@given(st.lists(st.sampled_from(["ก", "ข", "ค", "ง"])))
def test_speakers_stand_by_turns_then_by_who_spoke_first(names: list[str]) -> None:
    found = speakers_shape(names)

    assert sum(one["turns"] for one in found) == len(names)
    keys = [(-names.count(one["name"]), names.index(one["name"])) for one in found]
    assert keys == sorted(keys)
    assert len({one["name"] for one in found}) == len(set(names))


@given(st.lists(texts, min_size=1, max_size=5))
def test_columns_begin_in_the_same_cell(first: list[str]) -> None:
    lines = columns((one.replace("|", ""), "|") for one in first)

    assert len({cells(line[: line.index("|")]) for line in lines}) == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_record_of_every_kind_has_all_its_fields(kind: str) -> None:
    record = KINDS[kind](id=RecordId(f"{kind}/1"))

    shape = record_shape(record, lambda _id: None)

    own = {one.name for one in dataclasses.fields(record)} - {"more"}
    assert own <= set(shape)
    assert json.loads(as_json(shape)) == shape


def test_a_person_is_shown_by_name_with_the_id_beside_it() -> None:
    outcome = Outcome(id=RecordId("outcome/1"), owner=RecordId("person/1"), kind="action")

    shape = record_shape(outcome, {RecordId("person/1"): "คุณนก"}.get)

    assert (shape["owner"], shape["owner_id"], shape["kind"]) == ("คุณนก", "person/1", "action")


def test_days_and_moments_are_iso() -> None:
    assert plain(date(2026, 5, 17)) == "2026-05-17"
    assert plain(datetime(2026, 5, 17, 9, 30, tzinfo=UTC)) == "2026-05-17T09:30:00+00:00"
    assert plain(frozenset({"ข", "ก"})) == ["ก", "ข"]


@pytest.mark.parametrize(
    ("replaced", "told"), [((), None), (("ก",), "ก"), (("ก", "ข"), ["ก", "ข"])]
)
def test_a_change_tells_what_it_took_the_place_of(replaced: tuple[str, ...], told: object) -> None:
    change = FieldChange(
        change="1", time=None, who=None, laptop="x", field="title", value="ค", replaced=replaced
    )

    assert change_shape(change, lambda _id: None)["replaced"] == told


@given(texts)
def test_any_words_are_an_edit_or_one_refusal(words: str) -> None:
    def nobody(kind: str, name: str) -> RecordId:
        raise AssertionError((kind, name))

    reader = reader_for(Session(), nobody, date.fromisoformat)

    change = change_of(RecordId("session/1"), (f"title={words}",), reader)
    assert change.fields == {"title": words}
    with contextlib.suppress(StoreError):
        change_of(RecordId("session/1"), (words,), reader)


def test_a_forum_is_one_save_and_names_whom_it_makes_before_they_are_needed() -> None:
    numbers = iter(range(100))
    naming = Naming([], [], lambda kind: RecordId(f"{kind}/{next(numbers)}"))
    forum = Forum(
        session=Session(id=RecordId("session/1")),
        naming=naming,
        new_id=lambda kind, _session: RecordId(f"{kind}/{next(numbers)}"),
    )
    forum.say("สวัสดี", naming.person("คุณนก"))

    edits = edits_of(naming, forum)

    kinds = [type(one.record) for one in edits if isinstance(one, Add)]
    assert kinds.index(Person) < kinds.index(Session) < kinds.index(Turn)
    assert len(edits) == 4


@pytest.mark.parametrize(
    "words",
    [
        ["list", "sessions"], ["list", "turns"], ["list", "lessons"], ["list", "outcomes"],
        ["list", "people"], ["list", "agencies"], ["list", "series"], ["show", "{forum}"],
        ["check"], ["search", "น้ำ"], ["history", "{forum}"], ["where"], ["verify"], ["conflicts"],
        ["twins"], ["secure"], ["--help"], ["sync", "--help"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_plain_output_draws_no_boxes_and_colours_nothing(
    kmtui: Caller, forum: str, words: list[str]
) -> None:
    called = kmtui(*(word.format(forum=forum) for word in words))

    drawn = {letter for letter in called.out + called.err if "\u2500" <= letter <= "\u259f"}
    assert drawn == set()
    assert "\x1b" not in called.out + called.err
    assert called.code in (0, 1)
