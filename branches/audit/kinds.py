"""The audit events by name, in the order in which the filter offers them. A new kind of event is named here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "set_up": _("Site set up"),
    "set_up_refused": _("Wrong set-up code"),
    "sign_in": _("Signed in"),
    "sign_in_failed": _("Sign-in failed"),
    "sign_in_refused": _("Sign-in to a closed account"),
    "sign_out": _("Signed out"),
    "session_ended": _("Sign-in elsewhere ended"),
    "second_step_on": _("Two-step sign-in switched on"),
    "second_step_off": _("Two-step sign-in switched off"),
    "second_step_failed": _("Wrong code of the second step"),
    "recovery_codes_made": _("Recovery codes made"),
    "password_changed": _("Password changed"),
    "slips_given": _("Activation slips given"),
    "password_slip_given": _("Slip for a new password given"),
    "slip_used": _("Activation slip used"),
    "slip_refused": _("Wrong activation code"),
    "account_created": _("Account opened"),
    "account_closed": _("Account closed"),
    "account_reopened": _("Account opened again"),
    "grant_given": _("Office given"),
    "grant_revoked": _("Office taken back"),
    "roster_uploaded": _("Roster uploaded"),
    "roster_imported": _("Roster imported"),
    "office_delegated": _("Office delegated"),
    "delegation_ended": _("Delegation taken back"),
    "kept_destroyed": _("Destroyed after its time"),
    "exported": _("Exported"),
    "opinions_read": _("Words of opinions read"),
    "grades_read": _("Grades read"),
    "job_queued": _("Background job submitted"),
    "job_cancelled": _("Background job cancelled"),
    "job_done": _("Background job done"),
    "job_failed": _("Background job failed"),
    "job_downloaded": _("File downloaded"),
    "attachment_downloaded": _("Attached file downloaded"),
    "calendar_address_made": _("Calendar address made"),
    "calendar_address_ended": _("Calendar address ended"),
    "notices_owed": _("Reminders made"),
    "mail_confirmed": _("Mail address confirmed"),
    "mail_removed": _("Mail address removed"),
    "mail_given_up": _("Mails given up"),
}


def label(kind: str) -> str:
    """The name of a kind; the kind itself where it has none."""
    return str(KINDS.get(kind, kind))
