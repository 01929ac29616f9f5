"""Finding words in everything that was written, as fast as somebody types.

The files are a cache: they can be deleted at any time, and anything missing or odd about them means
only that they are made again.
"""

from .entry import Entry
from .index import SearchIndex

__all__ = ["Entry", "SearchIndex"]
