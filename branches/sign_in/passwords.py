"""What a password may not be, in words a member understands."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import gettext as _


class NotLikeOneself(UserAttributeSimilarityValidator):
    """Django's rule with plain words."""

    def get_error_message(self) -> str:
        return _("The password is much like the %(verbose_name)s: others would guess it. Please choose another.")

    def get_help_text(self) -> str:
        return _("The password must not be like your name or login name.")
