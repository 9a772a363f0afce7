"""Whatever a spec holds: a right one compiles and runs, a wrong one gets diagnostics."""

from __future__ import annotations

import json
import warnings

from hypothesis import given, note, settings
from hypothesis import strategies as st

from compiler.pipeline import compile_spec
from compiler.render import to_github, to_json, to_text
from tests.strategies.specs import appending, has_grid, hiding, specs
from tests.strategies.wrong_specs import mutated
from tests.support import Tree, compiled, module, whole
from tests.support.any_spec import (
    EXAMPLES,
    answer_keys,
    assert_as_many_rows_as_planned,
    assert_as_planned,
    assert_as_written,
    assert_blocks_do_not_matter,
    assert_refs_are_whole,
    assert_the_check_holds,
    assert_well_made,
    thorough,
    up_to,
)
from tests.support.faults import assert_the_answer_key_is_exact, clean, frames_of


@thorough
@given(specs())
def test_a_right_spec_becomes_a_script_that_runs_and_keeps_its_promises(
    tree: Tree,
) -> None:
    note(json.dumps(tree))
    if "bad_data" in tree:
        assert_well_made(compiled(tree).files["generate_data.py"])
        assert_the_answer_key_is_exact(tree, frames_of(clean(tree)), frames_of(tree))
    whole_tree, tree = tree, clean(tree)
    result = compiled(tree)
    source = result.files["generate_data.py"]
    assert_well_made(source)
    script = module(result)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # numpy's: a division by zero, say
        frames = {name: whole(script, name) for name in script.TABLES}
    assert sorted(frames) == sorted(tree["tables"])
    for name, frame in frames.items():
        assert_as_planned(result, name, frame)
        assert_as_many_rows_as_planned(result, name, frame)
        assert_as_written(tree, name, frame)
        assert_refs_are_whole(tree, name, frames)
        assert_blocks_do_not_matter(script, name, frame)
    for each in (tree, whole_tree) if "bad_data" in whole_tree else (tree,):
        assert_the_check_holds(each, frames, [])


@settings(thorough, max_examples=max(EXAMPLES // 2, 1))
@given(specs(), st.data())
def test_hidden_tables_are_read_as_if_they_were_written(
    tree: Tree, data: st.DataObject
) -> None:
    tree = clean(tree)
    names = st.lists(st.sampled_from([*tree["tables"]]), unique=True)
    hidden = data.draw(names.filter(lambda some: len(some) < len(tree["tables"])))
    other = hiding(tree, hidden)
    note(json.dumps(other))
    assert_well_made(compiled(other).files["generate_data.py"])
    frames = {name: whole(module(other), name) for name in module(other).TABLES}
    assert {*frames} == {*tree["tables"]} - {*hidden}
    for name, frame in frames.items():
        assert frame.equals(whole(module(tree), name))
    everything = {name: whole(module(tree), name) for name in tree["tables"]}
    assert_the_check_holds(other, everything, [])


@settings(thorough, max_examples=max(EXAMPLES // 2, 1))
@given(appending())
def test_batches_go_on_where_the_first_load_ends(tree: Tree) -> None:
    note(json.dumps(tree))
    whole_tree, tree = tree, clean(tree)
    result = compiled(tree)
    assert_well_made(result.files["generate_data.py"])
    once = {**tree, "output": {}}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loads, frames = up_to(result, 0), up_to(result, 2)
    for name, frame in loads.items():
        if not has_grid(tree):  # whose rows have other numbers in append mode
            assert frame.equals(whole(module(once), name)), "not what overwriting gives"
        assert frames[name][: len(frame)].equals(frame), "it reads otherwise later"
        assert_as_planned(result, name, frames[name])
        assert_refs_are_whole(tree, name, frames)
    if "bad_data" in whole_tree:
        faulty = compiled(whole_tree)
        assert_well_made(faulty.files["generate_data.py"])
        dirty = up_to(faulty, 2) | answer_keys(faulty, 2)
        assert_the_answer_key_is_exact(whole_tree, frames, dirty)
    batches = [["--batch", str(batch)] for batch in range(3)]
    assert_the_check_holds(whole_tree, frames, batches)


# ------------------------------------------------------------------------- wrong specs


@settings(thorough, max_examples=3 * EXAMPLES)
@given(mutated())
def test_a_wrong_spec_gets_diagnostics_with_places_within_the_file(tree: Tree) -> None:
    text = json.dumps(tree, indent=1, ensure_ascii=False)
    note(text)
    result = compile_spec("spec.json", text)
    lines = text.split("\n")
    for diagnostic in result.diagnostics:
        assert diagnostic.labels
        for label in diagnostic.labels:
            span = label.span
            assert span.path == "spec.json"
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        for leaked in ("Error", "error,", "instance of", "Traceback", "pydantic"):
            assert leaked not in diagnostic.message or diagnostic.code == "E216"
    assert result.failed is not bool(result.files)
    sources = {"spec.json": text}
    assert bool(to_text(result.diagnostics, sources, color=True)) == bool(
        result.diagnostics
    )
    assert len(json.loads(to_json(result.diagnostics))) == len(result.diagnostics)
    assert to_github(result.diagnostics).count("\n") == len(result.diagnostics)
