"""What the owner of an account hears of slips for its password: at each sign-in, for as long as a slip is good."""

from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Activation, User
from shell.formats import moment


def words_of_slips(user: User) -> list[str]:
    """A sentence a slip. Nobody can read them away: whoever signs in may be the giver, and not the owner."""
    if not user.member_id:
        return []
    given = _(
        "On %(given)s %(name)s gave out a slip for a new password of your account. If you did not ask for it, please"
        " change your password and tell your superior organisation."
    )
    used = _(
        "On %(given)s %(name)s gave out a slip for a new password of your account; it was used on %(used)s. If that was"
        " not you, please change your password and tell your superior organisation."
    )
    return [
        (used if slip.used_at else given)
        % {"given": moment(slip.issued_at), "name": slip.giver_name, "used": moment(slip.used_at)}
        for slip in Activation.objects.for_password_of(user).fresh(timezone.now())
    ]
