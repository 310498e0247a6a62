"""The opinions of the case library-general-branch: as they come in, as they are summed up, and as they were reported."""

from django.urls import reverse

from tests.scenarios import library as case
from tests.scenarios.visits import counted, figures, written


def enter(visitor, round_, place, channel, target, lines):
    visitor.post("opinion_create", query=f"?round={round_.pk}&organisation={place.pk}", act="save", channel=channel,
                 target=target, noted_on=case.ASKED, count=1, text="\n".join(lines))  # fmt: skip


def count(visitor, round_, place, **issued):
    visitor.post("channel_edit", query=f"?round={round_.pk}&organisation={place.pk}", counted_on=case.ASKED,
                 **{f"issued_{channel}": number for channel, number in issued.items()})  # fmt: skip


def opinions_come_in(library, round_):
    """Each branch has its box and its talks; what is about its committee goes to the general branch, as does the rest."""
    officer, top = library.officer, library.top
    for branch, folk in library.folk.items():
        secretary = library.secretaries[branch]
        enter(secretary, round_, branch, "box", "unit", case.IN_BOX)
        enter(secretary, round_, branch, "talk", "member", [f"向{person.name}提的一条" for person in folk])
        count(secretary, round_, branch, box=1, talk=len(folk))
        refused = secretary.client.post(
            reverse("opinion_create") + f"?round={round_.pk}&organisation={branch.pk}",
            {
                "act": "save",
                "channel": "survey",
                "target": "committee",
                "noted_on": case.ASKED,
                "count": 1,
                "text": "一",
            },
        )
        assert "由他人录入" in refused.content.decode()
        enter(officer, round_, branch, "survey", "committee", [f"问卷第{n}份的一条" for n, _one in enumerate(folk, 1)])
    enter(officer, round_, top, "mailbox", "unit", case.BY_MAIL)
    enter(officer, round_, top, "meeting", "committee", case.INSIDE)
    enter(officer, round_, top, "meeting", "leader", case.OUTSIDE)
    enter(officer, round_, top, "survey", "unit", case.OF_PUBLIC)
    count(officer, round_, top, mailbox=1, meeting=case.KINDS_OF_MEETING)


def heard():
    """How many came through each channel about whom, as they were entered above."""
    branches = len(case.BRANCHES)
    return {
        ("box", "unit"): branches * len(case.IN_BOX), ("talk", "member"): case.IN_SERVICE,
        ("survey", "committee"): case.IN_SERVICE, ("mailbox", "unit"): len(case.BY_MAIL),
        ("meeting", "committee"): len(case.INSIDE), ("meeting", "leader"): len(case.OUTSIDE),
        ("survey", "unit"): len(case.OF_PUBLIC),
    }  # fmt: skip


def what_was_reported_is_typed_as_it_was(library, round_):
    """340余: typed for the whole general branch, approximate and to date; of this stage it would be added to the rows."""
    page = library.officer.get("opinion_summary", round=round_.pk, place=library.top.pk)
    address = page.context["board"].types_at
    told = {"value": case.REPORTED, "approx": "over", "span": "to_date", "as_of": case.CHECKED, "source": "paper"}
    assert "span" in library.officer.client.post(address, told | {"span": "stage"}).context["form"].errors
    assert library.officer.client.post(address, told).status_code == 302


def the_summary_of_opinions_has_rows_and_report_side_by_side(library, round_):
    officer, rows = library.officer, heard()
    page = officer.get("opinion_summary", round=round_.pk, place=library.top.pk)
    board = page.context["board"]
    *channels, together = board.by_channel
    total = sum(rows.values())
    assert together["total"] == total < case.REPORTED
    targets = ("committee", "unit", "leader", "member")
    for column, target in enumerate(targets):
        of_target = sum(n for (_channel, about), n in rows.items() if about == target)
        assert together["cells"][column][1] == of_target, target
    asked = {str(line["label"]): line["way"] and line["way"]["issued"] for line in channels}
    numbers = {
        "意见箱": len(case.BRANCHES),
        "座谈会": case.KINDS_OF_MEETING,
        "电子信箱": 1,
        "个别谈话": case.IN_SERVICE,
    }
    # Nobody reports how many questionnaires went out: there is no number rather than a nought.
    assert asked == {"问卷": None, **{name: str(number) for name, number in numbers.items()}}
    text = page.content.decode()
    assert f"{case.REPORTED}余</a>" in text and "不相加" in text
    assert not any(words in text for words in (*case.IN_BOX, *case.BY_MAIL, *case.INSIDE))
    for line in board.by_channel:
        for _label, number, address in [*line["cells"], ("", line["total"], line["url"])]:
            shown = officer.client.get(address).context["page"]
            assert shown.total == number, address
    assert figures(officer, library.top, round=round_.pk)["opinions.received"] == total
    cells, sum_ = counted(written(officer, "opinion_summary", board.query))
    assert sum_[6:11] == [line[1] for line in together["cells"]] + [total]
    (reported,) = [row for row in cells if row[2] == "汇总数"]
    assert (reported[1], reported[10]) == (case.GENERAL, f"{case.REPORTED}余") and "概数" in reported[11]
    boxes = [row for row in cells if row[2] == "意见箱"]
    assert len(boxes) == len(case.BRANCHES) and sum(row[10] for row in boxes) == rows["box", "unit"]
