"""One command or one family of commands a file; each is imported only when it is called."""
