"""Tells what identifies a person by its look alone: IBANs, payment cards, IP addresses, whatever the header says."""

from __future__ import annotations

import re
from ipaddress import ip_address

from reportgen.engine.text_dates import looks_like_date
from reportgen.engine.text_numbers import is_plain

_IBAN = re.compile(r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$")
_CARD = re.compile(r"^[2-6][0-9]{12,18}$")
"""13 to 19 digits (ISO/IEC 7812); 2 to 6 are the industries that issue payment cards."""

_SOCIAL = re.compile(r"^(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}$")
"""A number of social security of the United States (the parts that are never given out left out)."""
SHORTEST = 13
"""Characters of the shortest of both; most cells are shorter."""
_PHONE = re.compile(r"^[+0(][0-9 ()/.\-]{6,20}[0-9]$")
_PARTED_PHONE = re.compile(r"^(?:0[1-9](?:[. ][0-9]{2}){4}|\(?[2-9][0-9]{2}\)?[-. ][0-9]{3}[-. ][0-9]{4})$")
"""Of France and North America, whatever parts the digits."""
_PHONE_MARKS = frozenset(" ()/-+")


def is_iban(text: str) -> bool:
    """True for an account number whose check digits hold (ISO 13616: the rest modulo 97 is 1)."""
    if len(text) < SHORTEST:
        return False
    bare = text.replace(" ", "").upper()
    if not _IBAN.match(bare):
        return False
    return int("".join(str(int(character, 36)) for character in bare[4:] + bare[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """True for a payment card's number whose check digit holds (Luhn 1960)."""
    if len(text) < SHORTEST:
        return False
    digits = text.replace(" ", "").replace("-", "")
    if not _CARD.match(digits) or not digits.isascii():
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def is_social(text: str) -> bool:
    """True for a number of social security, `123-45-6789`."""
    return bool(_SOCIAL.match(text))


def is_ip(text: str) -> bool:
    """True for an internet address, version 4 or 6."""
    if text.count(".") != 3 and ":" not in text:
        return False
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_mail(text: str) -> bool:
    """True for an address of e-mail."""
    name, _, domain = text.partition("@")
    return bool(name) and "." in domain.strip(".") and "@" not in domain and " " not in text


def is_phone(text: str) -> bool:
    """True for a telephone number with the signs that part it."""
    if _PARTED_PHONE.match(text):
        return True
    return bool(_PHONE.match(text)) and bool(_PHONE_MARKS & set(text)) and not looks_like_date(text)


def may_identify(text: str) -> bool:
    """False for plain numbers of few digits, which are most cells and identify nobody."""
    return text.startswith("+") or len(text) >= SHORTEST or not is_plain(text)


PERSONAL_LOOKS = {
    "mails": is_mail,
    "phones": is_phone,
    "ibans": is_iban,
    "cards": is_card,
    "ips": is_ip,
    "socials": is_social,
}
"""What identifies a person → whether a cell looks so."""
