"""Why a file that somebody sends is not read, each reason with a code and words that say what to do."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST_FILE: Final = 15_000_000  # bytes as sent
MOST_ROWS: Final = 60_000
MOST_COLUMNS: Final = 256  # what .xls itself holds; letters up to IV

WORDS: Final[dict[str, str | Promise]] = {
    "empty": _("The file is empty. Please choose the right one."),
    "too_big": _("The file is larger than 15 MB. Please delete pictures and unused sheets, or send it in parts."),
    "not_a_sheet": _(
        "This is not an Excel file. Please open it in Excel or WPS, save it as .xlsx or .xls, and choose it again."
    ),
    "broken": _("The file is damaged or was not sent in full. Please open it, save it anew and choose it again."),
    "encrypted": _("The file is protected by a password. Please save it without one and choose it again."),
    "macros": _("The file contains macros, which are not accepted. Please save it as a plain .xlsx file."),
    "doctype": _("The file contains declarations that no spreadsheet needs. Please save it anew as .xlsx."),
    "inflates": _("Unpacked, the file is far too large. Please copy the table alone into a new file and send that."),
    "lies": _("The file does not hold what its list of contents says. Please open it, save it anew and send that."),
    "too_many_rows": _("The sheet has more than 60,000 rows. Please send it in parts."),
    "too_many_columns": _(
        "The sheet uses more than 256 columns. Please delete the empty columns on the right and save it anew."
    ),
    "too_heavy": _("Reading the file takes too much time or memory. Please copy the table alone into a new file."),
    "no_rows": _("The sheet holds no rows. Please choose another sheet or another file."),
}


class SheetRefused(Exception):
    """The file is not read; `code` is one of WORDS, `str()` says to its sender what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(WORDS[self.code])
