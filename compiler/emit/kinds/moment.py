"""A day or a moment of a period."""

from __future__ import annotations

from compiler.emit.code.code import Code, call
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.kinds.numeric import LONG
from compiler.emit.time.hours import hours_constant
from compiler.emit.time.timelines import can_be_still, timeline_of
from compiler.spec.columns.moments import Date, Timestamp


class MomentCode(Emitter[Date], of=Date):
    def constants(self, column: CaseColumn[Date]) -> list[Constant]:
        spec, found = column.spec, []
        own = [when for when in (spec.start, spec.end) if when is not None]
        if own:
            period = literal(own[0] if len(own) == 1 else own)
            constant = column.constant().text
            note = "start and end" if len(own) > 1 else ""
            found.append(Constant(constant, period, column.reason, note))
        if isinstance(spec, Timestamp) and isinstance(spec.hours, list):
            constant = column.constant("_HOURS").text
            what = f"{column.stream}: the weight of each hour of the day"
            found.append(hours_constant(constant, tuple(spec.hours), what))
        return found

    def value(self, column: CaseColumn[Date], function: Function) -> Code:
        spec, plan = column.spec, column.plan
        batch = [function.batch()] if plan.appends else []
        draw = column.draw(function)
        timeline = timeline_of(plan, column.names, spec, column.constant())
        if len(timeline.text) > LONG and not plan.appends:
            timeline = function.local("period", timeline)
        ends = {key: column.read(function, path) for key, path in spec.paths().items()}
        helper = "batch_timestamp" if batch else "timestamp"
        moment = call(helper, draw, *batch, timeline, **ends)
        if spec.kind == "date":
            moment = column.dialect.days(moment)
        if can_be_still(plan, spec):
            for key, limit in (("after", "not_before"), ("before", "not_after")):
                if key in ends:
                    moment = call(limit, moment, ends[key])
        return moment
