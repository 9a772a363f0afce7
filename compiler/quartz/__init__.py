"""Quartz cron expressions: what is wrong with a schedule, and when one runs."""

from compiler.quartz.mistakes import mistake
from compiler.quartz.runs import is_run_day, times_of_day

__all__ = ["is_run_day", "mistake", "times_of_day"]
