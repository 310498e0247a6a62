"""Destroying what supervisors said of a branch in so many words, when its days are over."""

from typing import Any

from workflow.actors import SYSTEM, Actor


def destroy_comments(rows: Any, *, actor: Actor = SYSTEM) -> int:
    """Empty the points of comment of these visits for good; how many. Raises PermissionDenied for anybody but the
    clock. The record itself, what was found and the opinion stay."""
    actor.require(SYSTEM.RIGHT, None)
    return int(rows.update(comments=""))
