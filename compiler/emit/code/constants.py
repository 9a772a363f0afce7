"""The constants of a script's configuration: a name, a value, and a comment with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.code.code import Code
from compiler.emit.code.comments import WIDTH, comment
from compiler.escape import printable


@dataclass(frozen=True)
class Constant:
    """One assignment of the configuration."""

    name: str
    value: Code
    comment: str = ""
    """The words above it."""
    note: str = ""
    """The words behind it, or above where the line would be too long."""
    type: str = ""
    """Its annotation, where a type checker needs one."""
    is_share: bool = False
    """Whether it, or that of each case, is a share or probability, from 0 to 1."""

    def __str__(self) -> str:
        """The lines of source."""
        target = f"{self.name}: {self.type}" if self.type else self.name
        line = f"{target} = {self.value.text}"
        above = [comment(self.comment)] if self.comment else []
        if self.note:
            both = f"{line}  # {printable(self.note)}"
            if len(both) > WIDTH:
                above.append(comment(self.note))
            else:
                line = both
        return "\n".join([*above, line])
