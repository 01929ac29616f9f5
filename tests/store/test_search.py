"""Finding words: against a plain search of every text, and with files that are not as they were."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from store.readings import Hit
from store.records import RecordId
from store.search import Entry, SearchIndex
from store.search import index as indexes
from store.search import shard as shards
from store.search.letters import (
    TRIPLES,
    in_bytes,
    line_of,
    pair_mask,
    text_of,
    triples,
    without_tones,
)
from store.search.signs import HEAP, SignMaker, blocks_with, heaps_with
from store.text import loose_key, search_key

LETTERS = "กขนมสอรลาิีุู่้์ำเแๆ ๐1aB\u200b漢"
TEXTS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=40)


def entry(record: str, text: str, field: str = "text") -> Entry:
    return Entry(record, "turn", RecordId("session/S"), field, text)


def turns(texts: Sequence[str]) -> list[Entry]:
    return [entry(f"turn/S-{at:04}", text) for at, text in enumerate(texts)]


def index_of(texts: Sequence[str], folder: Path | None = None) -> SearchIndex:
    index = SearchIndex(folder)
    index.rebuild(turns(texts), "m")
    return index


def naive(entries: Sequence[Entry], words: str) -> tuple[set[str], set[str]]:
    """Ids of texts that hold all words, and of those that do but for tone marks."""
    keys = search_key(words).split()
    exact = {one.id for one in entries if all(key in search_key(one.text) for key in keys)}
    loose = {
        one.id
        for one in entries
        if all(loose_key(key) in loose_key(one.text) for key in keys) and one.id not in exact
    }
    return exact, loose


def is_forgiven(words: str) -> bool:
    """Whether differing tones are looked for: not where a word is nothing but tones."""
    return all(loose_key(key) for key in search_key(words).split())


def check(hits: Sequence[Hit], entries: Sequence[Entry], words: str) -> None:
    """All hits there are, each once and at the right place."""
    exact, loose = naive(entries, words)
    assert sorted(hit.id for hit in hits if hit.exact) == sorted(exact)
    assert {hit.id for hit in hits if not hit.exact} == (loose if is_forgiven(words) else set())
    assert [hit.exact for hit in hits] == sorted((hit.exact for hit in hits), reverse=True)
    texts = {one.id: one.text for one in entries}
    first = search_key(words).split()[0]
    for hit in hits:
        assert hit.text == texts[hit.id]
        assert 0 <= hit.start < hit.end <= len(hit.text)
        found = hit.text[hit.start : hit.end]
        if hit.exact:
            assert first in search_key(found)
        else:
            assert loose_key(first) in loose_key(found)


@given(st.lists(TEXTS, max_size=12), st.text(st.sampled_from(LETTERS), min_size=1, max_size=5))
@example(["ที่ไม่"], "ไม")
@example(["漢字", "?"], "漢")
@example(["漢字", "?"], "?")
@example(["นํ้า  ดื่ม"], "ดื่ม น้ำ")
def test_all_texts_that_hold_the_words_are_found(texts: list[str], words: str) -> None:
    if not search_key(words):
        return
    index = index_of(texts)

    hits = index.find(words, limit=1000)

    check(hits, turns(texts), words)


@given(st.lists(TEXTS, min_size=1, max_size=8), st.data())
def test_a_piece_of_a_text_finds_the_text(texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    first = data.draw(st.integers(0, len(text) - 1))
    words = search_key(text[first:])
    if not words:
        return

    hits = index_of(texts).find(words, limit=1000)

    check(hits, turns(texts), words)


@pytest.fixture(scope="module")
def many() -> list[str]:
    """Enough texts for a table of signs and for more than one block."""
    dice = random.Random(6)
    words = ["".join(dice.choices("กขคงนมสอรลาิีุู่้", k=dice.choice((2, 3, 5)))) for _ in range(90)]
    texts = [" ".join(dice.choices(words, k=8)) for _ in range(4_000)]
    texts[1_234] += " ขนมครกหน้าเตา"
    texts[3_210] = "ยาว" * 4_000 + " ขนมครกหนาเต่า"
    return texts


def test_many_texts_are_found_as_by_a_plain_search(many: list[str], tmp_path: Path) -> None:
    index = index_of(many, tmp_path)

    for words in (
        "ขนมครกหน้าเตา",
        "ก่",
        "ข",
        "ฮฎ",
        "าก",
        "รอ ล",
        "นมครก ขนม",
        *(text[3:9] for text in many[::500]),
    ):
        check(index.find(words, limit=10_000), turns(many), words)


def test_no_more_hits_than_wanted_are_given(many: list[str]) -> None:
    index = index_of(many)

    assert len(index.find("ก", limit=7)) == 7
    assert index.find("ก", limit=7) == index.find("ก", limit=50)[:7]


def test_the_words_may_stand_anywhere_and_the_first_is_shown() -> None:
    index = index_of(["แผนน้ำของบ้านเหนือ", "แผนป่า", "น้ำ"])

    (hit,) = index.find("น้ำ แผน")

    assert hit.text[hit.start : hit.end] == "น้ำ"


def test_a_slip_of_tones_is_found_after_exact_hits() -> None:
    index = index_of(["หมูบานเรา", "หมู่บ้านเรา"])

    first, second = index.find("หมู่บ้าน")

    assert (first.exact, first.text) == (True, "หมู่บ้านเรา")
    assert (second.exact, second.text[second.start : second.end]) == (False, "หมูบาน")


@pytest.mark.parametrize("words", ["", "  ", "\u200b", "\n"])
def test_nothing_is_found_for_nothing(words: str) -> None:
    assert index_of(["อะไรก็ได้"]).find(words) == ()


@given(st.text() | TEXTS)
def test_the_line_of_a_text_is_its_key_and_the_text_comes_back(text: str) -> None:
    line, packed = line_of(text)

    assert line == in_bytes(search_key(text))
    assert text_of(line, packed) == text


@given(TEXTS, TEXTS, TEXTS)
def test_the_triples_of_a_word_are_among_those_of_its_text(
    before: str, word: str, after: str
) -> None:
    inside = triples(in_bytes(before + word + after))

    assert set(triples(in_bytes(word))) <= set(inside)
    assert all(one < TRIPLES for one in inside)


@given(st.lists(st.binary(max_size=30), min_size=1, max_size=20), st.data())
def test_no_block_with_the_letters_is_left_out(blocks: list[bytes], data: st.DataObject) -> None:
    maker = SignMaker()
    for block in blocks:
        maker.add(block)
    table = memoryview(b"".join(maker.rows()))
    wanted = sorted(set(triples(data.draw(st.sampled_from(blocks)))))

    found = list(blocks_with(table, wanted)) if wanted else []

    right = [at for at, block in enumerate(blocks) if set(wanted) <= set(triples(block))]
    assert not wanted or found == right


def test_a_text_of_nothing_but_a_tone_is_found() -> None:
    index = index_of(["่"] * 9_000 + ["ก"])

    assert len(index.find("่", limit=10_000)) == 9_000


@given(TEXTS, st.data())
def test_a_pair_of_letters_is_seen_in_its_text(text: str, data: st.DataObject) -> None:
    line = without_tones(in_bytes(search_key(text)) + b"\n")
    at = data.draw(st.integers(0, len(line) - 1))
    needle = line[at : at + data.draw(st.integers(1, 2))].removesuffix(b"\n")
    maker = SignMaker()
    maker.add(line)

    found = list(heaps_with(memoryview(maker.heaps()), [pair_mask(needle)]))

    assert found == [0]


def test_a_pair_of_letters_that_is_nowhere_is_seen_nowhere() -> None:
    maker = SignMaker()
    for _ in range(3 * HEAP):
        maker.add(in_bytes("น้ำป่า"))

    table = memoryview(maker.heaps())

    assert list(heaps_with(table, [pair_mask(in_bytes("ปน"))])) == []
    assert list(heaps_with(table, [pair_mask(in_bytes("ปา"))])) == [0, 1, 2]


# what changes


def test_the_latest_texts_come_first_and_replace_the_earlier(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    index.rebuild([entry("turn/S-2", "น้ำสอง"), entry("turn/S-1", "น้ำหนึ่ง")], "a")
    index.put("turn/S-1", [entry("turn/S-1", "น้ำใหม่")])
    index.put("turn/S-3", [entry("turn/S-3", "น้ำสาม")])

    live = [hit.text for hit in index.find("น้ำ")]
    index.keep("b")
    kept = [hit.text for hit in SearchIndex(tmp_path).find("น้ำ")]

    assert live == kept == ["น้ำสาม", "น้ำใหม่", "น้ำสอง"]


def test_a_record_that_is_gone_is_not_found_until_it_is_back(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    index.rebuild([entry("turn/S-1", "น้ำ"), entry("turn/S-2", "น้ำ")], "a")

    index.put("turn/S-1", [])
    gone = [hit.id for hit in index.find("น้ำ")]
    index.keep("b")
    still = [hit.id for hit in SearchIndex(tmp_path).find("น้ำ")]
    index.put("turn/S-1", [entry("turn/S-1", "น้ำ")])
    index.keep("c")
    back = {hit.id for hit in SearchIndex(tmp_path).find("น้ำ")}

    assert gone == still == ["turn/S-2"]
    assert back == {"turn/S-1", "turn/S-2"}


def test_the_fields_and_owners_of_a_text_come_back(tmp_path: Path) -> None:
    entries = [
        Entry("turn/S-1", "turn", RecordId("session/S"), "text", "น้ำ"),
        Entry("turn/S-1", "turn", RecordId("session/S"), "heading", "น้ำ"),
        Entry("person/P", "person", None, "name", "น้ำ"),
        Entry("lesson/L", "lesson", RecordId("session/S"), "title", "น้ำ"),
        Entry("turn/S-9", "odd", None, "text", "น้ำ"),
    ]
    SearchIndex(tmp_path).rebuild(entries, "m")

    hits = SearchIndex(tmp_path).find("น้ำ")

    assert [(hit.id, hit.kind, hit.session, hit.field, hit.text) for hit in hits] == entries


RECORDS = st.sampled_from([f"turn/S-{at}" for at in range(6)])


class Changing(RuleBasedStateMachine):
    """Puts, keeps, reopenings and rebuilds in any order, beside a dictionary of texts."""

    folder: Path

    @initialize()
    def begin(self) -> None:
        self.index = SearchIndex(self.folder)
        self.texts: dict[str, list[str]] = {}
        self.marks = 0
        self.index.rebuild([], "0")

    def entries(self) -> list[Entry]:
        return [entry(one, text) for one, texts in self.texts.items() for text in texts]

    @rule(
        record=RECORDS,
        texts=st.lists(st.sampled_from(["น้ำป่า", "นำปา", "ป่าชุมชน", "ข้าว"]), max_size=2),
    )
    def put(self, record: str, texts: list[str]) -> None:
        self.texts[record] = texts
        self.index.put(record, [entry(record, text) for text in texts])

    @rule()
    def keep(self) -> None:
        self.marks += 1
        self.index.keep(str(self.marks))
        assert self.index.mark == str(self.marks)

    @rule()
    def keep_and_reopen(self) -> None:
        self.keep()
        self.index.close()
        self.index = SearchIndex(self.folder)
        assert self.index.mark == str(self.marks)

    @rule()
    def rebuild(self) -> None:
        self.index.rebuild(self.entries(), str(self.marks))

    @invariant()
    def all_is_found(self) -> None:
        if not hasattr(self, "index"):
            return
        for words in ("น้ำป่า", "ป่า", "ข้าว"):
            hits = self.index.find(words, limit=100)
            exact, loose = naive(self.entries(), words)
            assert {hit.id for hit in hits if hit.exact} == exact
            assert {hit.id for hit in hits if not hit.exact} >= loose - exact

    def teardown(self) -> None:
        self.index.close()


def test_changes_in_any_order_are_found(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_MOST", 2)

    class Here(Changing):
        def __init__(self) -> None:
            self.folder = tmp_path_factory.mktemp("cache")
            super().__init__()

    run_state_machine_as_test(
        Here,
        settings=settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck)),
    )


def test_many_changes_leave_few_files(tmp_path: Path) -> None:
    index = index_of([f"คำพูดที่ {at}" for at in range(400)], tmp_path)

    for lap in range(40):
        index.put(f"turn/S-{lap:04}", [entry(f"turn/S-{lap:04}", f"คำใหม่ {lap}")])
        index.keep(f"m{lap}")

    assert len(list(tmp_path.glob("words-*.bin"))) <= 8
    assert len(index.find("คำใหม่", limit=100)) == 40
    assert len(SearchIndex(tmp_path).find("คำพูด", limit=1000)) == 360


def test_texts_of_one_record_stay_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "FULL", 40)
    texts = [entry(f"turn/S-{at // 3}", f"น้ำ {at}") for at in range(30)]
    index = SearchIndex(tmp_path)

    index.rebuild(texts, "m")
    index.put("turn/S-1", [])

    assert len(list(tmp_path.glob("words-*.bin"))) > 2
    assert len(index.find("น้ำ", limit=100)) == 27


# files


def test_nothing_is_there_before_anything_was_written(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "cache")

    assert index.mark == ""
    assert index.find("น้ำ") == ()
    assert not (tmp_path / "cache").exists()


def test_what_was_written_is_there_again(tmp_path: Path, many: list[str]) -> None:
    index_of(many, tmp_path)

    again = SearchIndex(tmp_path)

    assert again.mark == "m"
    assert again.is_whole()
    check(again.find("ขนมครกหน้าเตา"), turns(many), "ขนมครกหน้าเตา")


def damaged(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    if how == "empty":
        content.clear()
    elif how == "cut":
        del content[-1]
    elif how == "longer":
        content += b"x"
    elif how == "head":
        content[20] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("how", ["empty", "cut", "longer", "head"])
@pytest.mark.parametrize("which", ["words-*.bin", "words.json"])
def test_a_damaged_file_is_as_if_it_were_not_there(tmp_path: Path, how: str, which: str) -> None:
    index_of(["น้ำ"], tmp_path).close()
    (path,) = tmp_path.glob(which)
    damaged(path, how)

    index = SearchIndex(tmp_path)

    assert index.mark == ""
    assert index.find("น้ำ") == ()
    index.rebuild(turns(["น้ำใหม่"]), "n")
    assert [hit.text for hit in SearchIndex(tmp_path).find("น้ำ")] == ["น้ำใหม่"]
    assert len(list(tmp_path.glob("words-*.bin"))) == 1


def test_a_file_that_is_missing_takes_the_mark_with_it(tmp_path: Path) -> None:
    index_of(["น้ำ"], tmp_path).close()
    next(tmp_path.glob("words-*.bin")).unlink()

    assert SearchIndex(tmp_path).mark == ""


def test_a_byte_that_rotted_is_noticed_by_reading_all(tmp_path: Path) -> None:
    index_of(["น้ำไหล"], tmp_path).close()
    (path,) = tmp_path.glob("words-*.bin")
    content = bytearray(path.read_bytes())
    content[content.index("ไหล".encode("cp874"))] ^= 1
    path.write_bytes(content)

    assert not SearchIndex(tmp_path).is_whole()


def test_a_folder_that_cannot_be_written_keeps_nothing_and_finds_all_the_same(
    tmp_path: Path,
) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("in the way", encoding="utf-8")
    index = SearchIndex(blocked)

    index.rebuild(turns(["น้ำ"]), "m")
    index.put("turn/S-9", [entry("turn/S-9", "น้ำอีก")])
    index.keep("n")

    assert {hit.text for hit in index.find("น้ำ")} == {"น้ำ", "น้ำอีก"}
    assert blocked.read_text(encoding="utf-8") == "in the way"


def test_somebody_who_reads_goes_on_while_the_files_are_made_anew(tmp_path: Path) -> None:
    index_of(["น้ำ"], tmp_path)
    reader = SearchIndex(tmp_path)
    assert reader.mark == "m"

    index_of(["ป่า"], tmp_path)

    assert [hit.text for hit in reader.find("น้ำ")] == ["น้ำ"]


def test_progress_is_told_now_and_then() -> None:
    told: list[tuple[int, int]] = []
    index = SearchIndex(None)

    index.rebuild(turns(["น้ำ"] * 10_001), "m", lambda done, of: told.append((done, of)))

    assert told == [(5_000, 0), (10_000, 0)]
