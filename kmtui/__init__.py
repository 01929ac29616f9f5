"""The notebook of the คุณอำนวย, in a terminal."""

import os
import sys
from pathlib import Path

# `store` stands beside this folder in the tree, and inside it where it was installed: other
# projects put a package of that name into site-packages too, and then theirs would be found.
_here = Path(__file__).parent
_own = _here / "_own"
sys.path.insert(0, str(_own if _own.is_dir() else _here.parent))

# With the kitty protocol some terminals send Thai keys without their vowels. Textual reads this
# once, when it is imported: so here, before any of its modules can be.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

__version__ = "0.1.0"
