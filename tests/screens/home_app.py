"""The whole app on a terminal, for tests that type into it."""

from __future__ import annotations

import sys
from pathlib import Path

from kmtui.running import run

if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
