"""The command as it starts: `scaffold`, or `python -m compiler`."""

from __future__ import annotations

import sys


def main() -> None:
    """Imports the command and runs it; Ctrl-C during either ends in the same way."""
    try:
        from compiler import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
