"""Edits of scripts and changes of their specs at once, and what comes of merging them."""
