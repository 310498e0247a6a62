"""What was written stays with those it was written for: canary words in drafts, minutes and materials appear on no page of
an administrator, on no page of anybody else while they are a draft, and in no other table, log, cookie or export (I9)."""

import logging
import re
import zipfile
from io import BytesIO

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Comment, DigestText, Draft, OpinionText, SealedOpinion, Version, Visit
from branches.models import Particulars, User
from jobs import files, runner
from jobs.models import Job
from meetings.models import Claim, Minutes, SpokenRemark
from reminders.mail.post import post
from reminders.models import Mailbox, Notice
from reports import actions as reports
from tests import cast as people
from tests.access.stage import HTMX, Stage
from tests.cached import cached
from tests.reminders.sink import Sink
from tests.test_access import GETS, LINES, LISTS
from workflow.models import History

CANARIES = {
    # word, and the only tables that may hold it
    "SPOKEN-WORDS": {Minutes},
    "WRITTEN-WORDS": {Draft, Version, Comment},  # a comment holds on to the passage it is about
    "TOP-WORDS": {Draft, Version},
    "DRAFT-WORDS": {Draft},
    "TOGETHER-WORDS": {Draft},
    "NOTE-WORDS": {History},
    "RAW-WORDS": {OpinionText},
    "RAW-OF-CHIEF": {OpinionText},
    "RAW-GATHERED": {OpinionText},
    "SEALED-WORDS": {SealedOpinion},
    "TOLD-WORDS": {DigestText},
    "DIGEST-WORDS": {DigestText},
    "DRAFT-OF-VISIT": {Visit},
    "COMMENT-OF-VISIT": {Visit},
    "OPINION-OF-VISIT": {Visit},
    "PHONE-WORDS": {Particulars},
    "REMARK-WORDS": {SpokenRemark},
    "CLAIM-WORDS": {Claim},
}
slow = pytest.mark.slow
ADMINISTRATORS = ("sys", "sea", "aud")
TYPED = ("OWN-WORDS-TYPED", "MINUTES-TYPED", "NEVER-A-PASSWORD")


@pytest.fixture
def stage(db, badges_stay):
    return Stage()


FILES = {"job_download", "attachment_download", "organisation_logo", "roster_template"}  # bytes of their own, no page


def pages(stage, visitor):
    """Whatever the table lets this visitor read; lists and parts of pages also as htmx asks for them."""
    for line in GETS:
        _method, name, label = line.words
        if line.codes[visitor] == "200" and name not in FILES:
            address = stage.address(name, label, visitor)
            for headers in ({}, HTMX) if label == "-" else ({},):
                yield f"{name} {label}", readable(stage.ask(visitor, "GET", address, **headers).content)


def readable(content):
    """A page as it is; of a Word file the text of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def holding(word):
    """The models with a row that has `word` in any column."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                kept = "as_text" if isinstance(field, models.JSONField) else field.name
                rows = model._base_manager.annotate(as_text=Cast(field.name, TextField())) if kept == "as_text" else (
                    model._base_manager.all()
                )  # fmt: skip
                if rows.filter(**{f"{kept}__contains": word}).exists():
                    found.add(model)
    return found


def test_an_administrator_reads_nobodys_words(stage):
    for visitor in ADMINISTRATORS:
        for page, text in pages(stage, visitor):
            assert not [word for word in CANARIES if word in text], (visitor, page)
            for theme in ("Life", "Draft", "committee_meeting"):  # nor what a meeting was about
                assert f">{theme}<" not in text, (visitor, page)


@slow
def test_a_draft_is_read_by_its_author_alone_and_raw_words_stand_on_one_page(stage):
    """Neither print nor Word, file or list of anybody's repeats what is kept for few readers (F34)."""
    kept = ("DRAFT-WORDS", "TOGETHER-WORDS", "NOTE-WORDS", "DRAFT-OF-VISIT", "REMARK-WORDS")
    readers = {word: set() for word in kept}
    for visitor in ("mem", "led", "clk", "com", "sec", "sib", "sup", "off", "inn", "lia", "exp"):
        for page, text in pages(stage, visitor):
            for word, places in readers.items():
                places |= {(visitor, page)} if word in text else set()
    assert readers == {
        "DRAFT-WORDS": {("clk", "material_edit owed")},
        "TOGETHER-WORDS": {("com", "material_edit together"), ("sec", "material_edit together")},
        "DRAFT-OF-VISIT": {("sup", "visit_detail visit_draft"), ("sup", "visit_edit visit_draft")},
        "NOTE-WORDS": {("mem", "material_detail material"), ("sec", "material_detail material")},
        "REMARK-WORDS": {(v, "criticism_list submitted") for v in ("clk", "com", "sec", "sup", "off", "inn")},
    }


@slow
def test_no_search_finds_what_was_written(stage):
    """A list that looked into words would tell by its rows what it does not print."""
    searched = set()
    for _method, name, label in {line.words for line in LISTS}:
        for visitor in ("sec", "off", "com"):
            address = stage.address(name, label, visitor)
            for word in CANARIES if _searches(stage.ask(visitor, "GET", address)) else ():
                assert stage.ask(visitor, "GET", f"{address}?q={word}").context["page"].total == 0, (
                    name,
                    visitor,
                    word,
                )
                searched.add(name)
    assert len(searched) > 12


def _searches(response):
    """True for a list with a field to search by."""
    conditions = getattr((response.context or {}).get("page"), "conditions", None)
    return conditions is not None and b'name="q"' in response.content


@pytest.mark.parametrize("visitor", ["sib", *(pytest.param(v, marks=slow) for v in ("com", "off", "sea"))])
def test_no_refusal_repeats_what_somebody_wrote(stage, visitor):
    """The page that says no, to a post as to a reading, shows nothing of the row."""
    for line in LINES:
        method, name, label = line.words
        if line.codes[visitor] in ("403", "404"):
            response = stage.ask(visitor, method, stage.address(name, label, visitor), stage.posted(name, label))
            if response.status_code in (403, 404):
                text = response.content.decode()
                assert not [word for word in (*CANARIES, "NEW-WORDS") if word in text], (line, visitor)


def test_words_are_kept_in_one_place(stage):
    for word, places in CANARIES.items():
        assert holding(word), word
        assert holding(word) <= places, word


def test_what_a_row_calls_itself_quotes_nothing_that_was_written(stage):
    """Its name goes into history, audit log and notices."""
    models = (
        Draft,
        Version,
        Minutes,
        Particulars,
        User,
        SpokenRemark,
        Claim,
        OpinionText,
        SealedOpinion,
        DigestText,
        Visit,
    )
    for model in models:
        for row in model._base_manager.all():
            assert not [word for word in CANARIES if word in str(row)]


def test_what_is_typed_goes_into_no_log_and_no_cookie(client, world, caplog):
    """The whole way of a text, with every refusal on it, under the most talkative logging."""
    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    cookies = []

    def post(user, name, *args, **data):
        client.force_login(user)
        response = client.post(reverse(name, args=args), data)
        cookies.extend(morsel.value for morsel in client.cookies.values())
        return response.status_code

    words = {"aspect_1": TYPED[0], "aspect_2": TYPED[0]}
    owed, draft = world.owed.pk, world.draft_meeting.pk
    assert post(world.clerk, "material_autosave", owed, **words, revision=0) == 200
    assert post(world.clerk, "material_autosave", owed, **words, revision=0) == 409
    assert post(world.clerk, "material_autosave", owed, aspect_1=TYPED[0] * 5000, revision=1) == 422
    assert post(world.clerk, "material_edit", owed, **words, revision=9, save="draft") == 409
    assert post(world.clerk, "material_edit", owed, **words, revision="x") == 200
    assert post(world.secretary, "material_edit", owed, **words, revision=1) == 403
    assert post(world.sibling, "material_edit", owed, **words, revision=1) == 404
    assert post(world.clerk, "material_edit", owed, **words, revision=1, save="submit") == 302
    meeting = {"theme": "Theme", "started_at": "2021-02-30", "minutes": TYPED[1], "minutes_original": "system"}
    assert post(world.clerk, "meeting_edit", draft, **meeting, version=1, save="draft") == 200
    meeting["started_at"] = "2026-03-03 09:00"
    assert post(world.clerk, "meeting_edit", draft, **meeting, version=9, save="draft") == 409
    assert post(world.secretary, "meeting_edit", draft, **meeting, version=1, save="submit") == 200
    assert post(world.clerk, "meeting_edit", draft, **meeting, version=1, save="draft") == 302
    assert post(world.sibling, "meeting_edit", draft, **meeting, version=2, save="draft") == 404
    assert post(world.clerk, "meeting_edit", draft, **{**meeting, "theme": "\x00"}) == 400
    login = {"login": "clerk", "password": TYPED[2]}
    client.logout()
    client.post(reverse("account_login"), login)

    assert caplog.records  # the log was listened to
    for word in TYPED:
        assert word not in caplog.text
        assert not [cookie for cookie in cookies if word in str(cookie)]
    assert holding(TYPED[0]) <= {Draft, Version}
    assert holding(TYPED[1]) <= {Minutes}
    assert holding(TYPED[2]) == set()


def test_a_code_on_paper_is_kept_nowhere(client, cast, caplog):
    """From the printed sheet to the first sign-in, with refusals on the way: not in rows, log, cookies, session, cache."""
    caplog.set_level(logging.DEBUG)
    paper = people.enrol("白纸", cast.first)
    client.force_login(cast.secretary)
    sheet = client.post(reverse("slip_create"), {"selected": paper.pk}).content.decode()
    (code,) = re.findall(r"(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}", sheet)
    (login,) = re.findall(r"baizhi[0-9]{4}", sheet)
    client.logout()
    typed = {"login": login, "code": code, "password": TYPED[2], "again": TYPED[2]}
    for faults in ({"again": "x"}, {"password": "1234567890", "again": "1234567890"}, {"login": "other"}, {}):
        client.post(reverse("activate"), typed | faults)
    assert "_auth_user_id" in client.session  # the last one was right
    kept = [*cached(), *dict(client.session).values()]
    kept += [morsel.value for morsel in client.cookies.values()]
    for word in (code, code.replace("-", ""), TYPED[2]):
        assert holding(word) == set()
        assert word not in caplog.text and word not in str(kept)


def test_what_is_typed_about_somebody_goes_into_no_log_and_no_cookie(stage, caplog):
    caplog.set_level(logging.DEBUG)
    words = {"kind": "criticism", "about": str(stage.cast.people[4].pk), "speaker": "", "text": TYPED[0]}
    address = stage.address("remark_create", "submitted", "sec")
    for visitor, sent in (("sec", words | {"about": ""}), ("mem", words), ("sib", words), ("sec", words)):
        with stage.asking(visitor, "POST", address, sent) as response:
            assert not [cookie for cookie in response.cookies.values() if TYPED[0] in str(cookie)]
            assert holding(TYPED[0]) <= {SpokenRemark}
    assert response.status_code == 302
    assert caplog.records and TYPED[0] not in caplog.text


def test_an_export_holds_no_words_of_minutes_and_its_job_no_words_at_all(stage):
    job = reports.export("meeting_ledger", "", actor=stage.cast.officer)
    runner.run_one(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.reason
    with zipfile.ZipFile(files.folder() / job.path) as book:
        text = "".join(book.read(name).decode() for name in book.namelist())
    assert "committee_meeting" in text  # a theme: the file is read rightly
    assert not [word for word in CANARIES if word in text]
    assert not [row for row in Job.objects.values_list("params", "reason") if any(w in str(row) for w in CANARIES)]


def test_a_mail_holds_nothing_that_somebody_wrote_and_nobodys_name_but_the_readers(stage, settings):
    sink = Sink()
    settings.MAIL_SERVER, settings.MAIL_FROM = sink.settings, "noreply@county.example"
    for user in filter(None, stage.users.values()):
        Mailbox.objects.create(user=user, address=f"{user.username}@example.org", hour=6)
    Notice.objects.update(read_at=None)
    with time_machine.travel(f"{stage.today} 09:00+08:00", tick=False):
        post(timezone.now())
    sink.stop()
    names = {person.name for person in (*stage.cast.people, *stage.cast.siblings)}
    assert len(sink.messages) > 2
    for message in sink.messages:
        told = str(message) + message.get_content()
        assert not [word for word in CANARIES if word in told]
        assert len([name for name in names if name in told]) == 1
        assert not re.search(r"https?://[^/\s]+/\S", told)  # no link that leads further, with a key or without


def test_the_guard_finds_a_word_wherever_it_is_put(stage):
    stage.cast.meeting.theme = "a theme with SPOKEN-WORDS"
    stage.cast.meeting.save()
    assert holding("SPOKEN-WORDS") > CANARIES["SPOKEN-WORDS"]
    response = stage.ask("off", "GET", reverse("meeting_list"))
    assert "SPOKEN-WORDS" in response.content.decode()
