"""进度一览 of many branches in eight stages, beside the barest view of the same table: part of scripts/bench.py."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from scripts.bench_export import Figure

STAGES = 8
RATIO, QUERIES = 3.0, 12
ACCOUNT = "officer"
FLOOR: dict[str, Any] = {}  # the key of the round, for the bare view


@login_required
def bare_board(request: HttpRequest) -> HttpResponse:
    """Session, sign-in, two queries, ready strings in a template: what no such table can do without."""
    from appraisals.models import Progress
    from scripts.bench_site import TABLE

    told: dict[str, list[str]] = {}
    rows = Progress.objects.filter(round=FLOOR["round"]).order_by("organisation__path", "stage__position")
    for name, state, due in rows.values_list("organisation__name", "state", "due_on"):
        told.setdefault(name, [name]).append(f"{state} {due}")
    template = engines["django"].from_string("{% load l10n %}" + TABLE)
    return HttpResponse(template.render({"rows": told.values()}, request))


def prepare(branches: int) -> int:
    """Found so many branches right below one committee, and a round of eight stages in which every second of them has
    left the first, through the actions; the key of the round."""
    from appraisals import actions as appraisals
    from appraisals.models import Progress, Stage
    from appraisals.rounds.actions import gate, plan
    from branches.actions import organisations
    from branches.models import Organisation, User
    from workflow.actors import SYSTEM

    officer, today = User.objects.get(username=ACCOUNT), timezone.localdate()
    committee = Organisation.objects.get(depth=1, name__contains="云溪县")
    many: Any = {"actor": SYSTEM, "kind": "committee", "since": today - timedelta(900)}
    township = organisations.found("中共示例乡委员会", parent=committee, **many)
    for number in range(1, branches + 1):
        organisations.found(
            f"中共示例乡第{number}党支部委员会", actor=SYSTEM, parent=township, kind="branch", branch_kind="single",
            since=today - timedelta(900),
        )  # fmt: skip
    round_ = appraisals.prepare_round(
        township, actor=officer, aspects=["一"], name="示例活动", year=today.year, roster_on=today, due_on=today
    )
    for number in range(STAGES):
        first = today + timedelta(10 * number)
        stage = Stage(round=round_, name=f"第{number + 1}阶段", starts_on=first, ends_on=first + timedelta(9))
        plan.save_stage(stage, actor=officer)
    appraisals.move_round(round_, "open", actor=officer)
    rows = Progress.objects.filter(round=round_, stage__position=1).order_by("organisation__path")
    parts = ("stage", "organisation", "round", "round__organisation")
    gate.move_many(list(rows.select_related(*parts)[::2]), "report", actor=officer)
    return int(round_.pk)


def measure(rounds: int, branches: int) -> dict[str, Figure]:
    """CPU of the board against the floor, and its queries."""
    from scripts.bench_site import BARE, MEASURED, compare, expect, signed_in

    FLOOR["round"] = prepare(branches)
    with override_settings(**MEASURED):
        ours, floor = signed_in(ACCOUNT), signed_in(ACCOUNT, backend=BARE["AUTHENTICATION_BACKENDS"][0])
        with override_settings(**BARE):
            floor.get("/floor/board/")
        address = reverse("progress_board", args=[FLOOR["round"]])
        expect(ours.get(address), 200)
        with CaptureQueriesContext(connection) as queries:
            page = ours.get(address)
            asked = len(queries)
        if page.content.count(b"<tr>") < branches:
            raise AssertionError("the board does not show every branch")
        return {
            f"board {branches} x {STAGES}": compare(
                lambda: expect(floor.get("/floor/board/"), 200), lambda: expect(ours.get(address), 200), rounds, RATIO
            ),
            "board, queries": Figure(1, asked, asked, QUERIES, "queries"),
        }
