"""A file on its way in: kept under a random name, looked into, and thrown away at once where it cannot be read."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.models import Organisation, RosterImport, User
from branches.roster import files
from branches.roster.actions import imports
from branches.roster.look import look


def intake(*, actor: User, file: Any, organisation: Organisation, since: date) -> RosterImport:
    """The import of an uploaded file for an organisation. Raises ValidationError where the file is refused."""
    key = files.keep(file.chunks())
    try:
        seen = look(files.sent(key))
        return imports.upload(organisation, actor=actor, key=key, seen=seen, name=file.name or "", since=since)
    except BaseException:
        files.remove(key)
        raise


def look_again(sent: RosterImport, sheet: str, *, actor: User) -> None:
    """Look into another sheet of the same file. Raises ValidationError."""
    if not (sheet.isascii() and sheet.isdigit() and int(sheet) < len(sent.sheets)):
        raise ValidationError(_("Please choose one of the sheets."))
    imports.note_look(sent, actor=actor, seen=look(files.sent(sent.file_key), int(sheet)))
