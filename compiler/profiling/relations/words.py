"""Words in names of columns and tables that say what these are."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


KEY_WORDS = listed("id key sk pk fk uuid guid no nr num number code ref identifier")
"""Last words of a name that say: this names a row."""
STRONG_KEY_WORDS = listed("id key sk pk uuid guid sku")
ATTACHED = ("key", "number", "uuid")
"""Key words that are written together with the word before: `custkey`, `linenumber`."""
PERSONAL = listed(
    "email mail phone fax name title description text comment comments url address "
    "login street city note notes label"
)
"""Words of what describes a row and does not name it, even if no two are alike."""
COUNTERS = listed(
    "line position pos seq sequence index ordinal slot step version rank item"
)
"""Words of a number that counts the rows of a parent."""
SELF_ROLES = listed(
    "parent manager supervisor boss lead leader referrer referred sponsor mentor "
    "reports reply replied replaces previous predecessor original root superior"
)
"""Words of a ref to a row of the same table."""
MOMENTS = listed("date time day hour minute week month year calendar")
"""Words of tables of days and times."""
TABLE_WORDS = listed("dim fact tbl table tab data")
"""Words of a table's name that say nothing about its rows."""
IRREGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman"}
SHORT_FORMS = {"acct": "account", "mgr": "manager", "dept": "department"}
"""Common short forms that are not the start of a word."""
