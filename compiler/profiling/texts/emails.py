"""Mail addresses, and the names that they are made of."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from compiler.profiling.draft import Settings
from compiler.profiling.model import Options

ADDRESS = re.compile(r"[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
MOSTLY = 0.95
"""Share of the texts that must be addresses."""
DERIVED = 0.4
"""Share of the mailboxes that hold a word of the name in the same row, at least."""
SHORT = 3
"""A shorter word is in a mailbox by chance."""
COVERED = 0.5
"""Domains are named if they are those of this share of the addresses."""
MOST_DOMAINS = 12


def are_addresses(texts: Sequence[str]) -> bool:
    found = sum(ADDRESS.fullmatch(text) is not None for text in texts)
    return found >= MOSTLY * max(len(texts), 1)


def plain(text: str) -> str:
    """The text in small Latin letters without accents, as in a mailbox."""
    text = text.lower().replace("ß", "ss").replace("ä", "ae").replace("ö", "oe")
    text = unicodedata.normalize("NFKD", text.replace("ü", "ue"))
    return "".join(one for one in text if one.isascii())


def is_derived(address: str, name: str) -> bool:
    """Whether the mailbox holds a word of the name."""
    mailbox = plain(address.partition("@")[0])
    words = re.split(r"[^a-z]+", plain(name))
    without = re.split(r"[^a-z]+", name.lower())
    return any(len(word) >= SHORT and word in mailbox for word in {*words, *without})


def share_derived(addresses: Sequence[str], names: Sequence[str]) -> float:
    """The share of the addresses that are made of the names, of those in Latin letters."""
    pairs = [
        (address, name)
        for address, name in zip(addresses, names, strict=True)
        if address and name and re.search("[a-z]{3}", plain(name))
    ]
    return sum(is_derived(*pair) for pair in pairs) / max(len(pairs), 1)


def of_which(
    addresses: Sequence[str], texts: Mapping[str, Sequence[str]]
) -> tuple[str, float] | None:
    """The column of names that the addresses are made of, and the share that are."""
    shares = {name: share_derived(addresses, column) for name, column in texts.items()}
    best = max(shares, key=lambda name: shares[name], default=None)
    if best is None or shares[best] < DERIVED:
        return None
    return best, shares[best]


def domains(addresses: Sequence[str], options: Options) -> Settings:
    """The weights of the domains, if most addresses are at a few that many rows have."""
    if not options.names_values:
        return {}
    found = Counter(text.partition("@")[2].lower() for text in addresses)
    common = {
        domain: count
        for domain, count in found.most_common(MOST_DOMAINS)
        if count >= options.least_rows
    }
    total = sum(common.values())
    if not common or total < COVERED * len(addresses):
        return {}
    return {domain: round(count / total, 3) for domain, count in common.items()}
