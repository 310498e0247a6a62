"""What the access tables know of opinions: five opinions, told apart by how often they were mentioned, and two digests."""

from datetime import timedelta

from appraisals.models import Digest, Opinion, OpinionPage
from appraisals.opinions import actions
from appraisals.opinions.actions import Entry
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.doors import actions as doors
from appraisals.opinions.receivers import receivers_of
from branches.models import Organisation, User


def on_stage(stage):
    """About the member and about the committee, one each still to be sorted and one in a digest; one handed over."""
    cast, member = stage.cast, stage.cast.people[4]
    at = (cast.round, cast.first, "box", stage.today)
    entries = [
        Entry("member", "RAW-WORDS", member, 1),
        Entry("committee", "RAW-OF-CHIEF", None, 2),
        Entry("committee", "RAW-GATHERED", None, 3),
        Entry("member", "RAW-GATHERED", member, 4),
        Entry("unit", "SEALED-WORDS", None, 6),
    ]
    keys = [row.pk for row in actions.enter(*at, entries, actor=cast.clerk)]
    raw, top, of_top, of_member, sealed = (Opinion.objects.select_related("organisation").get(pk=key) for key in keys)
    secretary, officer = (User.objects.get(pk=user.pk) for user in (cast.secretary, cast.officer))
    told = digests.gather([of_member], "TOLD-WORDS", actor=secretary)
    digests.move(told, "feed_back", actor=secretary)
    written = digests.gather([of_top], "DIGEST-WORDS", actor=officer)
    (receiver,) = [one for one in receivers_of(sealed) if one.seat == "supervisor"]
    actions.seal(sealed, receiver, actor=secretary)
    told, written = (Digest.objects.select_related("organisation").get(pk=one.pk) for one in (told, written))
    rows = {"opinion": raw, "opinion_top": top, "digest": told, "digest_top": written}
    rows["answer"] = doors.propose_answer(told, "ANSWERED", actor=secretary)
    rows["door"] = doors.ask_for_page(cast.round, cast.first, _last_day(stage), actor=secretary)
    _open(stage)
    stage.moving |= rows
    at = f"&round={cast.round.pk}"
    desks = {"desk": f"?organisation={cast.first.pk}{at}", "desk_fourth": f"?organisation={_fourth(cast)}{at}"}
    return {**{label: row.pk for label, row in rows.items()}, "opinion_sealed": sealed.pk, **desks}


def _fourth(cast):
    return Organisation.objects.get(name="Fourth branch").pk


def _last_day(stage):
    """A week on: a page that ends today would close under a run that goes on past midnight."""
    return stage.today + timedelta(7)


def _open(stage):
    """A page of the sibling branch, open to strangers today."""
    page = doors.ask_for_page(stage.cast.round, stage.cast.second, _last_day(stage), actor=stage.cast.sibling)
    doors.move_page(page, "approve", actor=stage.cast.officer)
    OpinionPage.objects.filter(pk=page.pk).update(token="open-to-all")


def posts(stage):
    """What valid forms send."""
    receiver = f"{stage.cast.county.pk}:supervisor"
    return {
        "opinion_create": {
            "channel": "box", "target": "unit", "noted_on": stage.today.isoformat(), "count": 1, "text": "NEW-WORDS",
        },
        "channel_edit": {"counted_on": stage.today.isoformat(), "issued_form": 20, "returned_form": 10},
        "opinion_retarget": {"target": "unit"},
        "opinion_seal": {"receiver": receiver},
        "opinion_move": stage.MOVE,
        "digest_create": {"selected": stage.objects["opinion"], "text": "NEW-WORDS"},
        "opinion_page_create": {"until": _last_day(stage).isoformat()},
        "opinion_page_move": stage.MOVE,
        "opinion_answer_create": {"text": "NEW-WORDS"},
        "opinion_answer_move": stage.MOVE,
        "opinion_public": {"target": "unit", "text": "NEW-WORDS", "act": "write"},
        "digest_edit": {"text": "NEW-WORDS"},
        "digest_move": stage.MOVE,
    }  # fmt: skip


def fill(cast, many):
    """`many` more of everything: still to be sorted, in a digest of their own, and in the first one."""
    secretary = User.objects.get(pk=cast.secretary.pk)
    at = (cast.round, cast.first, "form", cast.meeting.held_on)
    entries = [Entry("member", "More", cast.people[4]) for _ in range(2 * many)] + [Entry("unit", "More")] * many
    keys = [row.pk for row in actions.enter(*at, entries, actor=cast.clerk)]
    rows = list(Opinion.objects.filter(pk__in=keys[:many]).select_related("organisation"))
    digests.move(digests.gather(rows, "In other words", actor=secretary), "feed_back", actor=secretary)
    first = Digest.objects.order_by("pk").first()
    Opinion.objects.filter(pk__in=keys[many : 2 * many]).update(state="sorted", digest=first)
