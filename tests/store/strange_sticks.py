"""A grammar of sticks that somebody filled: files whose sums hold, with whatever a line can say."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from store.changes import segments
from tests.store.strange_lines import Known, Lines
from tests.store.strange_values import Chance


@dataclass
class Stick:
    """What is put into a folder, and how it was made."""

    files: dict[str, bytes] = field(default_factory=dict)

    def put_into(self, folder: Path) -> None:
        """Write every file below the folder."""
        for name, content in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


class Grammar(Chance):
    """Makes one stick from one seed.

    Args:
        seed: The same one gives the same stick.
        known: What is known of the victim.
    """

    def __init__(self, seed: int, known: Known) -> None:
        super().__init__(random.Random(seed))
        self._lines = Lines(self._rng, known)

    def stick(self) -> Stick:
        """A folder of one to four files."""
        found = Stick()
        for _ in range(self._rng.choice([1, 1, 2, 4])):
            dev = self._dev()
            content = b"".join(
                self._file_part(dev, seq) for seq in range(1, self._rng.choice([2, 2, 2, 4]))
            )
            found.files[self._name(dev, content)] = self._spoilt(content)
        return found

    def _dev(self) -> str:
        return self._lines.devs[0] if self._often(0.7) else str(self._one(self._lines.devs))

    # files

    def _file_part(self, dev: str, seq: int) -> bytes:
        lines = self._lines.some(dev)
        number = seq if self._often(0.95) else self._one([10**15, 999_999, 7])
        content = segments.seal(dev, number, self._one(["", "", "x" * 64]), lines).content
        if self._often(0.05):
            content = self._newer(content)
        if self._often(0.1):
            junk = [b"junk\n", b"\0" * 99, b'{"fmt":"kmtui-changes"\n', b"\xff\xfe\n", b"\n\n"]
            content += self._one(junk)
        return content

    def _newer(self, content: bytes) -> bytes:
        body = content[: content.rfind(b'\n{"end"') + 1].replace(b'"v":1', b'"v":2', 1)
        end = {"end": True, "n": body.count(b"\n") - 1, "sha256": segments.sha256(body)}
        return body + json.dumps(end, separators=(",", ":")).encode() + b"\n"

    def _name(self, dev: str, content: bytes) -> str:
        name = segments.file_name(dev, self._one([1, 1, 2, 12]), segments.sha256(content))
        odd = [
            f"kmtui-{dev}/x.jsonl",
            f"kmtui-{dev}/sub/{name}",
            name,
            f"ถุง/{name}",
            f"kmtui-other/{name}",
        ]
        return f"kmtui-{dev}/{name}" if self._often(0.8) else self._one(odd)

    def _spoilt(self, content: bytes) -> bytes:
        if self._often(0.85):
            return content
        at = self._rng.randrange(len(content))
        ways: list[Callable[[], bytes]] = [
            lambda: content[:at],
            lambda: (
                content[:at]
                + bytes([content[at] ^ (1 << self._rng.randrange(8))])
                + content[at + 1 :]
            ),
            lambda: content + content,
            lambda: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
            lambda: content[at:] + content[:at],
        ]
        return bytes(self._one(ways)())
