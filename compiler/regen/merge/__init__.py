"""Merges of texts, all pure.

The modules: `lines` (diff3), `keyed` (by the structure of Python, where lines conflict), with
`pieces`, `order` and `oneline`; `soundness` (what a merge may break), with `local_names`;
`renames` (old names in texts that are merged), with `own_lines`, `new_names` and `tables_in_text`.
"""
