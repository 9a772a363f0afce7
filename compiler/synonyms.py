"""Names from other languages and tools, and what they are called here.

All names are compared in lower case and without separators: `full_name` is `fullname`.
"""

from __future__ import annotations

from collections.abc import Mapping

from compiler.names import bare


def _by_name(groups: Mapping[str, str]) -> dict[str, str]:
    """`{here: "what others write"}` the other way round."""
    return {word: here for here, words in groups.items() for word in words.split()}


KINDS = _by_name(
    {
        "key": "id pk primarykey serial autoincrement identity sequence rownumber",
        "ref": "fk foreignkey reference references link relation relationship parent",
        "choice": "enum category categorical categories option options oneof pick "
        "weighted weightedchoice choices discrete",
        "bool": "boolean flag bernoulli truefalse bit",
        "timestamp": "datetime time timestamptz moment instant datetime64",
        "date": "day dates",
        "constant": "const fixed literal static",
        "template": "format pattern fstring concat",
        "email": "mail emailaddress",
        "expr": "expression formula computed calculated derived eval sql",
        "offset": "delay duration after interval timedelta lag",
        "lookup": "copy join path from",
        "normal": "gaussian gauss bell",
        "lognormal": "amount price money",
        "exponential": "exp",
        "pareto": "powerlaw zipf",
        "running": "balance cumulative cumsum runningtotal",
        "progression": "stage stages state states lifecycle",
        "share": "part split allocation portion proportion dirichlet",
        "series": "timeseries reading sensor",
        "position": "rank line linenumber index",
        "tick": "grid",
    }
)
"""Column kinds. One without an entry is still meant by a misspelling of its own name."""

_TEXT = 'text is a `faker` (`provider = "name"`), a `template` of other columns, or a `choice`'
_WHOLE = (
    "whole numbers are a `poisson`, or a `normal`, `lognormal` or other distribution "
    "with `integer = true`"
)
_NUMBER = (
    "numbers are drawn from a distribution: `lognormal`, `normal`, `exponential`, `gamma` …; "
    "computed ones are an `expr`"
)
_BY_TYPE = (
    ("string str text varchar char nvarchar words sentence paragraph", _TEXT),
    ("int integer bigint smallint long int32 int64 count", _WHOLE),
    ("float double number numeric decimal real float64 random", _NUMBER),
    ("uuid guid uuid4", 'a UUID is a key: kind = "key", uuid = true'),
)
ABOUT_KINDS = {word: help for words, help in _BY_TYPE for word in words.split()}
"""Types that no single kind matches, with the kinds to choose from."""

PROVIDERS = _by_name(
    {
        "name": "fullname personname person customername",
        "first_name": "givenname forename firstname fname",
        "last_name": "surname familyname lastname lname",
        "company": "companyname employer organization organisation business firm",
        "phone_number": "phone telephone tel mobile cell mobilenumber cellphone",
        "street_address": "street addressline",
        "address": "fulladdress postaladdress",
        "postcode": "zip zipcode postalcode plz",
        "city": "town cityname",
        "country": "countryname nation",
        "country_code": "iso2 countryiso",
        "job": "jobtitle profession occupation",
        "user_name": "username login nickname handle",
        "url": "website link homepage",
        "ipv4": "ip ipaddress",
        "text": "lorem loremipsum string",
        "sentence": "title headline",
        "color_name": "color colour colorname",
        "license_plate": "plate numberplate",
        "currency_code": "currency",
    }
)
"""Faker's providers."""

FUNCTIONS = _by_name(
    {
        "ceil": "ceiling roundup",
        "floor": "rounddown",
        "int": "integer bigint toint truncate",
        "float": "double number tofloat",
        "str": "string text varchar tostring format cast",
        "date": "todate",
        "timestamp": "datetime totimestamp",
        "trunc": "datetrunc",
        "month_start": "firstday beginningofmonth som",
        "month_end": "lastday eomonth endofmonth",
        "is_holiday": "holiday ispublicholiday",
        "is_weekend": "weekend",
        "local": "attimezone astimezone converttimezone",
        "len": "length charlength size strlen",
        "lower": "lcase lowercase tolower downcase",
        "upper": "ucase uppercase toupper upcase",
        "coalesce": "ifnull nvl fillna fillnull",
        "is_null": "isnull isna isnone isnan",
        "days_between": "datediff daysdiff datesub",
        "hours_between": "hoursdiff timediff",
        "now": "today currentdate currenttimestamp sysdate getdate utcnow",
        "log": "ln loge",
        "max": "greatest maximum",
        "min": "least minimum",
        "weekday": "dayofweek dow isodow",
        "clip": "clamp bound limit",
        "slug": "slugify",
        "lag": "previous prev before shift",
        "lead": "next after",
        "first": "firstvalue",
        "last": "lastvalue",
        "cumsum": "cumulativesum runningsum runningtotal cumulative",
        "row_number": "rownum rank denserank",
    }
)
"""Functions of expressions."""

_ABOUT_FUNCTIONS = (
    (
        "decimal numeric",
        "`round(x, 2)` rounds a number, `float(x)` makes one of a text",
    ),
    ("concat", 'join texts by `+`, or in a `template` column: text = "{a} {b}"'),
    ("pow power", "write `a ** b`"),
    ("mod", "write `a % b`"),
    ("iff ifelse where case when", "write `a if condition else b`"),
    ("any all", "join conditions by `or`, `and`"),
    (
        "sum avg mean count median std",
        "use a query to add up rows; in a `per` table, `cumsum(x)` or a `running` column",
    ),
    (
        "random rand uniform normal choice randint",
        "draw it in a separate column with `hidden = true`, and use that column here",
    ),
    (
        "dateadd adddays timedelta interval",
        "write `moment + days(n)`; so with `hours(n)`, `months(n)` and the like",
    ),
)
ABOUT_FUNCTIONS = {
    word: help for words, help in _ABOUT_FUNCTIONS for word in words.split()
}
"""Functions of other languages, with what to write instead."""


def about_kind(name: str) -> str | None:
    """What to write for a type or a Faker provider that was given as a kind."""
    word = bare(name)
    if word in ABOUT_KINDS:
        return ABOUT_KINDS[word]
    known = {bare(provider): provider for provider in PROVIDERS.values()} | PROVIDERS
    if word in known and word not in KINDS:
        return f'kind = "faker", provider = "{known[word]}"'
    return None


def about_function(name: str) -> str | None:
    """What to write for a function of another language that does not exist here."""
    return ABOUT_FUNCTIONS.get(bare(name))


COUNTRIES = {
    "america": "US",
    "brasil": "BR",
    "czechrepublic": "CZ",
    "deutschland": "DE",
    "england": "GB",
    "espana": "ES",
    "españa": "ES",
    "greatbritain": "GB",
    "holland": "NL",
    "italia": "IT",
    "korea": "KR",
    "österreich": "AT",
    "polska": "PL",
    "schweiz": "CH",
    "suisse": "CH",
}
"""Countries by names that the holidays library does not have."""
