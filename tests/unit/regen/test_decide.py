"""What becomes of each file, for every way in which base, disk and fresh may differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.regen.decide import Action, decide, digest

NAME = "generate_data.py"


def action(
    base: str | None, disk: str | None, fresh: str | None, *, force: bool = False
) -> Action | None:
    """What becomes of one file of which base, disk and fresh hold these texts."""
    decisions = decide(
        {} if base is None else {NAME: digest(base.encode())},
        {} if disk is None else {NAME: disk.encode()},
        {} if fresh is None else {NAME: fresh},
        force=force,
    )
    assert [decision.path for decision in decisions] in ([NAME], [])
    return decisions[0].action if decisions else None


@pytest.mark.parametrize(
    ("base", "disk", "fresh", "gently", "forced"),
    [
        (None, None, "new", Action.CREATE, Action.CREATE),
        (None, "new", "new", Action.UNCHANGED, Action.UNCHANGED),
        (None, "theirs", "new", Action.FOREIGN, Action.OVERWRITE),
        ("old", "old", "old", Action.UNCHANGED, Action.UNCHANGED),
        ("old", "old", "new", Action.UPDATE, Action.UPDATE),
        ("old", "new", "new", Action.UNCHANGED, Action.UNCHANGED),
        ("old", "mine", "old", Action.KEEP, Action.OVERWRITE),
        ("old", "mine", "new", Action.EDITED, Action.OVERWRITE),
        ("old", None, "old", Action.DELETED, Action.CREATE),
        ("old", None, "new", Action.DELETED, Action.CREATE),
        ("old", "old", None, Action.REMOVE, Action.REMOVE),
        ("old", "mine", None, Action.LEAVE, Action.LEAVE),
        ("old", None, None, None, None),
        (None, "theirs", None, None, None),
    ],
)
def test_every_case(
    base: str | None,
    disk: str | None,
    fresh: str | None,
    gently: Action | None,
    forced: Action | None,
) -> None:
    assert action(base, disk, fresh) is gently
    assert action(base, disk, fresh, force=True) is forced


def test_other_line_endings_are_no_edit() -> None:
    assert action("a\nb\n", "a\r\nb\r\n", "a\nb\n") is Action.UNCHANGED
    assert action("a\nb\n", "a\r\nb\r\n", "a\nc\n") is Action.UPDATE
    assert action("a\nb\n", "a\r\nb\r\n", None) is Action.REMOVE
    assert action("a\nb\n", "a\r\nx\r\n", "a\nc\n") is Action.EDITED


def test_fresh_files_come_in_their_order_and_stale_ones_after() -> None:
    same = digest(b"text")
    decisions = decide(
        {"z_stale": same, "a_stale": same},
        {"z_stale": b"text", "a_stale": b"text"},
        {"z": "text", "a": "text"},
        force=False,
    )
    assert [decision.path for decision in decisions] == ["z", "a", "a_stale", "z_stale"]


# Few names and few texts, so that they often meet.
names = st.sampled_from(["a.py", "b.yml", "c/d.md"])
texts = st.sampled_from(["", "one\n", "two\n", "one\r\n"])


@given(
    base=st.dictionaries(names, texts),
    disk=st.dictionaries(names, texts.map(str.encode) | st.binary(max_size=3)),
    fresh=st.dictionaries(names, texts),
)
def test_an_edited_files_bytes_are_never_lost_without_force(
    base: dict[str, str], disk: dict[str, bytes], fresh: dict[str, str]
) -> None:
    recorded = {name: digest(text.encode()) for name, text in base.items()}
    decisions = decide(recorded, disk, fresh, force=False)

    loses = {Action.UPDATE, Action.OVERWRITE, Action.CREATE, Action.REMOVE}
    for decision in decisions:
        if decision.action in loses and decision.path in disk:
            assert digest(disk[decision.path]) == recorded[decision.path]
    decided = [decision.path for decision in decisions]
    assert len(decided) == len(set(decided))
    assert set(fresh) <= set(decided)


@given(
    base=st.dictionaries(names, texts),
    disk=st.dictionaries(names, st.binary(max_size=3)),
    fresh=st.dictionaries(names, texts),
)
def test_force_refuses_nothing_and_touches_only_what_is_emitted_or_unedited(
    base: dict[str, str], disk: dict[str, bytes], fresh: dict[str, str]
) -> None:
    recorded = {name: digest(text.encode()) for name, text in base.items()}
    for decision in decide(recorded, disk, fresh, force=True):
        if decision.path in fresh:
            assert decision.action in {
                Action.CREATE,
                Action.UNCHANGED,
                Action.UPDATE,
                Action.OVERWRITE,
            }
        elif decision.action is Action.REMOVE:
            assert digest(disk[decision.path]) == recorded[decision.path]
