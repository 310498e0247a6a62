"""What the access tables know of materials: entries for members, comments, and a piece that several read in turn."""

from appraisals.materials import actions as writing
from appraisals.materials.entering import actions as entering
from appraisals.materials.reviewing import actions as reviewing
from appraisals.models import Comment, Draft, Material


def on_stage(stage):
    """Pieces of the committee member, the group leader and of the second branch; a comment of the secretary's."""
    cast = stage.cast
    rows = Material.objects.select_related("organisation", "round", "author")
    written, spoken, entered = (rows.get(author=person) for person in (*cast.people[1:4:2], cast.siblings[1]))
    entering.enter(entered, [["Belief", "ENTERED-WORDS"]], actor=cast.sibling, source="paper")
    chained = rows.get(author=None, organisation=cast.second)
    writing.submit(chained, {"1": "CHAINED-WORDS", "2": ""}, actor=cast.sibling, seen=0)
    Draft.objects.filter(material=chained).delete()
    Material.objects.filter(pk=chained.pk).update(chain="three", reviewer="committee")
    place = {"title": "Belief", "quote": "WRITTEN-WORDS", "start": 0}
    comment = reviewing.comment(cast.material, "COMMENT-WORDS", actor=cast.secretary, **place)
    Comment.objects.filter(pk=comment.pk).update(answer="ANSWER-WORDS")
    moving = {"unwritten": written, "unheard": spoken, "chained": rows.get(pk=chained.pk), "comment": comment}
    stage.moving |= moving
    return {**{label: row.pk for label, row in moving.items()}, "entered": entered.pk}


def posts(stage):
    """What valid forms send."""
    entry = {"aspect_1": "ON-PAPER", "gist": "SPOKEN"}
    return {
        "material_review": {"do": "suggest", "note": "Because"},
        "material_enter": {**entry, "source": "paper"},
        "material_confirm": {"how": "print"},
        "comment_answer": {"note": "ANSWERED"},
        "comment_resolve": {},
        "material_rules_edit": {"great_age": "80", "chain": "two", "own_reasons": "Ours"},
    }


def moved_by(stage, subject, move):
    """(address, data) of the page that makes a move without a button; None for one with a button of its own."""
    if isinstance(subject, Comment):
        return stage.address_of(f"comment_{move}", subject.pk), stage.data[f"comment_{move}"]
    if move in ("enter", "hear"):
        source = "paper" if move == "enter" else "spoken"
        return stage.address_of("material_enter", subject.pk), {**stage.data["material_enter"], "source": source}
    if move == "submit":
        data = {**stage.data["material_edit"], "save": "submit", "confirmed": "yes"}
        return stage.address_of("material_edit", subject.pk), data
    return None
