"""The truth: change lines, the files they stand in, and what they add up to."""
