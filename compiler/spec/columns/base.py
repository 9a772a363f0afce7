"""What every column kind has, and what the compiler asks of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from compiler.spec.base import Allow, Model, Path, Rate, check_path, problem
from compiler.spec.types import Type

TypeOf = Callable[[str], Type]
"""The type of the column at a path, seen from the table that the asking column stands in."""


class Column(Model):
    """A column of any kind.

    A new kind is a subclass with a `kind` of its own, the partial
    `templates/script/columns/KIND.py.j2`, and a case in the tests.
    """

    kind: str
    null_rate: Rate = Field(0.0, description="share of the rows that are null")
    hidden: bool = Field(
        False, description="computed and usable by others, but not written"
    )
    description: str = Field("", description="what the column means")
    allow: Allow = Field([], description='lint codes to silence, "*" for all')

    one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of keys, of each of which exactly one is given."""
    path_keys: ClassVar[tuple[str, ...]] = ()
    """The keys whose values are paths."""
    partial: ClassVar[str] = ""
    """The template partial, where it is not named after the kind."""

    @property
    def template(self) -> str:
        return self.partial or self.kind

    def paths(self) -> dict[str, str]:
        """The columns that this one reads, by the key that names each."""
        values = {key: getattr(self, key) for key in self.path_keys}
        return {key: value for key, value in values.items() if value is not None}

    def gives(self, at: TypeOf) -> Type:
        """The type of its values, nulls by `null_rate` apart."""
        raise NotImplementedError

    def says(self) -> str:
        """The assumption behind it, as the plan shows it; empty for none worth a line."""
        return ""

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        for group in self.one_of:
            given = [key for key in group if getattr(self, key) is not None]
            names = ", ".join(f"`{key}`" for key in group)
            if len(given) > 1:
                raise problem(
                    "E106",
                    f"{' and '.join(f'`{key}`' for key in given)} exclude each other",
                    f"one of {names}",
                    at=[(key,) for key in given],
                )
            if not given:
                raise problem("E106", f"one of {names} is needed")
        return self


class Varying(Column):
    """A column whose parameters may differ by case."""

    by: Path | None = Field(None, description="the column whose value chooses the case")
    cases: Mapping[str, Any] = Field(
        {}, description="the parameters that differ, by value"
    )
    otherwise: Any = Field(None, description="the parameters for every other value")

    case_values: ClassVar[Literal["parameters", "columns"]] = "columns"
    """Whether a case only changes numbers that go into one draw, or the whole computation."""
    same_in_cases: ClassVar[tuple[str, ...]] = ()
    """Keys that must be the same in all cases for their numbers to go into one draw."""
    own_keys: ClassVar[tuple[str, ...]] = ()
    """Keys that no case changes: they stand on the column itself."""

    @property
    def variants(self) -> dict[str, Self]:
        """The column as it is in each case, by the case's name; `otherwise` last."""
        last = {} if self.otherwise is None else {"otherwise": self.otherwise}
        return {**self.cases, **last}

    @model_validator(mode="wrap")
    @classmethod
    def _with_cases(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Validates the column as it is in each case: the case's keys over its own."""
        if not isinstance(data, dict) or not BY_KEYS & data.keys():
            return handler(data)
        by, cases = data.get("by"), data.get("cases")
        if not isinstance(by, str) or not isinstance(cases, dict) or not cases:
            raise problem(
                "E106",
                "`by` and `cases` go together",
                'by = "tier", cases = { Pro = { … } }',
            )
        places: dict[tuple[str, ...], Any] = {
            ("cases", name): cases[name] for name in cases
        }
        if "otherwise" in data:
            places["otherwise",] = data["otherwise"]
        own = {key: value for key, value in data.items() if key not in BY_KEYS}
        variants: dict[tuple[str, ...], Self] = {}
        errors: list[InitErrorDetails] = []
        for place, case in places.items():
            try:
                variants[place] = handler(cls._merged(own, case))
            except ValidationError as error:
                errors += [
                    relocated(details, place, case) for details in error.errors()
                ]
            except PydanticCustomError as error:
                errors.append({"type": error, "loc": place, "input": case})
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return next(iter(variants.values())).model_copy(
            update={
                "by": check_path(by),
                "cases": {name: variants["cases", name] for name in cases},
                "otherwise": variants.get(("otherwise",)),
            }
        )

    @classmethod
    def _merged(cls, own: dict[str, Any], case: Any) -> dict[str, Any]:
        """A case over the column's own keys; a key drops those that it excludes."""
        if not isinstance(case, dict):
            raise problem(
                "E103", "a case is a table of parameters", "Pro = { mean = 245 }"
            )
        for key in case:
            if key in {*Column.model_fields, *BY_KEYS, *cls.own_keys, "kind"}:
                raise problem(
                    "E101",
                    f"`{key}` stands on the column itself, not in a case",
                    at=[(key,)],
                )
        replaced = {
            key for group in cls.one_of if set(group) & case.keys() for key in group
        }
        return {key: value for key, value in own.items() if key not in replaced} | case


BY_KEYS = {"by", "cases", "otherwise"}


def relocated(
    details: Any, place: tuple[str, ...], case: dict[str, Any]
) -> InitErrorDetails:
    """An error of a merged case, told of the case where its key stands there (or is missing)."""
    context = details.get("ctx", {})
    kind = details["type"]
    if "message" in context:
        kind = PydanticCustomError(kind, "{message}", context)
    loc = details["loc"]
    here = not loc or loc[0] in case or kind == "missing"
    return {
        "type": kind,
        "loc": (*place, *loc) if here else loc,
        "input": details["input"],
        "ctx": context,
    }
