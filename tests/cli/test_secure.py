"""`kmtui secure`: keys on and off, handed on, and a laptop that somebody vouches for."""

from __future__ import annotations

from pathlib import Path

import pytest

from .calling import Caller

pytest.importorskip("pyrage", reason="the extra `secure` is not installed")
pytest.importorskip("nacl", reason="the extra `secure` is not installed")


@pytest.fixture
def other(tmp_path: Path) -> Caller:
    """Another laptop."""
    return Caller(tmp_path / "other")


def test_two_laptops_meet_under_keys_once_somebody_has_vouched(
    kmtui: Caller, forum: str, other: Caller, tmp_path: Path
) -> None:
    stick, key = tmp_path / "stick", tmp_path / "team.key"
    stick.mkdir()
    assert kmtui.json("secure")["on"] is False
    mine = kmtui.json("secure", "--on")
    assert kmtui("secure", "--export", key).code == 0
    lines = key.read_text(encoding="utf-8").splitlines()  # as the first version wrote it
    key.write_text("\n".join(one for one in lines if "laptop" not in one), encoding="utf-8")
    other("secure", "--join", key)
    kmtui("sync", stick)

    held = other("sync", stick)
    unknown = other.json("secure")["laptops"]
    wrong = other("secure", "--trust", mine["laptop"], "--fingerprint", "1" * 30, "--json")
    other("secure", "--trust", mine["laptop"], "--fingerprint", mine["fingerprint"])

    assert held.code == 3
    assert mine["fingerprint"] in held.out
    assert [(one["id"], one["trusted"]) for one in unknown] == [(mine["laptop"], False)]
    assert wrong.error["kind"] == "no_laptop"
    assert other("sync", stick).code == 0
    assert len(other.json("list", "sessions")) == len(kmtui.json("list", "sessions"))
    assert all(path.name.endswith(".age") for path in stick.rglob("*") if path.is_file())


def test_a_passphrase_is_read_from_the_surroundings_and_never_shown(
    kmtui: Caller, forum: str, other: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "team.age"
    kmtui("secure", "--on")
    monkeypatch.setenv("KMTUI_PASSPHRASE", "สั้น")
    weak = kmtui("secure", "--export", key, "--passphrase", "--json")
    monkeypatch.setenv("KMTUI_PASSPHRASE", "ลมเย็น น้ำใส ใจดี ทุกวัน")

    done = kmtui("secure", "--export", key, "--passphrase")

    assert weak.error["kind"] == "weak_passphrase"
    assert done.code == 0
    assert "ลมเย็น" not in done.out + done.err
    assert other("secure", "--join", key).code == 0
    assert other.json("secure")["on"]


def test_turned_off_the_keys_are_put_aside(kmtui: Caller, forum: str) -> None:
    kmtui("secure", "--on")

    done = kmtui("secure", "--off")

    assert "secure-" in done.err
    assert kmtui.json("secure") == {
        "on": False,
        "laptop": kmtui.json("where")["laptop"],
        "fingerprint": "",
        "laptops": [],
    }
    assert len(list(kmtui.notebook.glob("secure-*.old.json"))) == 1


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["--on", "--off"], "usage"),
        (["--off"], "keys_off"),
        (["--export", "{there}/key"], "keys_off"),
        (["--trust", "nobody"], "keys_off"),
        (["--join", "{there}/nothing"], "no_such_file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    kmtui: Caller, forum: str, tmp_path: Path, words: list[str], kind: str
) -> None:
    called = kmtui("secure", *(word.format(there=tmp_path) for word in words), "--json")

    assert called.code in (1, 2)
    assert called.error["kind"] == kind
    assert not (kmtui.notebook / "secure.json").exists()
