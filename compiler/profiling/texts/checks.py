"""What values of Faker's providers look like."""

from __future__ import annotations

import re
from collections.abc import Callable

from compiler.profiling.texts.words import ENGLISH, drawn

Check = Callable[[str, str], bool]
"""Whether a text, in a locale, could be of a provider."""


def matches(pattern: str, flags: int = 0) -> Check:
    compiled = re.compile(pattern, flags)
    return lambda text, locale: compiled.fullmatch(text) is not None


def contains(pattern: str) -> Check:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text, locale: compiled.search(text) is not None


def listed(provider: str) -> Check:
    def known(text: str, locale: str) -> bool:
        return text.lower() in drawn(provider, locale) | drawn(provider, ENGLISH)

    return known


def digits_of(text: str) -> list[int]:
    return [int(one) for one in text if one.isdigit()]


def is_card(text: str, locale: str) -> bool:
    """Luhn's check of a card number (ISO/IEC 7812-1)."""
    digits = digits_of(text)
    if not re.fullmatch(r"[0-9 -]+", text) or not 12 <= len(digits) <= 19:
        return False
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def is_ean(text: str, locale: str) -> bool:
    """The check digit of an EAN-13 (GS1 General Specifications)."""
    if not re.fullmatch(r"[0-9]{13}", text):
        return False
    digits = digits_of(text)
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def is_iban(text: str, locale: str) -> bool:
    """The check digits of an IBAN (ISO 13616): 1 modulo 97."""
    plain = text.replace(" ", "")
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", plain):
        return False
    return int("".join(str(int(one, 36)) for one in plain[4:] + plain[:4])) % 97 == 1


def is_phone(text: str, locale: str) -> bool:
    plain = re.fullmatch(r"[+(0-9][0-9()\s./-]{5,}(\s?(x|ext\.?)\s?[0-9]+)?", text)
    return plain is not None and 7 <= len(digits_of(text)) <= 20


COMPANY = (
    r"\b(inc|llc|llp|ltd|plc|corp|co|group|gmbh|ag|kg|ohg|mbh|sarl|sas|s\.?a\.?|s\.?l\.?|"
    r"s\.?p\.?a\.?|b\.?v\.?|ltda|company|holding|partners)\b|\be\.v\.|"
    r" and (sons|\w+)$|^[^\W\d]+-[^\W\d]+$|株式会社|有限会社|合同会社|公司|주식회사"
)
STREET = (
    r"\b(street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|"
    r"square|rue|via|viale|calle|avenida|rua|chaussée|ulica)\b|stra(ß|ss)e|str\.|weg\b|"
    r"platz\b|gasse\b|allee\b|ring\b|straat\b|gatan\b"
)
NUMBERED = re.compile(r"[0-9]")
HEX = "[0-9a-f]"


def is_city(text: str, locale: str) -> bool:
    return len(text.split()) <= 4 and NUMBERED.search(text) is None


def is_street(text: str, locale: str) -> bool:
    return NUMBERED.search(text) is not None and any(map(str.isalpha, text))


IPV6 = (
    rf"({HEX}{{0,4}}:){{5,7}}{HEX}{{0,4}}|{HEX}{{1,4}}(:{HEX}{{0,4}})+::?{HEX}{{0,4}}"
)
UUID = rf"{HEX}{{8}}(-{HEX}{{4}}){{3}}-{HEX}{{12}}"
MIME_TYPE = r"(application|audio|image|message|model|multipart|text|video)/[\w.+-]+"
TIMEZONE = (
    r"(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/\w.*"
)
STREET_NUMBER = rf"[0-9].*({STREET})|({STREET}).*[0-9]"
