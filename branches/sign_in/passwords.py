"""What a password may not be, in words a member understands."""

from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.utils.translation import gettext as _


class NotLikeOneself(UserAttributeSimilarityValidator):
    """Django's rule with plain words."""

    def get_error_message(self) -> str:
        return _("The password is much like the %(verbose_name)s: others would guess it. Please choose another.")

    def get_help_text(self) -> str:
        return _("The password must not be like your name or login name.")


class LongEnough(MinimumLengthValidator):
    """Django's rule with a sentence of ours: its own has lost its translation."""

    def get_error_message(self) -> str:
        return _("The password is too short: at least %d characters, please.") % self.min_length

    def get_help_text(self) -> str:
        return _("At least %d characters.") % self.min_length
