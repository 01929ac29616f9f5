"""What one meeting has taken in so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Arrived:
    """What came in, as far as it is durable."""

    segments: int = 0
    changes: int = 0
    sessions: set[str] = field(default_factory=set)
    """New ones."""
    touched: dict[str, dict[str, int]] = field(default_factory=dict)
    """By laptop, the sessions that it has changed, each with how far it had taken ours in then."""
    of_records: Counter[str] = field(default_factory=Counter)
    """By laptop, how many changes of records."""
    made: dict[str, set[str]] = field(default_factory=dict)
    """By laptop, the sessions that it has made."""
    owners: dict[str, str] = field(default_factory=dict)
    acquainted: dict[str, set[str]] = field(default_factory=dict)
    """By laptop, those whose changes it tells that it has."""
    suspects: set[str] = field(default_factory=set)
    """Letters of sessions inside which a field may have several values now."""
