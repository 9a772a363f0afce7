"""Columns, resolved: what each reads, its type, its cases, and what it points at."""
