"""What the rules about organisations ask, counted from the rows of a day: for actions, which see no page."""

from collections import Counter
from datetime import date

from branches.models.dated import holds
from branches.models.elections import Election
from branches.models.members import Category, Post, Relation, Standing
from branches.models.organisations import Group, Organisation
from branches.rules.facts import Facts
from branches.tree import under


def facts_on(organisation: Organisation, day: date) -> Facts:
    """The facts of an organisation, and of all below it, on that day."""
    people = Relation.objects.homes().on(day).filter(under(organisation.path, "organisation__path"))
    formal = Standing.objects.on(day).filter(category=Category.FORMAL, member__in=people.values("member"))
    sizes = Counter(people.filter(organisation=organisation).values_list("group", flat=True))
    groups = Group.objects.filter(holds(day), organisation=organisation)
    posts = Post.objects.on(day).filter(organisation=organisation)
    elections = Election.objects.filter(organisation=organisation, held_on__lte=day).order_by("-held_on")
    return Facts(
        kind=organisation.kind,
        branch_kind=organisation.branch_kind,
        since=organisation.since,
        day=day,
        formal=formal.count(),
        total=people.count(),
        post_days=tuple(posts.values_list("kind", "since")),
        group_sizes=tuple((name, sizes[key]) for key, name in groups.values_list("pk", "name")),
        elected=elections.values_list("held_on", flat=True).first(),
    )
