"""`python -m compiler.cli`, the same as `scaffold`."""

from __future__ import annotations

from compiler.cli import main

main()
