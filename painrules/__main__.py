"""Runs the command: ``python -m painrules``."""

from painrules.cli import main

if __name__ == "__main__":
    main()
