"""Calendars that start from another one, by `like`: all keys of each."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.diagnostics import Diagnostic, Help, Label, did_you_mean, leave_out
from compiler.source import Document
from compiler.source.edits import advised
from compiler.spec.calendar import DEFAULT_CALENDAR, Calendar


def inherited(
    calendars: Mapping[str, Calendar], document: Document
) -> tuple[dict[str, Calendar], list[Diagnostic]]:
    """The calendars with the keys of those that they start from, and what is wrong with that."""
    heirs = _Heirs(calendars, document)
    return {name: heirs.whole(name, ()) for name in calendars}, heirs.diagnostics


class _Heirs:
    """Completes calendars, each after the one that it starts from."""

    def __init__(self, calendars: Mapping[str, Calendar], document: Document) -> None:
        self.known = {"default": DEFAULT_CALENDAR, **calendars}
        self.document = document
        self.diagnostics: list[Diagnostic] = []
        self._whole: dict[str, Calendar] = {}

    def whole(self, name: str, heirs: tuple[str, ...]) -> Calendar:
        """A calendar with all its keys, for those that start from it."""
        if name not in self._whole:
            self._whole[name] = self._completed(name, (*heirs, name))
        return self._whole[name]

    def _completed(self, name: str, chain: tuple[str, ...]) -> Calendar:
        calendar = self.known[name]
        base = calendar.like
        if base is None:
            return calendar
        if base in chain:
            self._circle(chain[chain.index(base) :])
            return calendar
        if base not in self.known:
            help = did_you_mean(base, list(self.known), without=name)
            self._report("E208", f"there is no calendar `{base}`", [name], help)
            return calendar
        whole = calendar.replacing(self.whole(base, chain))
        mistake = whole.mistake()
        context = (mistake.context if mistake else None) or {}
        own = [at for at in context.get("at", ()) if at[0] in calendar.model_fields_set]
        if mistake and own:
            spots = [self.document.key(("calendars", name, *keys)) for keys in own]
            labels = tuple(Label(spot) for spot in spots)
            found = (mistake.type, context["message"], labels, context["help"])
            self.diagnostics.append(advised(self.document, *found))
        return whole

    def _circle(self, names: tuple[str, ...]) -> None:
        path = " → ".join([*names, names[0]])
        if len(names) == 1:
            message = f"calendar `{names[0]}` starts from itself"
        else:
            message = f"calendars start from each other in a circle: {path}"
        help = leave_out("one `like`" if len(names) > 1 else "`like`")
        self._report("E204", message, names, help)

    def _report(
        self, code: str, message: str, names: tuple[str, ...] | list[str], help: Help
    ) -> None:
        """A mistake in the `like` of these calendars."""
        spots = [self.document.value(("calendars", name, "like")) for name in names]
        labels = tuple(Label(spot) for spot in spots)
        self.diagnostics.append(advised(self.document, code, message, labels, help))
