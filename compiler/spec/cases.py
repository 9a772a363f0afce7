"""`by` and `cases`: parameters that differ by another column's value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from compiler.spec.base import Model, Path, check_path, problem

BY_KEYS = {"by", "cases", "otherwise"}
CaseKeys = tuple[str, ...]
"""Where a case's parameters are below the thing: `("cases", NAME)`, `("otherwise",)` or `()`."""


class Cased(Model):
    """A model whose parameters may differ by case."""

    by: Path | None = Field(None, description="the column whose value chooses the case")
    cases: Mapping[str, Any] = Field(
        {}, description="the parameters that differ, by value"
    )
    otherwise: Any = Field(None, description="the parameters for every other value")

    own_keys: ClassVar[tuple[str, ...]] = ()
    """Keys that cannot be in a case, only on the model itself."""
    caseless: ClassVar[tuple[str, ...]] = ()
    """Keys that leave no parameter for a case to change."""

    @property
    def variants(self) -> dict[CaseKeys, Self]:
        """The model for each case, by the path of its parameters below the model.

        The path is `("cases", NAME)`, for the last `("otherwise",)`; without cases it is `()`.
        """
        found: dict[CaseKeys, Self] = {
            ("cases", name): case for name, case in self.cases.items()
        }
        if self.otherwise is not None:
            found["otherwise",] = self.otherwise
        return found or {(): self}

    def with_variants(self, by: str | None, variants: Mapping[CaseKeys, Any]) -> Self:
        """The model with cases: the inverse of `variants`."""
        cases = {keys[1]: one for keys, one in variants.items() if len(keys) > 1}
        last = variants.get(("otherwise",))
        return self.model_copy(update={"by": by, "cases": cases, "otherwise": last})

    @classmethod
    def fixed_keys(cls) -> set[str]:
        """All keys that cannot be in a case."""
        return {*BY_KEYS, *cls.own_keys}

    @model_validator(mode="wrap")
    @classmethod
    def _with_cases(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Validates the model of each case: the keys of the case override its own."""
        if not isinstance(data, dict) or not BY_KEYS & data.keys():
            return handler(data)
        by, cases = data.get("by"), data.get("cases")
        if not {"by", "cases"} <= data.keys():
            cls._refuse_unknown(data)
        if not isinstance(by, str) or not isinstance(cases, dict) or not cases:
            raise problem(
                "E106",
                "`by` and `cases` go together",
                'by = "tier", cases = { Pro = { … } }',
            )
        for key in cls.caseless:
            if key in data:
                message = f"`by` has no effect: `{key}` is the same for all cases"
                raise problem(
                    "E106",
                    message,
                    "remove `by` and its cases",
                    at=[("by",), (key,)],
                )
        places: dict[CaseKeys, Any] = {("cases", name): cases[name] for name in cases}
        if "otherwise" in data:
            places["otherwise",] = data["otherwise"]
        own = {key: value for key, value in data.items() if key not in BY_KEYS}
        variants: dict[CaseKeys, Self] = {}
        errors: list[InitErrorDetails] = []
        for place, case in places.items():
            try:
                # Not the handler: it skips the validators of subclasses.
                merged = cls._merged(own, case, place[-1])
                variants[place] = cls.model_validate(merged)
            except ValidationError as error:
                errors += [
                    relocated(details, place, case) for details in error.errors()
                ]
            except PydanticCustomError as error:
                errors.append({"type": error, "loc": place, "input": case})
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        first = next(iter(variants.values()))
        return first.with_variants(check_path(by), variants)

    @classmethod
    def _refuse_unknown(cls, data: dict[str, Any]) -> None:
        """If `by` or `cases` is missing, a misspelled key is the better error."""
        unknown = [key for key in data if key not in cls.model_fields]
        errors: list[InitErrorDetails] = [
            {"type": "extra_forbidden", "loc": (key,), "input": data[key]}
            for key in unknown
        ]
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)

    @classmethod
    def _merged(cls, own: dict[str, Any], case: Any, name: str) -> dict[str, Any]:
        """A case merged over the model's own keys; a key removes those that it excludes."""
        if not isinstance(case, dict):
            fields = cls.model_fields.items()
            own = {key: field for key, field in fields if key not in cls.fixed_keys()}
            needed = [key for key, field in own.items() if field.is_required()]
            help = f"{name} = {{ {(needed or [*own])[0]} = … }}"
            raise problem("E103", "a case is a table of parameters", help)
        for key in case:
            if key in cls.fixed_keys():
                raise problem(
                    "E101",
                    f"`{key}` belongs to the {cls.called} itself, not to a case",
                    at=[(key,)],
                )
        replaced = {
            key for group in cls.one_of if set(group) & case.keys() for key in group
        }
        return {key: value for key, value in own.items() if key not in replaced} | case


def relocated(
    details: Any, place: tuple[str, ...], case: dict[str, Any]
) -> InitErrorDetails:
    """An error of a merged case, placed in the case if its key is there (or is missing)."""
    context = details.get("ctx", {})
    kind = details["type"]
    if "message" in context:
        kind = PydanticCustomError(kind, "{message}", context)
    loc = details["loc"]
    keys = [loc, *context.get("at", ())] if loc else context.get("at", ())
    here = not keys or any(key[0] in case for key in keys) or kind == "missing"
    return {
        "type": kind,
        "loc": (*place, *loc) if here else loc,
        "input": details["input"],
        "ctx": context,
    }
