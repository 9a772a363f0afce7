"""The expression language: what parses, its types, and every problem at its very place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.diagnostics import meant_name
from compiler.plan.expression import (
    FUNCTIONS,
    Binary,
    Call,
    Compare,
    IfElse,
    Literal,
    Logic,
    Moment,
    Node,
    Not,
    Problem,
    Read,
    is_scalar,
    parse,
    reads,
)
from compiler.spec.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    TEXT,
    TIMESTAMP,
    UNKNOWN,
    Data,
    Type,
)

TIERS = ("Free", "Pro", "Enterprise")
COLUMNS = {
    "visits": replace(INTEGER, largest=30_000.0),
    "returns": INTEGER.or_null(),
    "amount": replace(NUMBER, largest=1e6),
    "discount": NUMBER.or_null(),
    "name": TEXT,
    "comment": TEXT.or_null(),
    "tier": Type(Data.TEXT, values=TIERS),
    "customer_id.tier": Type(Data.TEXT, values=TIERS),
    "born_on": DATE,
    "ordered_at": TIMESTAMP,
    "closed_at": TIMESTAMP.or_null(),
    "vip": BOOLEAN,
    "checked": BOOLEAN.or_null(),
}
EVENTS = ["outage", "sale"]


def parsed(text: str) -> tuple[Node | None, list[Problem]]:
    return parse(text, lambda path, start, end: COLUMNS.get(path), EVENTS)


def node(text: str) -> Node:
    found, problems = parsed(text)
    assert not problems
    assert found is not None
    return found


def problems(text: str) -> list[tuple[str, str]]:
    """The code of each problem, and the stretch of the text that it underlines."""
    found, problems = parsed(text)
    assert found is None
    assert problems
    return [(each.code, text[each.start : each.end]) for each in problems]


def test_a_tree_is_built_of_frozen_nodes_that_know_their_type() -> None:
    assert node("amount * 2 if vip else 0") == IfElse(
        Read("vip", type=BOOLEAN),
        Binary("*", Read("amount", type=NUMBER), Literal(2, type=INTEGER), type=NUMBER),
        Literal(0, type=INTEGER),
        type=NUMBER,
    )


def test_paths_are_given_in_the_order_of_the_text_each_once() -> None:
    tree = node("amount if customer_id.tier == 'Pro' and amount > visits else discount")
    assert reads(tree) == ["amount", "customer_id.tier", "visits", "discount"]


def test_a_path_is_resolved_once_for_each_place_where_it_stands() -> None:
    asked = []

    def resolve(path: str, start: int, end: int) -> Type | None:
        asked.append((path, start, end))
        return INTEGER

    parse("0 < é.b < 9 and é.b in (1, 2)", resolve, EVENTS)
    assert asked == [("é.b", 4, 7), ("é.b", 16, 19)]


def test_a_path_that_leads_nowhere_is_left_to_the_caller_and_fits_anywhere() -> None:
    for text in (
        "nowhere + 1 > 'a'",
        "lower(nowhere)",
        "nowhere and not nowhere",
        "-nowhere",
    ):
        assert parsed(text)[1] == []
    assert node("nowhere").type == UNKNOWN


@pytest.mark.parametrize(
    ("text", "scalar"),
    [("now()", True), ("60 * 60", True), ("amount", False), ("is_null(amount)", False)],
)
def test_an_expression_without_columns_is_scalar(text: str, scalar: bool) -> None:
    assert is_scalar(node(text)) is scalar


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("visits + 1", INTEGER),
        ("visits - amount", NUMBER),
        ("visits / 2", NUMBER),
        ("visits // 2", INTEGER),
        ("visits % 2", INTEGER),
        ("visits // amount", NUMBER.or_null()),
        ("visits ** 2", INTEGER),
        ("amount ** 2", NUMBER),
        ("visits ** 0.5", NUMBER.or_null()),
        ("visits ** -1", NUMBER.or_null()),
        ("1.02 ** visits", NUMBER),
        ("visits / visits", NUMBER.or_null()),
        ("visits // visits", INTEGER.or_null()),
        ("visits / (60 * 60)", NUMBER),
        ("returns * 2", INTEGER.or_null()),
        ("-returns", INTEGER.or_null()),
        ("+visits", INTEGER),
        ("name + comment", TEXT.or_null()),
        ("tier + '!'", TEXT),
        ("returns > 1", BOOLEAN),
        ("comment != 'x'", BOOLEAN),
        ("not checked", BOOLEAN),
        ("checked", BOOLEAN.or_null()),
        ("checked and vip", BOOLEAN),
        ("checked == true", BOOLEAN),
        ("1 if vip else 2.5", NUMBER),
        ("visits if checked else 0", INTEGER),
        ("returns if vip else 0", INTEGER.or_null()),
        ("abs(returns)", INTEGER.or_null()),
        ("abs(amount)", NUMBER),
        ("round(amount)", INTEGER),
        ("round(visits, 2)", NUMBER),
        ("floor(discount)", INTEGER.or_null()),
        ("exp(visits)", NUMBER.or_null()),
        ("exp(visits / 100)", NUMBER),
        ("exp(-visits / 10)", NUMBER.or_null()),
        ("amount ** 60", NUMBER.or_null()),
        ("amount * 1e300 * 1000", NUMBER.or_null()),
        ("amount * 1e300 / 10", NUMBER),
        ("amount / 1e-305", NUMBER.or_null()),
        ("amount % 1e-305", NUMBER.or_null()),
        ("1.02 ** year(born_on)", NUMBER),
        ("2.5 ** (visits + 1)", NUMBER.or_null()),
        ("amount + visits / visits", NUMBER.or_null()),
        ("log(amount)", NUMBER.or_null()),
        ("log(2)", NUMBER),
        ("sqrt(amount)", NUMBER.or_null()),
        ("clip(amount, 0, 1)", NUMBER),
        ("clip(visits, 0, amount)", NUMBER),
        ("min(visits, returns)", INTEGER.or_null()),
        ("max(born_on, '2020-01-01')", DATE),
        ("max(ordered_at, closed_at)", TIMESTAMP.or_null()),
        ("lower(tier)", TEXT),
        ("slug(comment)", TEXT.or_null()),
        ("len(name)", INTEGER),
        ("weekday(born_on)", INTEGER),
        ("hour(closed_at)", INTEGER.or_null()),
        ("days_between(born_on, closed_at)", NUMBER.or_null()),
        ("hours_between('2026-01-01', now)", NUMBER),
        ("coalesce(returns, discount, 0)", NUMBER),
        ("coalesce(closed_at, '-1d')", TIMESTAMP),
        ("is_null(comment)", BOOLEAN),
        ("during('outage', closed_at)", BOOLEAN),
        ("max(born_on, '-3h')", TIMESTAMP),
        ("born_on if vip else ordered_at", TIMESTAMP),
        ("coalesce(closed_at, born_on)", TIMESTAMP),
        ("coalesce(None, born_on)", DATE),
        ("coalesce(returns, None)", INTEGER.or_null()),
        ("float(None)", NUMBER.or_null()),
        ("date(None) if vip else None", DATE.or_null()),
        ("int(amount)", INTEGER),
        ("int(discount)", INTEGER.or_null()),
        ("int(amount * 1e18)", INTEGER.or_null()),
        ("int(name)", INTEGER.or_null()),
        ("int(vip)", INTEGER),
        ("float(visits)", NUMBER),
        ("str(amount)", TEXT),
        ("str(tier)", COLUMNS["tier"]),
        ("date(ordered_at)", DATE),
        ("date(now)", DATE),
        ("timestamp(born_on)", TIMESTAMP),
        ("born_on + days(visits)", DATE),
        ("born_on + days(returns)", DATE.or_null()),
        ("born_on + days(amount)", TIMESTAMP.or_null()),
        ("born_on + hours(24)", TIMESTAMP),
        ("born_on + (born_on - born_on)", DATE),
        ("born_on + 2 * weeks(visits % 9)", DATE),
        ("born_on + days(visits) / 2", TIMESTAMP),
        ("born_on - months(visits)", DATE.or_null()),
        ("born_on - months(12)", DATE),
        ("ordered_at - days(1)", TIMESTAMP),
        ("ordered_at + days(400000)", TIMESTAMP.or_null()),
        ("days(1) + closed_at", TIMESTAMP.or_null()),
        ("(closed_at - ordered_at) / hours(1)", NUMBER.or_null()),
        ("(born_on - born_on) // days(1)", INTEGER),
        ("ordered_at - born_on > days(2)", BOOLEAN),
        ("is_null(closed_at - born_on)", BOOLEAN),
        ("month_start(closed_at)", DATE.or_null()),
        ("quarter(born_on) + days_in_month(born_on)", INTEGER),
        ("is_weekend(closed_at)", BOOLEAN),
        ("is_holiday(closed_at, 'US')", BOOLEAN),
        ("trunc(born_on, 'week')", DATE),
        ("trunc(closed_at, 'minute')", TIMESTAMP.or_null()),
        ("local(ordered_at, 'Europe/Berlin')", TIMESTAMP),
        ("now", TIMESTAMP),
        ("now()", TIMESTAMP),
        ("'a'", TEXT),
        ("true", BOOLEAN),
        ("True", BOOLEAN),
        ("-9223372036854775808", INTEGER),
        ("tier", COLUMNS["tier"]),
    ],
)
def test_types_follow_from_the_parts(text: str, type: Type) -> None:
    assert node(text).type == type


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tier", TIERS),
        ("'high' if amount > 9 else 'low'", ("high", "low")),
        ("'Pro' if vip else 'mid' if amount > 9 else 'low'", ("Pro", "mid", "low")),
        ("tier if vip else 'none'", (*TIERS, "none")),
        ("coalesce(tier, 'none')", (*TIERS, "none")),
        ("tier if vip else name", ()),
        ("lower(tier)", ()),
    ],
)
def test_values_are_known_of_what_chooses_among_known_ones(
    text: str, values: tuple[str, ...]
) -> None:
    assert node(text).type.values == values


def test_comparisons_in_a_chain_are_joined_by_and() -> None:
    assert node("0 < visits <= 9") == node("0 < visits and visits <= 9")


def test_in_is_equality_with_one_of_the_literals() -> None:
    assert node("tier in ('Pro', 'Free')") == node("tier == 'Pro' or tier == 'Free'")
    assert node("visits in [-1]") == node("visits == -1")
    assert node("visits not in (1, 2)") == Not(node("visits in (1, 2)"), type=BOOLEAN)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("born_on > '2026-01-01'", DATE),
        ("'-30d' < born_on", DATE),
        ("born_on > '-36h'", TIMESTAMP),
        ("born_on < now", DATE),
        ("ordered_at == '2026-01-01'", TIMESTAMP),
        ("ordered_at < '2026-01-01T10:00:00Z'", TIMESTAMP),
        ("ordered_at < now()", TIMESTAMP),
        ("days_between(born_on, '2026-01-01') > 1", DATE),
        ("days_between('2026-01-01', ordered_at) > 1", TIMESTAMP),
        ("days_between('-30d', born_on) > 1", TIMESTAMP),
        ("min('2026-01-01', born_on) == born_on", DATE),
        ("hour('2026-01-01') == 0", TIMESTAMP),
    ],
)
def test_text_beside_a_moment_is_a_moment(text: str, type: Type) -> None:
    assert [each.type for each in moments(node(text))] == [type]


def test_a_choice_of_texts_beside_a_moment_is_a_choice_of_moments() -> None:
    assert [
        each.text for each in moments(node("born_on > ('-30d' if vip else '-60d')"))
    ] == [
        "-30d",
        "-60d",
    ]
    mixed = moments(node("born_on > ('-30d' if vip else '-5h' if checked else '-1d')"))
    assert [each.type for each in mixed] == [TIMESTAMP] * 3


def test_text_elsewhere_stays_text() -> None:
    compared = node("name == '2026-01-01'")
    assert isinstance(compared, Compare)
    assert compared.right == Literal("2026-01-01", type=TEXT)


def moments(tree: Node) -> list[Moment]:
    match tree:
        case Moment():
            return [tree]
        case Compare(left=left, right=right):
            parts: tuple[Node, ...] = (left, right)
        case IfElse(then=then, otherwise=otherwise):
            parts = (then, otherwise)
        case Call(args=args):
            parts = args
        case _:
            parts = ()
    return [moment for part in parts for moment in moments(part)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ""),
        ("  \n ", "  \n "),
        ("amount +", "+"),
        ("amount + * 2", "*"),
        ("amount visits", "amount visits"),
        ("(amount", "("),
        ("'é' + (amount", "("),
        ("amount)", ")"),
        ("amount) + (visits", "amount) + (visits"),
        ("name == 'x", "'"),
        ("amount if vip", "amount if vip"),
        ("amount\n  + $", "$"),
        ("é € 1", "€"),
        ("vip && checked", "&&"),
        ("vip || checked", "||"),
        ("!vip", "!"),
        ("vip AND checked", "AND"),
        ("visits <> 1", "<>"),
        ("vip ? 1 : 2", "?"),
        ("07", "0"),
        ("5x", "5"),
        ("a; b", ";"),
        ("name == '\ud800'", "\ud800"),
    ],
)
def test_e301_what_does_not_parse(text: str, place: str) -> None:
    assert problems(text) == [("E301", place)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("visits = 1", "visits = 1"),
        ("lambda: 1", "lambda: 1"),
        ("1 + name.lower()", "name.lower()"),
        ("name[0] == 'a'", "name[0]"),
        ("f'{name}'", "f'{name}'"),
        ("[x for x in y]", "[x for x in y]"),
        ("(x := 1)", "x := 1"),
        ("comment is None", "comment is None"),
        ("comment == None", "comment == None"),
        ("None != comment", "None"),
        ("None", "None"),
        ("null", "null"),
        ("None if vip else None", "None if vip else None"),
        ("amount if false else None", "amount if false else None"),
        ("amount + None", "None"),
        ("lower(null)", "null"),
        ("1 if None else 2", "None"),
        ("tier in ('Pro', None)", "None"),
        ("not None", "None"),
        ("1 < None < 2", "None"),
        ("days(1) == (days(1) if false else None)", "days(1) if false else None"),
        ("round(amount, decimals=2)", "2"),
        ("vip & checked", "vip & checked"),
        ("~vip", "~vip"),
        ("visits ^ 2", "visits ^ 2"),
        ("(1, 2)", "(1, 2)"),
        ("{'a': 1}", "{'a': 1}"),
        ("b'x'", "b'x'"),
        ("1j", "1j"),
        ("...", "..."),
        ("'a'.b", "'a'.b"),
        ("lower(*name)", "*name"),
        ("visits in name", "name"),
        ("visits in (1, visits)", "visits"),
        ("visits in {1, 2}", "{1, 2}"),
        ("(lambda: 1)()", "(lambda: 1)()"),
    ],
)
def test_e302_what_the_language_leaves_out(text: str, place: str) -> None:
    assert problems(text) == [("E302", place)]


@pytest.mark.parametrize(
    "text",
    [
        "amount + " * 2_000 + "1",
        "(" * 3_000 + "1" + ")" * 3_000,
        "-" * 9_000 + "1",
        "not " * 2_000 + "vip",
        "abs(" * 80 + "1" + ")" * 80,
        "1 if vip else " * 500 + "2",
        "a" + ".b" * 4_000,
        "visits ** " * 900 + "2",
        " and ".join(["vip"] * 201),
        " < ".join(["visits"] * 1_000),
        "0 < " + " + ".join(["visits"] * 30) + " < 9",
        "1" + " " * 10_000,
    ],
)
def test_e302_what_is_too_long_or_too_deep(text: str) -> None:
    assert [each.code for each in parsed(text)[1]] == ["E302"]


def test_e303_an_unknown_function_gets_the_nearest_name() -> None:
    text = "1 + celing(amount)"
    [problem] = parsed(text)[1]
    assert (problem.code, text[problem.start : problem.end]) == ("E303", "celing")
    assert problem.help == meant_name("celing", "ceil")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("abs()", "abs()"),
        ("max(visits) + 1", "max(visits)"),
        ("clip(visits, 1)", "clip(visits, 1)"),
        ("now(1)", "now(1)"),
        ("during('outage')", "during('outage')"),
        ("during(outage, ordered_at)", "outage"),
        ("during(1, ordered_at)", "1"),
        ("round(amount, visits)", "visits"),
        ("round(amount, -1)", "-1"),
        ("round(amount, 16)", "16"),
        ("clip(amount, 2, 1)", "clip(amount, 2, 1)"),
        ("visits in ()", "()"),
        ("9223372036854775808", "9223372036854775808"),
        ("visits + " + "9" * 5_000, "visits + " + "9" * 5_000),
        ("1e999 + amount", "1e999"),
        ("amount / 0 + 1 / 0", "1 / 0"),
        ("log(0) + 1", "log(0)"),
        ("amount + sqrt(-1)", "sqrt(-1)"),
        ("9 ** 9 ** 9", "9 ** 9 ** 9"),
        ("2.0 ** 9999", "2.0 ** 9999"),
        (r"name == '\ud800'", r"'\ud800'"),
    ],
)
def test_e304_arguments_that_do_not_do(text: str, place: str) -> None:
    assert problems(text) == [("E304", place)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name + visits", "name + visits"),
        ("'é' + 1", "'é' + 1"),
        ("ordered_at - born_on", "ordered_at - born_on"),
        ("ordered_at + 1", "ordered_at + 1"),
        ("vip * 2", "vip * 2"),
        ("-name", "name"),
        ("name > 1", "name > 1"),
        ("visits == '1'", "visits == '1'"),
        ("vip > checked", "vip > checked"),
        ("tier == 'Gold'", "'Gold'"),
        ("tier in ('Pro', 'pro')", "'pro'"),
        ("'Gold' != customer_id.tier", "'Gold'"),
        ("('a' if vip else 'b') == 'c'", "'c'"),
        ("born_on > 'yesterday'", "'yesterday'"),
        ("ordered_at < '2026-02-30'", "'2026-02-30'"),
        ("hour(born_on)", "born_on"),
        ("year(visits)", "visits"),
        ("lower(visits)", "visits"),
        ("abs(name)", "name"),
        ("max(name, comment)", "name"),
        ("max(visits, name)", "max(visits, name)"),
        ("days(visits)", "days(visits)"),
        ("str(months(1))", "months(1)"),
        ("days(visits) + amount", "days(visits) + amount"),
        ("days(1) > visits", "days(1) > visits"),
        ("months(1) > days(30)", "months(1) > days(30)"),
        ("born_on + months(amount)", "amount"),
        ("int(born_on)", "born_on"),
        ("date(name)", "name"),
        ("trunc(born_on, 'hour')", "born_on"),
        ("1 if visits else 2", "visits"),
        ("1 if vip else 'a'", "1 if vip else 'a'"),
        ("coalesce(returns, 'none')", "coalesce(returns, 'none')"),
        ("vip and name", "name"),
        ("not visits", "visits"),
        ("during('outage', name)", "name"),
    ],
)
def test_e305_types_that_do_not_fit(text: str, place: str) -> None:
    assert problems(text) == [("E305", place)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("born_on + visits", "`born_on + days(visits)`"),
        ("born_on + '2d'", "`born_on + days(2)`"),
        ("born_on + '6mo'", "`born_on + months(6)`"),
        ("born_on - 3", "`born_on - days(3)`"),
        ("3 - born_on", "`moment + days(n)`"),
        ("days(1) + visits", "`days(n)`"),
        ("ordered_at - closed_at", "`(ordered_at - closed_at) / hours(1)`"),
        ("born_on - born_on", "`(born_on - born_on) / days(1)`"),
        ("days(visits)", "`days(visits) / days(1)`"),
        ("months(1) + days(1)", "`at + months(1) + days(2)`"),
        ("months(2)", "`at + months(1)`"),
        ("now() - '2d'", "write '-2d'"),
        ("name + visits", 'text = "{name} {visits}"'),
    ],
)
def test_the_way_out_of_a_sum_is_one_that_works(text: str, words: str) -> None:
    [problem] = parsed(text)[1]
    assert words in str(problem.help)


def test_e306_an_unknown_event_gets_the_nearest_name() -> None:
    text = "during('outege', ordered_at)"
    [problem] = parsed(text)[1]
    assert (problem.code, text[problem.start : problem.end]) == ("E306", "'outege'")
    assert problem.help == meant_name("outege", "outage")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name + visits", "template"),
        ("ordered_at - born_on", "hours(1)"),
        ("vip & checked", "`and`"),
        ("visits == '1'", "without quotes"),
        ("tier == 'Porr'", "`Pro`"),
        ("name.lower()", "`lower(...)`"),
        ("vip AND checked", "`and`"),
        ("visits = 1", "`==`"),
        ("born_on > 'yesterday'", '"-30d"'),
        ("comment == None", "is_null"),
    ],
)
def test_help_names_the_way_out(text: str, words: str) -> None:
    [problem] = parsed(text)[1]
    assert problem.help is not None
    assert words in str(problem.help)


def test_all_problems_are_told_at_once_in_the_order_of_the_text() -> None:
    text = "foo(visits) + lower(1)\n if tier == 'Gold' and name > 1 else name.upper()"
    assert problems(text) == [
        ("E303", "foo"),
        ("E305", "1"),
        ("E305", "'Gold'"),
        ("E305", "name > 1"),
        ("E302", "name.upper()"),
    ]


def test_one_mistake_is_told_once() -> None:
    assert problems("foo(1) + 1 > 'a' and lower(foo(1)) == 2") == [
        ("E303", "foo"),
        ("E305", "lower(foo(1)) == 2"),
        ("E303", "foo"),
    ]
    assert problems("born_on < 'soon' < born_on") == [("E305", "'soon'")]


def test_an_expression_may_go_over_lines_and_hold_comments() -> None:
    text = "\n  amount  # before tax\r\n  * 2\n"
    tree = node(text)
    assert tree == node("amount * 2")
    assert text[slice(*tree.span)] == text.strip()


@pytest.mark.parametrize(
    "text", ["'); import os  #", "\\\\", "\\n", "{}", '""', "\\x00", "\u202e", "é"]
)
def test_text_may_hold_anything(text: str) -> None:
    tree = node(repr(text))
    assert isinstance(tree, Literal)
    assert tree.value == text


def test_a_logic_of_conditions_holds_all_its_parts() -> None:
    tree = node("vip and checked and visits > 1")
    assert isinstance(tree, Logic)
    assert len(tree.parts) == 3


WORDS = st.sampled_from(
    [*COLUMNS, *FUNCTIONS, *"+-*/%<>()[],.:=!&|'\"\\#\n{}~^", "**", "//", "==", " if ", " else ",
     " and ", " not ", " in ", " is ", "lambda ", "None", "true", "0", "1.5", "'a'", "'-3d'", "é",
     "\r\n", "\x00", "\ud800", "f'", " for ", ":=", "1e999", "9" * 30]
)  # fmt: skip


@settings(max_examples=1_000, deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=25).map("".join)))
def test_any_text_gives_a_tree_or_problems_within_it(text: str) -> None:
    tree, found = parsed(text)
    assert (tree is None) == bool(found)
    for problem in found:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.code in {"E301", "E302", "E303", "E304", "E305", "E306"}
        assert problem.message
