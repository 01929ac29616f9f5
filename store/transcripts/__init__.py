"""Reading in what staff already have: it proposes, a person confirms."""

from .proposal import Finding, Known, Proposal, ProposedSpeaker, ProposedTurn
from .reading import read, read_text

__all__ = [
    "Finding",
    "Known",
    "Proposal",
    "ProposedSpeaker",
    "ProposedTurn",
    "read",
    "read_text",
]
