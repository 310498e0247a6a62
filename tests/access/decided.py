"""Decisions of records on stage, for the tables of access."""

from meetings.models import Decision


def decide(records):
    """One decision in each of four records, on which everybody there agreed."""
    for label in ("submitted", "draft", "committee", "of_sibling"):
        voters, business = records[label].voting_due, "committee" if label == "committee" else "ordinary"
        Decision.objects.create(
            meeting=records[label], position=1, subject=f"{label} plan", business=business, due=voters, present=voters,
            yes=voters, no=0, abstain=0, outcome="passed",
        )  # fmt: skip
