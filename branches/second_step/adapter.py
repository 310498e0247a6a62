"""allauth's second step at sign-in as this product wants it: compulsory for administrators, its secrets encrypted."""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import User


class SecondStepAdapter(DefaultMFAAdapter):
    """The secret of an authenticator app lies in the database under the key file of the codes: a copied table alone
    tells nobody the six digits of now."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is wrong, or it has been used already. Please type the next one."),
        "cannot_delete_authenticator": gettext_lazy("An administrator's account keeps its second step."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes go with an authenticator app; first set one up."
        ),
    }

    def get_totp_issuer(self) -> str:
        return _("Branch organisational life")

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not is_compulsory(authenticator.user)

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def is_compulsory(user: User) -> bool:
    """True for the administrators, whose password alone would open accounts, offices or the audit log."""
    return settings.SECOND_STEP_COMPULSORY and not user.reach.takes_part


def has_second_step(user: User) -> bool:
    """True if an authenticator app is set up."""
    return SecondStepAdapter().is_mfa_enabled(user, [Authenticator.Type.TOTP])


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"totp:{settings.CODE_KEY}".encode()).digest()))
