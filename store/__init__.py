"""The notebook on disk; knows no screen."""
