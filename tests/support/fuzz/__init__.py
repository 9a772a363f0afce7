"""Mutated specs: whatever a spec holds, the answer is files that work or clear diagnostics."""
