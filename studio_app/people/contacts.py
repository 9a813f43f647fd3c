"""E-mail addresses and telephone numbers as we keep them."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, ValidationResult

from studio_app.kit.errors import Refused
from studio_app.kit.words import _

FEWEST_DIGITS = 3


class NotAnEmail(Refused):
    message = _("That does not look like an e-mail address.")


class NotAPhone(Refused):
    message = _("That does not look like a telephone number.")


def email_address(typed: str) -> str:
    """An address that can be written to, normalised; "" stays "". Asks no name server."""
    text = typed.strip()
    if not text:
        return ""
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        said = _("“{typed}” does not look like an e-mail address.", typed=text)
        raise NotAnEmail(said) from error


def phone_number(typed: str, country: str) -> str:
    """A number as E.164 (+447700900123), read as somebody in that country would dial it.

    Possible is enough: numbers reserved for drama are possible, though given to nobody. A
    number without its area code cannot be completed and is kept as typed.
    """
    text = typed.strip()
    if not text:
        return ""
    refusal = NotAPhone(_("“{typed}” does not look like a telephone number.", typed=text))
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise refusal from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.IS_POSSIBLE:
        return _kept(number)
    if len(re.sub(r"\D", "", text)) < FEWEST_DIGITS or reason == ValidationResult.TOO_LONG:
        raise refusal
    return text


def phones_in(text: str, country: str) -> tuple[list[str], str]:
    """Every number in a text, and the words around them ("mum, after six")."""
    found = list(PhoneNumberMatcher(text, country, leniency=Leniency.POSSIBLE))
    words = text
    for match in reversed(found):
        words = f"{words[: match.start]} {words[match.end :]}"
    return [_kept(match.number) for match in found], " ".join(words.split())


def say_phone(kept: str, country: str) -> str:
    """07700 900123 at home, +1 212 555 0100 from elsewhere."""
    try:
        number = phonenumbers.parse(kept, country)
    except phonenumbers.NumberParseException:
        return kept
    if not kept.startswith("+"):
        return kept
    at_home = number.country_code == phonenumbers.country_code_for_region(country)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _kept(number: phonenumbers.PhoneNumber) -> str:
    said = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{said} ext. {number.extension}" if number.extension else said
