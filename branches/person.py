"""What the page of one member tells, and to whom."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from branches.changes.table import offered_for_member
from branches.lists import category_of, post_of
from branches.models import Member, Particulars, Relation, Transfer, User
from branches.models.members import RelationKind
from branches.transfers.states import State
from shell.formats import day
from workflow.models import History

# Read only behind Particulars.visible_to: whoever may see the particulars may see since when each fact holds.
DATED = ("relations", "standings", "posts", "exemptions", "rights_limits", "flows")


def told_of_member(member: Member, reader: User) -> dict[str, Any]:
    """What colleagues see; with `particulars` and `dated` where the reader sees the particulars."""
    told: dict[str, Any] = {"facts": _facts(member, reader), "changes": offered_for_member(member, reader)}
    told["transfer"] = under_way(member, reader)
    facts = [Prefetch(f"member__{name}", to_attr=f"{name}_ever") for name in DATED]
    places = [f"member__{name}_ever__organisation" for name in ("relations", "posts")]
    places.append("member__relations_ever__group")
    rows = Particulars.objects.visible_to(reader).select_related("member").prefetch_related(*facts, *places)
    particulars = rows.filter(member=member).first()
    if particulars:
        told["particulars"] = _particulars(particulars)
        told["history"] = History.objects.of(member)
        told["dated"] = sorted(_dated(particulars.member), key=lambda fact: fact["since"], reverse=True)
    return told


def under_way(member: Member, reader: User) -> Transfer | None:
    """The transfer of a member that waits for its decision, where the reader sees it."""
    rows = Transfer.objects.visible_to(reader).filter(member=member, state=State.OFFERED)
    return rows.select_related("member", "source", "organisation").first()


def _facts(member: Member, reader: User) -> list[tuple[str, Any]]:
    relations = Relation.objects.visible_to(reader).filter(member=member).select_related("organisation")
    row = relations.register(on=reader.reach.day).first()
    facts = [(_("Name"), member.name)]
    if row:
        facts += [(_("Category"), category_of(row)), (_("Post"), post_of(row))]
        facts += [(_("Group"), row.group and row.group.name), (_("Branch"), row.organisation.name)]
    guest = relations.filter(kind=RelationKind.TAKING_PART)
    return facts + [(_("Takes part in"), relation.organisation.name) for relation in guest]


def _particulars(told: Particulars) -> list[tuple[str, str]]:
    return [
        (_("Gender"), told.get_gender_display()),
        (_("Ethnic group"), told.ethnicity),
        (_("Born"), told.born),
        (_("Joined the party"), told.joined),
        (_("Became a full member"), told.confirmed),
        (_("Education"), told.get_education_display()),
        (_("Employment"), told.get_employment_display()),
        (_("Work unit and title"), told.work_title),
        (_("Telephone"), told.phone),
        (_("Staff number"), told.staff_number),
        (_("Identity number, last four"), told.identity_last4),
    ]


def _dated(member: Any) -> Iterator[dict[str, Any]]:
    for relation in member.relations_ever:
        yield _fact(relation, relation.get_kind_display(), relation.organisation.name, _remark(relation))
    for standing in member.standings_ever:
        yield _fact(standing, _("Category"), standing.get_category_display())
    for post in member.posts_ever:
        yield _fact(post, _("Post"), f"{post.organisation.name} {post.title or post.get_kind_display()}")
    for exemption in member.exemptions_ever:
        approved = _("Approved by %(who)s") % {"who": exemption.approved_by}
        yield _fact(exemption, _("Exempt from organisational life"), exemption.reason, approved)
    for limit in member.rights_limits_ever:
        yield _fact(limit, _("Right to vote limited"), limit.reason)
    for flow in member.flows_ever:
        contact = _("Contact person: %(who)s") % {"who": flow.contact}
        yield _fact(flow, _("Elsewhere for a time"), flow.place, contact)


def _remark(relation: Relation) -> str:
    """Group and unit, where from, why it ended and where to."""
    came = _("from %s") % relation.reason if relation.reason else ""
    group = relation.group.name if relation.group else ""
    told = (group, relation.unit, came, str(relation.get_ending_display()), relation.destination)
    return " · ".join(word for word in told if word)


def _fact(fact: Any, label: str, what: Any, note: str = "") -> dict[str, Any]:
    return {
        "label": label,
        "what": what,
        "note": note,
        "since": fact.since,
        "days": f"{day(fact.since)} – {_end(fact)}",
    }


def _end(fact: Any) -> str:
    return day(fact.until) if fact.until else _("today")
