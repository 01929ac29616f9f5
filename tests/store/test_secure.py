"""A lost stick tells nothing, and nobody writes in another's name."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from store.changes import segments
from store.changes.line import Change, encode
from store.edits import Change as Edited
from store.notebook import Notebook
from store.secure.ciphers import AGE, exported, is_signed, new_keys, signature
from store.secure.errors import (
    KeysDamaged,
    KeysOff,
    KeyTooCostly,
    NoSuchLaptop,
    NotAKey,
    NotTrusted,
    OtherTeam,
    SecureExtraMissing,
    WeakPassphrase,
)
from store.secure.keys import read_keys
from tests.store.meeting import Team, content_of, forum, titles, told

pyrage = pytest.importorskip("pyrage", reason="the extra `secure` is not installed")
pytest.importorskip("nacl", reason="the extra `secure` is not installed")

PASSPHRASE = "ลมเย็น น้ำใส ใจดี ทุกวัน"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.close()


@pytest.fixture
def two(team: Team, tmp_path: Path) -> tuple[Notebook, Notebook]:
    """Two laptops of one team; neither has vouched for the other yet."""
    koi, nok = team.laptop("koi"), team.laptop("nok")
    koi.team.turn_on()
    koi.team.export(tmp_path / "team.key", None)
    without_giver(tmp_path / "team.key")
    nok.team.join(tmp_path / "team.key")
    return koi, nok


def without_giver(key: Path) -> None:
    """As the first version exported it: it does not name the laptop that it is of."""
    lines = key.read_text(encoding="utf-8").splitlines(keepends=True)
    key.write_text("".join(one for one in lines if "laptop" not in one), encoding="utf-8")


def reasons(book: Notebook, stick: Path) -> list[str]:
    return sorted({held.refusal.kind for held in book.meet(stick).held})


def trust_each_other(koi: Notebook, nok: Notebook, stick: Path) -> None:
    for one in (koi, nok, koi):
        one.meet(stick)
    koi.team.trust(nok.laptop, digits=nok.team.fingerprint())
    nok.team.trust(koi.laptop, digits=koi.team.fingerprint())
    for one in (koi, nok):  # each tells for whom it vouches
        one.meet(stick)


def test_what_is_on_the_stick_is_encrypted_and_two_who_trust_each_other_meet(
    team: Team, two: tuple[Notebook, Notebook]
) -> None:
    koi, nok = two
    stick = team.stick()
    forum(koi, "เวทีลับ", "น้ำไม่ไหล")
    trust_each_other(koi, nok, stick)
    forum(nok, "เวทีของนก")

    for one in (koi, nok, koi):
        met = one.meet(stick)
        assert met.held == ()
        assert met.safe

    assert titles(koi) == titles(nok) == {"เวทีลับ", "เวทีของนก"}
    files = content_of(stick)
    assert files
    assert all(name.endswith(".jsonl.age") for name in files)
    for content in files.values():
        assert content.startswith(AGE)
        assert "เวทีลับ".encode() not in content


def test_a_second_meeting_writes_nothing(team: Team, two: tuple[Notebook, Notebook]) -> None:
    koi, nok = two
    stick = team.stick()
    forum(koi, "เวที")
    trust_each_other(koi, nok, stick)
    for _round in range(3):
        for one in (koi, nok):
            one.meet(stick)
    before = content_of(stick)

    for one in (koi, nok):
        assert one.meet(stick).sent.segments == 0

    assert content_of(stick) == before


def test_an_unknown_laptop_is_held_with_its_fingerprint_until_somebody_vouches(
    team: Team, two: tuple[Notebook, Notebook]
) -> None:
    koi, nok = two
    stick = team.stick()
    forum(koi, "เวที")
    koi.meet(stick)

    met = nok.meet(stick)

    assert met.held
    assert all(one.retry for one in met.held)
    assert all(koi.team.fingerprint() in str(one.refusal) for one in met.held)
    assert titles(nok) == set()
    with pytest.raises(NoSuchLaptop):
        nok.team.trust(koi.laptop, digits="12345 " * 6)
    nok.team.trust(koi.laptop, digits=koi.team.fingerprint().replace(" ", ""))
    assert nok.meet(stick).held == ()
    assert titles(nok) == {"เวที"}
    assert [one.trusted for one in nok.team.laptops()] == [True]


def test_debians_age_opens_what_we_write_and_we_open_what_it_writes(
    team: Team, two: tuple[Notebook, Notebook], tmp_path: Path
) -> None:
    age = shutil.which("age")
    if age is None:
        pytest.skip("age is not installed")
    koi, nok = two
    stick = team.stick()
    forum(koi, "เวที")
    trust_each_other(koi, nok, stick)
    path = next(stick.rglob(f"*{koi.laptop}*.age"))

    plain = subprocess.run(
        [age, "-d", "-i", str(tmp_path / "team.key"), str(path)], capture_output=True, check=True
    ).stdout
    public = pyrage.x25519.Identity.from_str(_identity(koi)).to_public()
    again = subprocess.run(
        [age, "-r", str(public)], input=plain, capture_output=True, check=True
    ).stdout
    path.write_bytes(again)

    assert list(segments.read(plain, "file"))
    assert nok.meet(stick).held == ()
    assert titles(nok) == {"เวที"}


def _identity(book: Notebook) -> str:
    keys = read_keys(book.folder)
    assert keys is not None
    return keys.identity


def test_another_teams_stick_and_a_wrong_key_open_nothing(team: Team) -> None:
    koi, other = team.laptop("koi"), team.laptop("other")
    stick = team.stick()
    koi.team.turn_on()
    other.team.turn_on()
    forum(koi, "เวทีของเรา")
    koi.meet(stick)
    before = content_of(stick)

    assert reasons(other, stick) == ["other_key"]
    assert reasons(team.laptop("plain"), stick) == ["locked"]
    assert titles(other) == set()
    kept = {name: content for name, content in content_of(stick).items() if name in before}
    assert kept == before


@pytest.mark.parametrize("how", ["flip", "half", "empty", "words", "link"])
def test_a_damaged_file_is_held_and_nothing_of_it_is_taken(
    team: Team, two: tuple[Notebook, Notebook], how: str
) -> None:
    koi, nok = two
    stick = team.stick()
    trust_each_other(koi, nok, stick)
    forum(koi, "เวที")
    koi.meet(stick)
    path = max(stick.rglob(f"*{koi.laptop}*.age"), key=lambda one: one.name)
    content = path.read_bytes()
    path.unlink()
    match how:
        case "flip":
            path.write_bytes(content[:300] + bytes([content[300] ^ 1]) + content[301:])
        case "half":
            path.write_bytes(content[: len(content) // 2])
        case "empty":
            path.write_bytes(b"")
        case "words":
            path.write_bytes(b"not encrypted at all\n")
        case _link:
            path.symlink_to("/dev/zero")

    met = nok.meet(stick)

    assert [one.file for one in met.held] == [path.relative_to(stick).as_posix()]
    assert titles(nok) == set()
    path.unlink()
    path.write_bytes(content)
    assert nok.meet(stick).held == ()
    assert titles(nok) == {"เวที"}


def test_who_writes_in_another_name_is_refused(team: Team, two: tuple[Notebook, Notebook]) -> None:
    koi, nok = two
    stick = team.stick()
    forum(koi, "เวที")
    trust_each_other(koi, nok, stick)
    nok.meet(stick)
    forger = new_keys(_identity(koi))
    session = koi.sessions()[0].id
    line = Change("01M80NHCT001PCQRASATY16JSG", session, {"title": "ปลอม"}, {}, "", koi.laptop,
                  None, None)  # fmt: skip
    for number, sign in enumerate((
        None,
        lambda digest: ("a" * 64, "b" * 128),
        lambda digest: (_public(koi), signature(forger, digest)),
        lambda digest: (_public_of(forger), signature(forger, digest)),
    )):  # fmt: skip
        made = segments.seal(koi.laptop, 900 + number, "", [encode(line)], sign)
        (stick / made.name).write_bytes(made.content)

    assert set(reasons(nok, stick)) == {"not_signed", "forged", "other_signer"}
    assert titles(nok) == {"เวที"}


def _public(book: Notebook) -> str:
    keys = read_keys(book.folder)
    assert keys is not None
    return _public_of(keys)


def _public_of(keys: object) -> str:
    from store.secure.ciphers import public_key
    from store.secure.keys import Keys

    assert isinstance(keys, Keys)
    return public_key(keys)


def test_a_signature_is_over_this_check_sum_by_this_key() -> None:
    keys = new_keys()
    sign = signature(keys, "ab" * 32)

    assert is_signed(_public_of(keys), "ab" * 32, sign)
    assert not is_signed(_public_of(keys), "ac" * 32, sign)
    assert not is_signed(_public_of(new_keys()), "ab" * 32, sign)
    assert not is_signed("zz", "ab" * 32, sign)
    assert not is_signed(_public_of(keys), "ab" * 32, "ff" * 3)


def test_what_was_written_before_keys_were_on_still_comes(team: Team, tmp_path: Path) -> None:
    koi, nok = team.laptop("koi"), team.laptop("nok")
    stick, fresh = team.stick(), team.stick("fresh")
    forum(koi, "เวทีเก่า")
    for one in (koi, nok, koi):
        one.meet(stick)
    forum(koi, "เวทีใหม่")
    forum(nok, "เวทีของนก")
    koi.team.turn_on()
    koi.team.export(tmp_path / "team.key", PASSPHRASE)
    nok.team.join(tmp_path / "team.key", PASSPHRASE)
    trust_each_other(koi, nok, fresh)
    third = team.laptop("third")
    third.team.join(tmp_path / "team.key", PASSPHRASE)

    nok.meet(fresh)
    assert "not_signed" in reasons(third, fresh)
    for laptop in (koi.laptop, nok.laptop):
        third.team.trust(laptop, unsigned=True)

    assert third.meet(fresh).held == ()
    koi.meet(fresh)
    assert titles(koi) == titles(nok) == titles(third) == {"เวทีเก่า", "เวทีใหม่", "เวทีของนก"}


def test_a_passphrase_hands_the_teams_key_on(team: Team, tmp_path: Path) -> None:
    koi, nok, other = team.laptop("koi"), team.laptop("nok"), team.laptop("other")
    koi.team.turn_on()
    file = tmp_path / "team.age"
    for weak in ("", "สั้น", "abc def ghi", "a b c d", "aaaaaaaaaaaaaaaaaaaa", "ab ab ab ab ab ab"):
        with pytest.raises(WeakPassphrase):
            koi.team.export(file, weak)

    koi.team.export(file, PASSPHRASE)

    assert file.read_bytes().startswith(AGE)
    with pytest.raises(NotAKey):
        nok.team.join(file, "คำอื่น อีก สี่ คำ")
    assert not nok.team.is_on
    nok.team.join(file, PASSPHRASE)
    assert _identity(nok) == _identity(koi)
    other.team.turn_on()
    koi.team.export(tmp_path / "plain.key", None)
    with pytest.raises(OtherTeam):
        other.team.join(tmp_path / "plain.key")
    (tmp_path / "words.txt").write_text("ไม่ใช่กุญแจ", encoding="utf-8")
    with pytest.raises(NotAKey):
        koi.team.join(tmp_path / "words.txt")


def test_a_file_that_would_cost_minutes_of_guessing_is_refused_at_once(
    team: Team, two: tuple[Notebook, Notebook], tmp_path: Path
) -> None:
    koi, nok = two
    stick = team.stick()
    content = pyrage.passphrase.encrypt(b"x", PASSPHRASE)
    bomb = content.replace(content.split(b"\n")[1], b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 60", 1)
    (stick / "หนัก.jsonl.age").write_bytes(bomb)

    assert reasons(nok, stick) == ["other_key"]
    with pytest.raises(KeyTooCostly):
        koi.team.join(stick / "หนัก.jsonl.age", PASSPHRASE)


def test_keys_stay_in_the_notebooks_folder(
    team: Team, two: tuple[Notebook, Notebook], tmp_path: Path
) -> None:
    koi, nok = two
    stick = team.stick()
    forum(koi, "เวที")
    trust_each_other(koi, nok, stick)
    koi.backup(tmp_path / "backup.zip")
    secret = json.loads((koi.folder / "secure.json").read_bytes())

    if sys.platform != "win32":
        assert stat.S_IMODE((koi.folder / "secure.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "team.key").stat().st_mode) == 0o600
    for content in (*content_of(stick).values(), (tmp_path / "backup.zip").read_bytes()):
        assert secret["identity"].encode() not in content
        assert secret["seed"].encode() not in content


def test_without_the_libraries_everything_but_meeting_goes_on(
    team: Team, two: tuple[Notebook, Notebook], monkeypatch: pytest.MonkeyPatch
) -> None:
    koi, _nok = two
    stick = team.stick()
    monkeypatch.setitem(sys.modules, "pyrage", None)

    forum(koi, "เวที", "จดต่อได้")
    koi.idle()
    with pytest.raises(SecureExtraMissing, match=r"requirements/secure\.txt"):
        koi.meet(stick)

    assert content_of(stick) == {}
    koi.close()
    again = team.laptop("koi")
    assert titles(again) == {"เวที"}
    monkeypatch.undo()
    assert again.meet(stick).sent.changes > 0
    assert all(
        b'"sig":"' in path.read_bytes() for path in (again.folder / "log").rglob("chg-*.jsonl")
    )


def test_damaged_keys_are_told_and_nothing_goes_out(
    team: Team, two: tuple[Notebook, Notebook]
) -> None:
    koi, _nok = two
    stick = team.stick()
    forum(koi, "เวที")
    for broken in ("", "[]", "{}", '{"fmt":"kmtui-keys","v":1,"identity":"x"}', "\udcff"):
        (koi.folder / "secure.json").write_text(broken, encoding="utf-8", errors="surrogateescape")
        with pytest.raises(KeysDamaged):
            koi.meet(stick)

    assert content_of(stick) == {}
    koi.save(Edited(koi.sessions()[0].id, {"title": "ยังจดได้"}))
    assert titles(koi) == {"ยังจดได้"}


def test_turned_off_the_keys_are_put_aside_and_meeting_is_plain_again(
    team: Team, two: tuple[Notebook, Notebook]
) -> None:
    koi, _nok = two
    stick = team.stick()

    aside = koi.team.turn_off()

    assert aside.exists()
    with pytest.raises(KeysOff):
        koi.team.fingerprint()
    forum(koi, "เวที")
    koi.meet(stick)
    assert all(name.endswith(".jsonl") for name in content_of(stick))
    koi.close()
    assert titles(team.laptop("koi")) == {"เวที"}


def test_a_copied_laptop_under_keys_takes_a_new_id_and_nothing_is_lost(
    team: Team, two: tuple[Notebook, Notebook]
) -> None:
    koi, nok = two
    stick = team.stick()
    forum(koi, "เวที")
    trust_each_other(koi, nok, stick)
    koi.close()
    shutil.copytree(team.folder / "koi", team.folder / "twin")
    koi, twin = team.laptop("koi"), team.laptop("twin")
    forum(koi, "ของก้อย")
    forum(twin, "ของคู่แฝด")

    koi.meet(stick)
    assert "cloned" in told(twin.meet(stick))
    koi.meet(stick)
    for one in (koi, nok):
        for known in one.team.laptops():
            if known.fingerprint and not known.trusted:
                one.team.trust(known.laptop, digits=known.fingerprint)
    for one in (koi, twin, nok, koi, twin):
        one.meet(stick)

    assert titles(koi) == titles(twin) >= {"เวที", "ของก้อย", "ของคู่แฝด"}


def test_the_exported_key_is_words_that_a_person_can_keep() -> None:
    keys = new_keys()

    text = exported(keys, None).decode()

    assert keys.identity in text.splitlines()
    assert text.startswith("#")


def forged_line(rec: str, dev: str, put: Mapping[str, object]) -> bytes:
    return encode(Change("01M80NHCT001PCQRASATY16JSG", rec, put, {}, "", dev, None, None))


def test_off_and_on_again_sign_with_the_same_key_and_keep_who_is_trusted(
    team: Team, two: tuple[Notebook, Notebook], tmp_path: Path
) -> None:
    koi, nok = two
    stick = team.stick()
    trust_each_other(koi, nok, stick)
    before = nok.team.fingerprint()
    forum(nok, "ก่อนปิด")

    nok.team.turn_off()
    nok.idle()
    nok.team.join(tmp_path / "team.key")
    forum(nok, "หลังเปิด")
    nok.meet(stick)

    assert nok.team.fingerprint() == before
    assert koi.meet(stick).held == ()
    assert titles(koi) == {"ก่อนปิด", "หลังเปิด"}
    assert {one.laptop for one in nok.team.laptops() if one.trusted} == {koi.laptop}


def test_who_turned_keys_on_herself_joins_and_loses_nothing(team: Team, tmp_path: Path) -> None:
    koi, nok = team.laptop("koi"), team.laptop("nok")
    stick = team.stick()
    koi.team.turn_on()
    nok.team.turn_on()
    forum(nok, "จดไว้ก่อน")
    nok.meet(team.stick("another"))
    mine = nok.team.fingerprint()
    koi.team.export(tmp_path / "team.key", None)

    with pytest.raises(OtherTeam, match="--off"):
        nok.team.join(tmp_path / "team.key")
    nok.team.turn_off()
    nok.team.join(tmp_path / "team.key")
    nok.meet(stick)
    koi.meet(stick)
    koi.team.trust(nok.laptop, digits=mine)

    assert koi.take_held() > 0  # the stick may be gone by now
    assert titles(koi) == {"จดไว้ก่อน"}
    assert koi.meet(stick).held == ()


def test_one_plain_file_in_a_known_name_is_not_taken_in_and_renames_nobody(
    team: Team, tmp_path: Path
) -> None:
    koi, nok = team.laptop("koi"), team.laptop("nok")
    stick, fresh = team.stick(), team.stick("fresh")
    forum(koi, "เวที")
    for one in (koi, nok, koi):
        one.meet(stick)
    koi.team.turn_on()
    koi.team.export(tmp_path / "team.key", None)
    nok.team.join(tmp_path / "team.key")
    line = forged_line(koi.sessions()[0].id, koi.laptop, {"title": "ปลอม"})
    made = segments.seal(koi.laptop, 900, "", [line])
    (fresh / made.name).write_bytes(made.content)
    mine = koi.laptop

    assert reasons(nok, fresh) == ["not_signed"]
    assert "cloned" not in told(koi.meet(fresh))

    assert koi.laptop == mine
    assert titles(nok) == titles(koi) == {"เวที"}


def test_nobody_speaks_for_another_laptop(team: Team) -> None:
    koi, nok = team.laptop("koi"), team.laptop("nok")
    stick = team.stick()
    forum(koi, "เวที")
    for one in (koi, nok, koi):
        one.meet(stick)
    mine = koi.laptop
    put = {"owner": "ปลอม", f"has.{nok.laptop}": [99, 99], "was": [koi.laptop]}
    line = forged_line(f"laptop/{nok.laptop}", "zzzzzzzzzz", put)
    made = segments.seal("zzzzzzzzzz", 1, "", [line])
    (stick / made.name).write_bytes(made.content)

    met = koi.meet(stick)

    assert "cloned" not in told(met)
    assert koi.laptop == mine
    assert {one.name for one in koi.laptops() if one.id == nok.laptop} == {"nok"}


def test_a_word_that_was_given_can_be_taken_back_and_given_anew(
    team: Team, two: tuple[Notebook, Notebook]
) -> None:
    koi, nok = two
    stick = team.stick()
    trust_each_other(koi, nok, stick)
    koi.team.untrust(nok.laptop)
    forum(nok, "เวทีของนก")
    nok.meet(stick)

    assert reasons(koi, stick) == ["unknown_laptop"]
    with pytest.raises(NotTrusted):
        koi.team.untrust(nok.laptop)
    koi.team.trust(nok.laptop, digits=nok.team.fingerprint())

    assert koi.take_held() > 0
    assert titles(koi) == {"เวทีของนก"}


def test_one_who_is_trusted_introduces_the_others_and_it_can_be_taken_back(
    team: Team, tmp_path: Path
) -> None:
    koi, others = team.laptop("koi"), [team.laptop(name) for name in ("nok", "ploy", "dao")]
    stick = team.stick()
    koi.team.turn_on()
    koi.team.export(tmp_path / "team.key", PASSPHRASE)
    for one in others:
        one.team.join(tmp_path / "team.key", PASSPHRASE)
        forum(one, f"เวทีของ {one.laptop}")
        one.meet(stick)
    koi.meet(stick)
    for one in others:
        koi.team.trust(one.laptop, digits=one.team.fingerprint())
    for one in (koi, *others, koi):
        one.meet(stick)

    assert all(one.meet(stick).held == () for one in others)
    assert all(len(titles(one)) == 3 for one in (koi, *others))
    nok, ploy, _dao = others
    assert {one.by for one in nok.team.laptops() if one.laptop == ploy.laptop} == {(koi.laptop,)}
    nok.team.untrust(koi.laptop)
    assert not any(one.trusted for one in nok.team.laptops())


def test_keys_of_the_first_version_are_read_on(team: Team, two: tuple[Notebook, Notebook]) -> None:
    koi, nok = two
    stick = team.stick()
    trust_each_other(koi, nok, stick)
    now = json.loads((koi.folder / "secure.json").read_bytes())
    old = {
        "fmt": "kmtui-keys",
        "v": 1,
        "identity": now["identity"],
        "seed": now["seed"],
        "trusted": {nok.laptop: {"key": _public(nok), "unsigned": True}},
        "met": {"abcdefghij": "ab" * 32},
    }
    (koi.folder / "secure.json").write_text(json.dumps(old), encoding="utf-8")
    (koi.folder / "signing.key").unlink()
    forum(nok, "เวทีของนก")
    nok.meet(stick)

    assert koi.meet(stick).held == ()

    assert titles(koi) == {"เวทีของนก"}
    assert [one.trusted for one in koi.team.laptops()] == [False, True]
    koi.team.turn_off()
    koi.team.turn_on()
    assert _public(koi) == _public_of(replace(new_keys(), seed=now["seed"]))


def test_without_the_key_nothing_is_put_in_plain_beside_what_is_encrypted(
    team: Team, two: tuple[Notebook, Notebook]
) -> None:
    koi, _nok = two
    stick = team.stick()
    forum(koi, "เวที")
    koi.meet(stick)
    before = content_of(stick)
    new = team.laptop("new")
    forum(new, "เวทีลับ")

    met = new.meet(stick)

    assert "plain_beside_keys" in told(met)
    assert not met.safe
    assert content_of(stick) == before


def test_a_plain_key_file_vouches_for_nobody(team: Team, tmp_path: Path) -> None:
    koi, nok, stick = team.laptop("koi"), team.laptop("nok"), team.stick()
    forum(koi, "เวทีน้ำ")
    koi.team.turn_on()
    koi.team.export(tmp_path / "team.key", None)
    nok.team.join(tmp_path / "team.key")
    koi.meet(stick)

    held = nok.meet(stick).held

    assert {type(one.refusal).__name__ for one in held} == {"UnknownLaptop"}
    assert titles(nok) == set()


def test_the_trust_of_another_team_does_not_come_back(team: Team, tmp_path: Path) -> None:
    koi, nok, other = team.laptop("koi"), team.laptop("nok"), team.laptop("other")
    koi.team.turn_on()
    koi.team.export(tmp_path / "first.key", PASSPHRASE)
    other.team.turn_on()
    other.team.export(tmp_path / "second.key", PASSPHRASE)
    nok.team.join(tmp_path / "first.key", PASSPHRASE)
    nok.team.turn_off()
    nok.team.join(tmp_path / "second.key", PASSPHRASE)

    trusted = {one.laptop for one in nok.team.laptops() if one.trusted}

    assert trusted == {other.laptop}
    nok.team.turn_off()
    nok.team.join(tmp_path / "first.key", PASSPHRASE)
    assert {one.laptop for one in nok.team.laptops() if one.trusted} == {koi.laptop}


def test_who_turns_keys_on_without_the_libraries_is_not_told_that_they_are_on(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    koi, nok = team.laptop("koi"), team.laptop("nok")
    koi.team.turn_on()
    koi.team.export(tmp_path / "team.key", None)
    monkeypatch.setitem(sys.modules, "pyrage", None)

    for ask in (nok.team.turn_on, lambda: nok.team.join(tmp_path / "team.key")):
        with pytest.raises(SecureExtraMissing, match="in plain as before"):
            ask()

    assert not nok.team.is_on
