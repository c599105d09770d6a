"""`python -m clr` is `clr`."""

from clr.cli import main

if __name__ == "__main__":
    main()
