"""Who may import, what is kept of a file and for how long."""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from branches.actions import grants
from branches.models import Member, Organisation, Particulars, Relation, RosterImport, User
from branches.roster import files
from branches.roster.actions import imports
from branches.roster.intake import intake
from branches.roster.register import branches_of, kept_by
from branches.tasks import expire_rosters
from jobs.models import Job
from tests.branches.roster_books import identity as number
from tests.branches.rosters import HEAD, NEW, SINCE, again, confirmed, done, media, send, sheet, uploaded
from workflow.actors import SYSTEM
from workflow.models import AuditEvent, History

pytestmark = pytest.mark.django_db
__all__ = ["media", "send"]  # fixtures


def sizes():
    return [model.objects.count() for model in (Member, Particulars, Relation)]


def test_the_right_is_asked_at_every_step_and_again_by_the_job(cast, send, tmp_path):
    rows = sheet(tmp_path / "other.xlsx", NEW)
    for stranger in (cast.member, cast.committee_member, cast.supervisor, cast.sibling, cast.secadmin):
        with pytest.raises(PermissionDenied):
            intake(actor=stranger, file=rows, organisation=cast.first, since=SINCE)
    assert list(files.folder().iterdir()) == []
    sent = send(NEW)
    for stranger in (cast.member, cast.supervisor, cast.sibling):
        for deed in (
            lambda who: imports.move(sent, "confirm", actor=who),
            lambda who: imports.answer(sent, actor=who, answers={}),
        ):
            with pytest.raises(PermissionDenied):
                deed(stranger)
    imports.move(sent, "confirm", actor=cast.secretary)
    cast.secretary.grants.update(revoked_at="2026-01-01T00:00:00Z")
    before = sizes()
    assert done(sent).job.state == "failed" and sizes() == before


def test_who_keeps_a_register_sees_its_imports(cast, send):
    send(NEW)
    seen = {name for name in ("secretary", "clerk", "officer", "member", "committee_member", "group_leader", "supervisor",
                              "liaison", "sibling", "stranger", "nobody", "sysadmin", "secadmin", "auditor")
            if RosterImport.objects.visible_to(getattr(cast, name)).exists()}  # fmt: skip
    assert seen == {"secretary", "clerk", "officer"}


def test_seeing_a_branch_is_not_keeping_its_register(cast):
    """A supervisor of the county who is also clerk of one branch: imports go there and nowhere else."""
    grants.grant(cast.supervisor, actor=SYSTEM, organisation=cast.second, office="clerk", since=SINCE)
    user = User.objects.get(pk=cast.supervisor.pk)
    assert set(Organisation.objects.visible_to(user)) > set(kept_by(user)) == {cast.second}
    assert branches_of(user, cast.county) == [cast.second]
    for name, kept in (("officer", 3), ("secretary", 1), ("liaison", 0), ("committee_member", 0), ("member", 0)):
        assert kept_by(User.objects.get(pk=getattr(cast, name).pk)).count() == kept, name


def test_the_files_go_when_the_import_ends(cast, send, django_capture_on_commit_callbacks):
    one, two = send(NEW), send(NEW)
    assert len(list(files.folder().iterdir())) == 4
    assert all(path.stat().st_mode & 0o077 == 0 for path in files.folder().iterdir())
    assert not [path for path in files.folder().iterdir() if "花名册" in path.name]
    with django_capture_on_commit_callbacks(execute=True):
        confirmed(one, cast.secretary)
        imports.move(two, "discard", actor=cast.secretary)
    assert list(files.folder().iterdir()) == []


def test_what_nobody_goes_on_with_is_given_up_after_a_month(cast, send, django_capture_on_commit_callbacks):
    old, fresh = send(NEW), send(NEW)
    RosterImport.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(31))
    stray = files.folder() / "left-by-a-killed-worker.sheet"
    stray.write_bytes(b"x")
    os.utime(stray, (0, 0))
    with pytest.raises(PermissionDenied):
        imports.expire(now=timezone.now(), actor=cast.officer)
    with django_capture_on_commit_callbacks(execute=True):
        expire_rosters()
    assert (again(old).state, again(fresh).state) == ("discarded", "checked")
    assert {path.stem for path in files.folder().iterdir()} == {fresh.file_key}


def test_a_file_that_is_refused_is_not_kept(cast, tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"<html>")
    with pytest.raises(ValidationError):
        intake(actor=cast.secretary, file=uploaded(path), organisation=cast.first, since=SINCE)
    assert list(files.folder().iterdir()) == [] and not RosterImport.objects.exists()


def test_no_identity_number_is_left_anywhere(cast, send):
    mine = number("11010119850612001")
    sent = send([(1, "林岚", "女", "1985-06", "2008-07", "正式", mine)] * 2, (*HEAD, "身份证号"))
    assert sent.counts["errors"] == 1
    assert mine not in (files.folder() / f"{sent.file_key}.json").read_text()
    for model in (RosterImport, History, AuditEvent, Job, Particulars):
        assert mine not in str(list(model._base_manager.values()))
