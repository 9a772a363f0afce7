"""The command line: its options, what it prints, and its exit codes.

The modules: `main` (the command itself), `build` (and `plan`), `edits` (`diff`, `check` and
`adopt`), `differences` and `checking` (what these find), `targets` (which folders a command is
about), `compiling`, `options`, `report` (what is printed), `usage` (wrong calls). Heavy
modules are imported where they are used, so that `--version`, `--help` and `check` are quick.
"""

from compiler.cli.main import main

__all__ = ["main"]
