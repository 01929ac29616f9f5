"""Thai as a reader expects it."""
