"""The lists and the first page on a country's rows, beside the barest list: what scripts/bench.py --world measures."""

import io
import time

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from config.collector import settle
from scripts.bench_export import Figure
from scripts.bench_site import BARE, MEASURED, PAGE, compare, expect, signed_in

# Each page with what its address asks besides: a list is opened, paged on, and looked into from its other end.
PAGES = (
    ("meeting_list", ""), ("meeting_list", "&page=2"), ("meeting_list", "&sort=started_at"),
    ("meeting_list", "&state=filed"), ("meeting_list", "&form=theme_day&state=filed"), ("meeting_list", "&q=工作"),
    ("decision_list", ""), ("decision_list", "&outcome=passed"), ("plan_list", ""), ("member_list", ""),
    ("material_list", ""), ("opinion_list", ""), ("visit_list", ""), ("vote_list", ""), ("progress_list", ""),
    ("organisation_list", ""), ("dashboard", ""), ("figure_list", ""), ("opinion_figures", ""), ("calendar_month", ""),
    ("problem_list", ""), ("problem_list", "&sign=late"), ("problem_list", "&sort=due_on"), ("problem_list", "&q=学习"),
    ("problem_board", ""), ("problem_calendar", ""),
)  # fmt: skip
READERS = {"supervisor": "whole", "secretary": "branch"}  # who oversees everything, and who one branch
# No lists: up to nine sections, each of rows of its own; every figure of a country; a table of targets by channels.
MOST_QUERIES = {"dashboard": 15, "figure_list": 15, "opinion_figures": 15, "problem_board": 12}
MOST_TIMES = {"dashboard": 3.8, "figure_list": 3.8, "opinion_figures": 3.8, "problem_board": 3, "problem_calendar": 3}
RATIO, QUERIES = 2.5, 10


def measure(world: str, rounds: int) -> dict[str, Figure]:
    """For each page and reader: CPU against the floor, the number of queries, and the ms its slowest query took."""
    _prepare(world)
    settle()  # as a server does
    figures: dict[str, Figure] = {}
    with override_settings(**MEASURED):
        floor = signed_in(backend=BARE["AUTHENTICATION_BACKENDS"][0])
        with override_settings(**BARE):
            floor.get("/floor/list/")  # a client keeps the middleware of its first request
        for reader, words in READERS.items():
            client = signed_in(reader)
            for page, more in PAGES:
                address = f"{reverse(page)}?size={PAGE}{more}"
                expect(client.get(address), 200)  # what is read once is read now
                with CaptureQueriesContext(connection) as asked:
                    expect(client.get(address), 200)
                    queries = [float(query["time"]) * 1000 for query in asked.captured_queries]
                name, most = f"{page}{more}, {words}", MOST_QUERIES.get(page, QUERIES)
                figures[name] = compare(
                    lambda: expect(floor.get("/floor/list/"), 200),
                    lambda client=client, address=address: expect(client.get(address), 200),  # type: ignore[misc]
                    rounds,
                    MOST_TIMES.get(page, RATIO),
                )
                figures[f"{name}, queries"] = Figure(1, len(queries), len(queries), most, "queries")
                figures[f"{name}, slowest"] = Figure(1, max(queries), max(queries), 100, "ms")
    return figures


def _prepare(world: str) -> None:
    branches, members, *more = map(int, world.split("x"))
    for command, options in (("migrate", {}), ("collectstatic", {"interactive": False})):
        call_command(command, verbosity=0, stdout=io.StringIO(), **options)
    if apps.get_model("branches", "Organisation")._default_manager.exists():
        return
    begin = time.monotonic()
    call_command(
        "load_world", branches=branches, members=members, meetings=more[0] if more else None, stdout=io.StringIO()
    )
    print(f"{world} loaded in {time.monotonic() - begin:.1f} s")
