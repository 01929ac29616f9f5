"""The notebook of the คุณอำนวย, in a terminal."""

import os

# With the kitty protocol some terminals send Thai keys without their vowels. Textual reads this
# once, when it is imported: so here, before any of its modules can be.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

__version__ = "0.1.0"
