"""Which columns hold personal data, and of which kind, by what their values are made of."""

from __future__ import annotations

import re

from compiler.plan.model import Column, Plan
from compiler.spec.columns import Date, Email, Expr, Faker, Lookup, Template
from compiler.spec.types import Data

PROVIDERS = {
    "name": r"((first|last|middle|given|full)_)?((romanized|kana)_)?name(_.*)?",
    "email": r"(.*_)?email",
    "phone": r"(.*_)?((tele|cell)?phone|mobile|landline)_number|msisdn",
    "mac_address": r"mac_address",
    "address": r"(.*_)?address(_.*)?|street|street_name|building_number|house_number"
    r"|(.*_)?(postcode|postal_?code|zipcode)(_.*)?",
    "national_id": r"(invalid_)?ssn|itin|aadhaar_id|birth_number|cedula|cpf|cuil|curp|dni"
    r"|elector_code|gsis|identity_card_number|individuals_inn|kvnr|natural_person_nit(_.*)?"
    r"|nie|nif|nip|nuip|nuss|pagibig|pan|passport_(full|number)|person_rut|pesel|philhealth"
    r"|police_id|rfc|rg|rut|rvnr|snils|sss|tin|umid",
    "bank_account": r"iban|bban|clabe|checking_account",
    "card": r"credit_card_(number|full|security_code|expire)",
    "user_name": r"user_name",
    "ip_address": r"ipv4(_private|_public)?|ipv6",
    "license_plate": r"(.*_)?license_plate(_.*)?",
}
"""Faker's providers of personal data, by the kind that the tag names."""
BORN = r"dob|(date_of_)?birth(_?day|_?date)?|born(_on|_at)?"
"""Names of dates of birth: Faker gives none that is the same tomorrow."""


def pii_tags(plan: Plan) -> dict[str, dict[str, str]]:
    """The kind of personal data in each column that holds any, by table."""
    found = {
        table.name: {
            column.name: " and ".join(kinds)
            for column in table.written
            if (kinds := kinds_in(plan, table.name, column.name, ()))
        }
        for table in plan.tables
    }
    return {name: columns for name, columns in found.items() if columns}


def kinds_in(
    plan: Plan, table: str, name: str, seen: tuple[tuple[str, str], ...]
) -> list[str]:
    """The kinds of personal data in a column's values, its own or those that it takes over."""
    if (table, name) in seen:
        return []
    column, seen = plan.table(table).columns[name], (*seen, (table, name))
    kinds = [
        kind for variant in column.variants for kind in own_kinds(name, variant.spec)
    ]
    for there, other in sources_of(column):
        kinds += kinds_in(plan, there, other, seen)
    return list(dict.fromkeys(kinds))


def own_kinds(name: str, spec: object) -> list[str]:
    if isinstance(spec, Email):
        return ["email"]
    if isinstance(spec, Faker):
        named = PROVIDERS.items()
        return [kind for kind, like in named if re.fullmatch(like, spec.provider)][:1]
    if isinstance(spec, Date) and re.fullmatch(BORN, name):
        return ["date_of_birth"]
    return []


def sources_of(column: Column) -> list[tuple[str, str]]:
    """The columns whose values are in this one's."""
    if column.references:
        return [(column.references.table, column.references.key)]
    free_text = column.type.data is Data.TEXT and not column.type.values
    return [
        (path.table, path.column)
        for variant in column.variants
        if isinstance(variant.spec, Lookup | Template)
        or (isinstance(variant.spec, Expr) and free_text)
        for path in variant.paths.values()
    ]
