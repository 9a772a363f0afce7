"""Faults to inject on top of the clean data."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from compiler.spec.base import Model, Rate, TableName, problem

MOST_DUPLICATES = 0.25
"""Each duplicate needs a row that keeps its key: a share p has at most p(1 - p) of these."""


class BadData(Model):
    """Rates of injected faults, all listed in the table `_bad_data`."""

    null_rate: Rate = Field(0.0, description="share of nulls in required columns")
    outlier_rate: Rate = Field(
        0.0, description="share of impossible numbers and moments"
    )
    duplicate_key_rate: Rate = Field(
        0.0,
        description="share of rows with another row's key, at most 0.25",
        json_schema_extra={"maximum": MOST_DUPLICATES},
    )
    orphan_ref_rate: Rate = Field(
        0.0, description="share of refs to rows that do not exist"
    )
    tables: list[TableName] | None = Field(
        None, description="the tables that get faults; all by default"
    )

    @property
    def rates(self) -> dict[str, float]:
        """The rate of each fault with a rate above 0."""
        rates = {
            "null": self.null_rate,
            "outlier": self.outlier_rate,
            "duplicate_key": self.duplicate_key_rate,
            "orphan_ref": self.orphan_ref_rate,
        }
        return {fault: rate for fault, rate in rates.items() if rate}

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.duplicate_key_rate > MOST_DUPLICATES:
            raise problem(
                "E104",
                f"`duplicate_key_rate` is {self.duplicate_key_rate:g}: "
                f"the maximum is {MOST_DUPLICATES}",
                "each duplicate needs another row, which keeps its key",
                at=[("duplicate_key_rate",)],
            )
        for key in ("outlier_rate", "orphan_ref_rate"):
            if self.null_rate + getattr(self, key) > 1:
                raise problem(
                    "E215",
                    f"`null_rate` and `{key}` are more than 1 together",
                    "a cell has at most one fault",
                    at=[(key,), ("null_rate",)],
                )
        return self
