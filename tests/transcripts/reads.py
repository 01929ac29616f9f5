"""Reading samples and short texts, with nobody known and a fixed day unless said otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from store.records import Agency, Person, RecordId
from store.transcripts import Known, Proposal, read, read_text

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 23)
NOBODY = Known()


def known(*names: str, agencies: tuple[str, ...] = ()) -> Known:
    """A notebook that knows these people and agencies."""
    return Known(
        tuple(Person(id=RecordId(f"person/{at}"), name=name) for at, name in enumerate(names)),
        tuple(Agency(id=RecordId(f"agency/{at}"), short=one) for at, one in enumerate(agencies)),
    )


def sample(name: str, who: Known = NOBODY) -> Proposal:
    """The one session of a sample."""
    (one,) = read(SAMPLES / name, known=who, today=TODAY)
    return one


def of(text: str, who: Known = NOBODY, named: tuple[str, ...] = ()) -> Proposal:
    """The one session of a text."""
    (one,) = read_text(text, "ทดลอง.txt", known=who, today=TODAY, named=named)
    return one


def counts(proposal: Proposal) -> dict[str, int]:
    """Turns by label."""
    return {one.label: one.turns for one in proposal.speakers}


def said(proposal: Proposal) -> list[tuple[str, str]]:
    """Label and text of every turn."""
    return [(one.label, one.text) for one in proposal.turns]


def kinds(proposal: Proposal) -> set[str]:
    """Kinds of findings."""
    return {one.kind for one in proposal.findings}
