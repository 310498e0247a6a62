"""The site's pages and, beside them, the barest pages that show the same: what scripts/bench.py measures."""

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.collector import settle
from jobs.sqlite import measure_tables
from scripts.bench_board import bare_board
from scripts.bench_export import Figure

PAGE = 50
ACCOUNT, AUTHOR = "supervisor", "member"
PARAGRAPH = "对照要求，查找到的主要问题、原因和今后的改进措施。" * 20
BARE = {
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"],
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
}
# While both are measured: a session names the way in which its account is read.
MEASURED = {
    "ROOT_URLCONF": "scripts.bench_site",
    "AUTHENTICATION_BACKENDS": [*settings.AUTHENTICATION_BACKENDS, *BARE["AUTHENTICATION_BACKENDS"]],
}
TABLE = """<!doctype html><title>floor</title><table>{% localize off %}{% for row in rows %}<tr>{% for cell in row %}
<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}{% endlocalize %}</table>"""


@login_required
def bare_list(request: HttpRequest) -> HttpResponse:
    """Session, sign-in, one indexed query, ready strings in a template: what no list page can do without."""
    meetings = apps.get_model("meetings", "Meeting")._default_manager.order_by("-started_at", "-pk")
    columns = ("theme", "form", "organisation__name", "place", "state")
    rows = [
        (f"{timezone.localtime(moment):%Y-%m-%d %H:%M}", *texts)
        for moment, *texts in meetings.values_list("started_at", *columns)[:PAGE]
    ]
    template = engines["django"].from_string("{% load l10n %}" + TABLE)
    return HttpResponse(template.render({"rows": rows}, request))


@login_required
@require_POST
def bare_save(request: HttpRequest) -> JsonResponse:
    """Session, sign-in, one UPDATE of what was typed: what no autosave can do without."""
    drafts = apps.get_model("appraisals", "Draft")._default_manager.filter(pk=int(request.POST["draft"]))
    sections = {name: text for name, text in request.POST.items() if name.startswith("aspect_")}
    return JsonResponse({"saved": drafts.update(sections=sections, revision=F("revision") + 1)})


urlpatterns = [
    path("floor/save/", bare_save),
    path("floor/list/", bare_list),
    path("floor/board/", bare_board),
    path("floor/sign-in/", LoginView.as_view(next_page="/floor/list/")),
    path("", include("config.urls")),
]


def prepare(rows: int) -> None:
    """The demo world, with so many meetings in its list."""
    for command, options in (("migrate", {}), ("collectstatic", {"interactive": False}), ("demo", {})):
        call_command(command, verbosity=0, stdout=io.StringIO(), **options)
    meetings = apps.get_model("meetings", "Meeting")._default_manager
    sample = (
        meetings.exclude(state__in=("draft", "planned", "announced", "cancelled")).order_by("pk").first()
        or meetings.order_by("pk")[0]
    )
    values = {field.attname: getattr(sample, field.attname) for field in sample._meta.concrete_fields}
    del values[sample._meta.pk.attname]
    meetings.bulk_create([type(sample)(**values) for _ in range(rows - meetings.count())], batch_size=500)
    measure_tables()  # as the product does when it starts


def measure(rounds: int, password: str) -> dict[str, Figure]:
    """Every figure of this issue; `password` is the demo accounts'."""
    settle()  # as a server does
    with override_settings(**MEASURED):
        ours, floor = signed_in(), signed_in(backend=BARE["AUTHENTICATION_BACKENDS"][0])
        with override_settings(**BARE):
            floor.get("/floor/list/")  # a client keeps the middleware of its first request
        page = f"{reverse('meeting_list')}?size={PAGE}"
        with CaptureQueriesContext(connection) as queries:
            expect(ours.get(page), 200)
            asked = len(queries)  # now, for each request that follows empties the log

        bare_door, door = _client(), _client()  # a client loads its middleware once, as a server does

        def bare_sign_in() -> None:
            bare_door.cookies.clear()
            with override_settings(**BARE):
                words = {"username": ACCOUNT, "password": password}
                expect(bare_door.post("/floor/sign-in/", words), 302)

        def sign_in() -> None:
            door.cookies.clear()
            words = {"login": ACCOUNT, "password": password}
            expect(door.post(reverse("account_login"), words), 302)

        return {
            "list page": compare(
                lambda: expect(floor.get("/floor/list/"), 200), lambda: expect(ours.get(page), 200), rounds, 2.5
            ),
            "list page, queries": Figure(1, asked, asked, 10, "queries"),
            "autosave": _autosave(rounds),
            "sign-in": compare(bare_sign_in, sign_in, max(5, rounds // 4), 1.5),
        }


def _autosave(rounds: int) -> Figure:
    """A text of six headings saved again and again by its author, beside one UPDATE of it."""
    author = signed_in(AUTHOR)
    floor = signed_in(AUTHOR, BARE["AUTHENTICATION_BACKENDS"][0])
    materials = apps.get_model("appraisals", "Material")._default_manager
    owed = materials.filter(author__user__username=AUTHOR, state="draft").order_by("pk")[0]
    words = {f"aspect_{n}": PARAGRAPH for n in range(1, 7)}
    address, seen = reverse("material_autosave", args=[owed.pk]), 0

    def save() -> None:
        nonlocal seen
        answer = author.post(address, {**words, "revision": seen})
        expect(answer, 200)
        seen = answer.json()["revision"]

    def bare_save() -> None:
        nonlocal seen
        answer = floor.post("/floor/save/", {**words, "draft": draft})
        expect(answer, 200)
        seen += answer.json()["saved"]

    save()
    draft = apps.get_model("appraisals", "Draft")._default_manager.get(material=owed).pk
    with override_settings(**BARE):
        floor.get("/floor/list/")  # a client keeps the middleware of its first request
    return compare(bare_save, save, rounds, 1.5)


def compare(floor: Callable[[], None], ours: Callable[[], None], rounds: int, budget: float) -> Figure:
    """The medians of both calls in ms of CPU of this process, made in turn."""
    times: dict[Callable[[], None], list[float]] = {floor: [], ours: []}
    for _ in range(rounds + 2):
        for call, seen in times.items():  # in turn: a busy moment of the machine meets both
            begin = time.process_time()
            call()
            seen.append((time.process_time() - begin) * 1000)
    low, high = (statistics.median(seen[2:]) for seen in times.values())
    return Figure(low, high, high / low, budget, "ms CPU")


def _client() -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def signed_in(username: str = ACCOUNT, backend: str | None = None) -> Client:
    """A browser in which that account is signed in, the barest way where `backend` is Django's own."""
    client = _client()
    user = get_user_model()._default_manager.get(**{get_user_model().USERNAME_FIELD: username})
    client.force_login(user, backend or settings.AUTHENTICATION_BACKENDS[0])
    return client


def expect(answer: Any, status: int) -> None:
    """Raise AssertionError for any other status: a refusal is quick to measure."""
    if answer.status_code != status:
        raise AssertionError(f"{answer.request['PATH_INFO']}: {answer.status_code} instead of {status}")
