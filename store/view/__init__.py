"""The records as they stand now, in TinyDB; made from the lines, and again whenever asked."""
