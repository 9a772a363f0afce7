"""E5 and E6: files on disk, and the bundle."""

from __future__ import annotations

from compiler.codes.code import error

CODES = (
    error(
        "E501",
        "a generated file was edited, and cannot be merged with its new text",
        """
You edited this file, and the spec or Scaffold has changed since, so that this build has a new
text for it. The two are merged line by line, but here both changed the same lines, or the
result would be broken: a name is not defined, or defined twice. Nothing was written. Build
into another folder to compare, then copy your edits into the new text, or overwrite them:
  scaffold specs/ecom.toml --out elsewhere   writes the new text there
  scaffold specs/ecom.toml --force           overwrites every edited file
""",
    ),
    error(
        "E502",
        "a file that Scaffold did not write is in the way",
        """
The record in .scaffold/ does not list this file, so it may be someone's work. Only `--force`
overwrites it. Move it, or build into another folder:
  scaffold specs/ecom.toml --out elsewhere
""",
    ),
    error(
        "E503",
        "the system refused to write",
        """
There is no space, no permission, or a folder where a file should be. Nothing was changed: a
build writes all of its files or none. Fix the cause and run it again.
""",
    ),
    error(
        "E601",
        "a bundle template that cannot be rendered",
        """
`--bundle-template` needs a folder with a cookiecutter.json and a folder that is called
{{cookiecutter.name}}. The template must be valid Jinja, and use only values that exist:
docs/bundle-templates.md lists them.
""",
    ),
    error(
        "E602",
        "a bundle that would not deploy",
        """
The bundle uses a variable, an environment or a file that does not exist, or Databricks would
refuse it, such as a schedule without a time zone. The message names the file and the place.
Correct it in the bundle template.
""",
    ),
)
