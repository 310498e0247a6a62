"""What happens between the page of a slip and the action: limits on tries, and refusals in words."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import qrcode
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from branches.actions import activation
from branches.actions.sign_in import Visitor
from branches.activation.forms import ActivationForm
from branches.models import User
from branches.sign_in.tries import Tries
from shell.address import client_address

WRONG = _(
    "Login name or code is wrong, or this slip has been used, replaced or is past its last day. Please compare letter"
    " by letter; otherwise ask the secretary of your branch for a new one."
)


def serves_this_computer_only() -> bool:
    """True if the address on a slip leads nowhere from a telephone: the site was started for one computer."""
    return urlsplit(settings.PUBLIC_URL).hostname in ("127.0.0.1", "localhost", "::1")


def redeem(request: HttpRequest, form: ActivationForm) -> User | None:
    """The account that the slip has opened; None where it is refused, with the words on the form."""
    told: dict[str, Any] = form.cleaned_data
    visitor = Visitor(told["login"])
    try:
        with Tries(request, told["login"]) as tries:
            try:
                return activation.use_slip(
                    told["login"], told["code"], told["password"], actor=visitor, address=client_address(request)
                )
            except activation.WrongCode:
                activation.refuse_slip(actor=visitor, address=client_address(request))
                tries.fail(str(WRONG))
    except ValidationError as refusal:
        is_weak = not hasattr(refusal, "code")  # several sentences about the password; ours is one
        form.add_error("password" if is_weak else None, refusal)
    return None


def address() -> str:
    """Where slips are used, as browsers reach it."""
    return settings.PUBLIC_URL + reverse("activate")


@lru_cache
def drawn(url: str) -> bytes:
    """An address as a QR code, an SVG image."""
    return qrcode.make(url, image_factory=SvgPathImage, border=1).to_string(encoding="utf-8")
