"""Thai-ish texts, and what no line of Thai may begin or end with."""

from __future__ import annotations

import re
from typing import Final

from hypothesis import strategies as st

NEVER_FIRST: Final = re.compile("[\u0e31-\u0e3a\u0e30\u0e32\u0e33\u0e45-\u0e4eฯ]")
NEVER_LAST: Final = re.compile("[เแโใไ]")
THAI: Final = st.text(
    alphabet=st.sampled_from("กขคนมรลวสหอยบดตทำะาิีึืุูัเแโใไ่้็์ๆฯ .()“”12๑A\u00a0"), max_size=80
)
