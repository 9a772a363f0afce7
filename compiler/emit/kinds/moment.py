"""A day or a moment of a period."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, call
from compiler.emit.code.comments import LONG
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function, same
from compiler.emit.time.hours import hours_constant
from compiler.emit.time.timelines import can_be_still, timeline_of
from compiler.plan.model import Plan
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.types import Data


class MomentCode(Emitter[Date], of=Date):
    endings = ("HOURS",)

    def in_one_call(self, plan: Plan, cases: Sequence[Date]) -> bool:
        # What follows a moment is lifted over a period's end with no volume.
        still = {can_be_still(plan, case) for case in cases if case.paths()}
        return len(still) < 2 and same(cases, "after", "before")

    def constants(self, column: CaseColumn[Date]) -> list[Constant]:
        cases = column.cases
        return [constant for case in cases for constant in constants_of_case(case)]

    def value(self, column: CaseColumn[Date], function: Function) -> Code:
        spec, plan = column.spec, column.plan
        batch = [function.batch()] if plan.appends else []
        draw = column.draw(function)
        if column.key is None:
            case, helper = [], "timestamp_by_group" if batch else "timestamp"
            timeline = period_of_case(column)
            if len(timeline.text) > LONG and not plan.appends:
                timeline = function.local("period", timeline)
        else:
            case, helper = [column.key], "timestamp_by_case"
            periods = {one.name: period_of_case(one) for one in column.cases}
            timeline = function.local("periods", literal(periods))
        ends = {key: column.read(function, path) for key, path in spec.paths().items()}
        moment = call(helper, draw, *case, *batch, timeline, **ends)
        if column.column.type.data is Data.DATE:
            moment = column.dialect.days(moment)
        if can_be_still(plan, spec):
            for key, limit in (("after", "not_before"), ("before", "not_after")):
                if key in ends:
                    moment = call(limit, moment, ends[key])
        return moment


def period_of_case(column: CaseColumn[Date]) -> Code:
    """The code of the timeline of a column, or of one of its cases."""
    return timeline_of(column.plan, column.names, column.spec, column.constant())


def constants_of_case(column: CaseColumn[Date]) -> list[Constant]:
    """The period and the hours that a column, or one of its cases, has of its own."""
    spec, found = column.spec, list[Constant]()
    own = [when for when in (spec.start, spec.end) if when is not None]
    if own:
        period = literal(own[0] if len(own) == 1 else own)
        constant = column.constant().text
        note = "start and end" if len(own) > 1 else ""
        found.append(Constant(constant, period, column.reason, note))
    if isinstance(spec, Timestamp) and isinstance(spec.hours, list):
        constant = column.constant("_HOURS").text
        zone = column.plan.zone_of(spec)
        what = f"{column.full_name}: the weight of each hour of the day"
        found.append(hours_constant(constant, tuple(spec.hours), what, zone))
    return found
