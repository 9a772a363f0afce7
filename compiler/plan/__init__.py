"""Spec to Plan: names resolved, expressions typed, tables and columns in order."""
