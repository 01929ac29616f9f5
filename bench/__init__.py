"""Programs that measure; each compares in one run and prints ratios. See README.md here."""
