"""The code on a slip: twelve characters and one that tells a misread apart, the same in the QR code and typed."""

from enum import Enum

from django.db import connection

from ballots.models import Poll, Slip, SlipState
from workflow import codes

PURPOSE = "ballot slip"
LENGTH = codes.LENGTH + 1
FOUND = """SELECT slip.code_hash, slip.poll_id, slip.state, poll.id, poll.is_open, poll.public_key
FROM ballots_slip slip JOIN ballots_poll poll ON poll.id = slip.poll_id WHERE slip.code_hash = %s"""


class Cast(Enum):
    """What became of a ballot that was handed in, or would."""

    TAKEN = "taken"
    ALREADY = "already"  # in the box before
    NOT_OPEN = "not open"
    UNKNOWN = "unknown"  # no slip of any poll, or a void one


def new_code() -> str:
    """A fresh code with its check character, ungrouped."""
    code = codes.new_code()
    return code + check_of(code)


def check_of(code: str) -> str:
    """The character that a code ends with: any one letter misread gives another, nearly any two exchanged do."""
    number = 0
    for place, character in enumerate(code, 1):
        number += (2 * place + 1) * codes.ALPHABET.index(character)
    return codes.ALPHABET[number % 32]


def grouped(code: str) -> str:
    """“ABCD-EFGH-JKMN-P”, as it is printed."""
    return codes.grouped(code)


def read(typed: str) -> str:
    """The code meant by what was typed; empty where it is none."""
    code = codes.plain(typed)
    is_one = len(code) == LENGTH and not set(code) - set(codes.ALPHABET) and check_of(code[:-1]) == code[-1]
    return code if is_one else ""


def hash_of(code: str) -> str:
    """The keyed hash under which a slip is kept."""
    return codes.digest(PURPOSE, code)


def found(code: str) -> Slip | None:
    """The slip of this code with its poll, whatever has become of it. One query, found or not."""
    return kept_as(hash_of(code))


def kept_as(key: str) -> Slip | None:
    """The slip kept under this hash, with what casting asks of its poll.

    Put into SQL by hand: a whole hall votes within a minute, and Django takes ten times as long over the words.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    slip = Slip.from_db(connection.alias, ["code_hash", "poll_id", "state"], row[:3])
    slip.poll = Poll.from_db(connection.alias, ["id", "is_open", "public_key"], row[3:])
    return slip


def refusal(slip: Slip | None) -> Cast | None:
    """Why nothing can be cast with this slip; None where something can."""
    if slip is None or slip.state == SlipState.VOID:
        return Cast.UNKNOWN
    if slip.state == SlipState.USED:
        return Cast.ALREADY
    return None if slip.poll.is_open else Cast.NOT_OPEN
