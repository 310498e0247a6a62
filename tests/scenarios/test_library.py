"""The case library-general-branch, as far as meetings go: the committees and assemblies of its branches prepare, and on one
afternoon everybody takes part in the rating."""

from datetime import date

import pytest

from branches.actions import members, organisations
from meetings.models import Meeting
from tests import cast as people
from tests.scenarios import library as case
from tests.scenarios.visits import Visitor, book, ledger, on, plain, serving, ticks_of
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db

SINCE, AFTER = date(2000, 9, 1), date(2003, 5, 27)
POSTS = ("secretary", "organisation", "publicity")


class Library:
    """The branches below the general branch: of each the members in order and the secretary's account."""

    def __init__(self):
        top = organisations.found(case.GENERAL, actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE)
        self.officer = serving("general", since=SINCE, office="officer", organisation=top)
        self.folk, self.secretaries = {}, {}
        for number, name in enumerate(case.BRANCHES):
            branch = organisations.found(f"中共云溪大学图书馆{name}支部委员会", actor=SYSTEM, kind="branch",
                                         branch_kind="single", since=SINCE, parent=top)  # fmt: skip
            size = case.IN_SERVICE // len(case.BRANCHES) + (number < case.IN_SERVICE % len(case.BRANCHES))
            self.folk[branch] = [self._enrol(branch, number, n) for n in range(size)]
            for person, post in zip(self.folk[branch], POSTS, strict=False):
                members.name_to_post(person, actor=SYSTEM, organisation=branch, kind=post, since=SINCE)
            secretary = serving(
                f"secretary{number}", self.folk[branch][0], since=SINCE, office="secretary", organisation=branch
            )
            self.secretaries[branch] = secretary

    @staticmethod
    def _enrol(branch, number, n):
        name = f"{'甲乙丙丁'[number]}{'一二三四五六七八九'[n // 9]}{'金木水火土风云雨雪'[n % 9]}"
        return people.enrol(name, branch, since=SINCE, position=n)


@pytest.fixture
def library(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with on(date(2003, 5, 2)):
        library = Library()
    library.officer = Visitor(library.officer)
    library.secretaries = {branch: Visitor(user) for branch, user in library.secretaries.items()}
    return library


def test_the_rating_stage_of_the_library(library, django_capture_on_commit_callbacks):
    with on(AFTER):
        for branch, folk in library.folk.items():
            held(library, branch, "committee_meeting", folk[: len(POSTS)], case.PREPARED, case.PLAN, case.PLAN_AGENDA)
            held(
                library,
                branch,
                "general_meeting",
                folk,
                case.PREPARED,
                case.PLAN,
                case.PLAN_AGENDA,
                hours=("18:00", "19:00"),
            )
            held(library, branch, "general_meeting", folk, case.RATED, case.RATING, case.RATING_AGENDA)
        with django_capture_on_commit_callbacks():
            everybody_took_part_in_the_rating(library)
        every_branch_has_prepared(library)
        the_record_book_of_a_branch_tells_its_own(library)


def held(library, branch, form, folk, day, theme, agenda, hours=case.AFTERNOON):
    secretary = library.secretaries[branch]
    secretary.post(
        "meeting_create", query=f"?organisation={branch.pk}&form={form}", save="submit", confirmed="yes", theme=theme,
        agenda=agenda, started_at=f"{day} {hours[0]}", ended_at=f"{day} {hours[1]}", place="会议室", host=folk[0].pk,
        recorder=folk[1].pk, minutes_original="system", late_reason="Typed from the record book", **ticks_of(folk),
    )  # fmt: skip
    meeting = Meeting.objects.filter(organisation=branch, form=form, theme=theme).latest("pk")
    assert meeting.get_state_display() == "已归档"


def everybody_took_part_in_the_rating(library):
    """One afternoon, in each branch its own: together all who are in service, with nobody away."""
    rows, total = ledger(library.officer, held_after=case.RATED, held_before=case.RATED)
    assert len(rows) == len(case.BRANCHES)
    assert total[9:13] == [case.IN_SERVICE, case.IN_SERVICE, 0, 0]
    assert {row[3] for row in rows} == {case.RATING}
    page = library.officer.get("meeting_list", held_after=case.RATED, held_before=case.RATED).content.decode()
    assert all(f"{len(folk)} / {len(folk)}" in page for folk in library.folk.values())


def every_branch_has_prepared(library):
    """The committee and the assembly of each: to the committee's only the committee was due."""
    rows, _total = ledger(library.officer, held_after=case.PREPARED, held_before=case.PREPARED)
    by_form = {form: sum(row[9] for row in rows if row[2] == form) for form in {row[2] for row in rows}}
    assert by_form["支部党员大会"] == case.IN_SERVICE
    assert sorted(by_form.values()) == [len(POSTS) * len(case.BRANCHES), case.IN_SERVICE]


def the_record_book_of_a_branch_tells_its_own(library):
    branch, folk = next(iter(library.folk.items()))
    meeting = Meeting.objects.get(organisation=branch, theme=case.RATING)
    words = plain(book(library.secretaries[branch], meeting, "record", "a5"))
    for told in ("2003年5月16日14:00—17:00", f"{len(folk)}人", "3. 无记名测评", branch.name):
        assert told in words, told
    signers = book(library.secretaries[branch], meeting, "sign-in")
    elsewhere = [person.name for other, people_ in library.folk.items() if other != branch for person in people_]
    assert all(person.name in signers for person in folk) and not any(name in signers for name in elsewhere)
