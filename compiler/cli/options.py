"""Exit codes, and the options that several commands have."""

from __future__ import annotations

import click

from compiler.engines import ENGINES, FORMATS

FINE, WRONG, USAGE, CONFLICT, INTERRUPTED = 0, 1, 2, 3, 130

specs_argument = click.argument(
    "specs", nargs=-1, required=True, metavar="SPEC…", type=click.Path()
)
out_option = click.option(
    "--out", default="generated", show_default=True, help="The folder to write to."
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON on stdout."
)
engine_option = click.option(
    "--engine", type=click.Choice([*ENGINES]), help="Override the spec."
)
format_option = click.option(
    "--format", type=click.Choice([*FORMATS]), help="Override the spec."
)
plan_format_option = click.option(
    "--format",
    type=click.Choice([*FORMATS, "md"]),
    help="Override the spec; `md` prints the plan as Markdown.",
)
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
template_option = click.option(
    "--bundle-template",
    type=click.Path(),
    metavar="DIR",
    help="Your own cookiecutter template for the bundle.",
)
