"""`python -m kmtui`: the same program."""

from kmtui.cli import main

if __name__ == "__main__":
    main()
