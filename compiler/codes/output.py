"""E5 and E6: files on disk, and the bundle."""

from __future__ import annotations

from compiler.codes.code import error

CODES = (
    error(
        "E501",
        "a generated file was edited, and cannot be merged with its new text",
        """
You edited this file, and this build has a new text for it. Both changed the same lines, or
the result would be broken. Nothing of this spec was written. `scaffold diff` shows both sides:
  scaffold specs/ecom.toml --conflict=markers   writes both texts into the file
  scaffold specs/ecom.toml --ours               keeps your lines; --theirs takes the new ones
  scaffold specs/ecom.toml --force              overwrites all edits
  scaffold adopt generated/ecom                 takes the file as it is: you merged it
""",
    ),
    error(
        "E502",
        "a file that Scaffold did not write is in the way",
        """
The record in .scaffold/ does not list this file, or is damaged, so it may be someone's work.
Take it as an edit of yours, move it, or build into another folder. `--force` overwrites it:
  scaffold adopt generated/ecom --spec specs/ecom.toml
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
        "E504",
        "a generated file holds the markers of a conflict",
        """
Lines that begin with <<<<<<< and >>>>>>> are around the two texts of a conflict, from Scaffold
or from git. Choose between them, remove the markers, then:
  scaffold adopt generated/ecom
""",
    ),
    error(
        "E505",
        "an edited file is broken, or may be",
        """
`scaffold adopt` takes a folder's files as they are, but this one is not valid Python, JSON or
YAML. Nothing was recorded. As a warning, with which it is adopted: the script uses a name that
it does not define, or defines one twice, or does not have lines that are new in the spec; or a
build renamed a table or column, and a text in lines of yours has the old name.
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
