"""`python -m kmtui`: the same program."""

from kmtui.start import main

if __name__ == "__main__":
    main()
