"""Thai on a screen: letters as a reader sees them, words, and lines."""
