"""Personal data: which of Faker's providers give it, and which column names indicate it."""

from __future__ import annotations

import re

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
"""Faker's providers of personal data, by the kind of it that they give."""
BORN = r"dob|(date_of_)?birth(_?day|_?date)?|born(_on|_at)?"
"""Names of dates of birth: Faker gives none that is the same tomorrow."""


def kind_of_provider(provider: str) -> str | None:
    """The kind of personal data that a provider of Faker gives; None for any other text."""
    named = PROVIDERS.items()
    return next((kind for kind, like in named if re.fullmatch(like, provider)), None)


def is_birth(name: str) -> bool:
    """Whether a column of this name holds dates of birth."""
    return re.fullmatch(BORN, name) is not None
