"""The notebook of the คุณอำนวย, in a terminal."""

__version__ = "0.1.0"
