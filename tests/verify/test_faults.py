"""Each check finds the fault planted for it, and nothing else: one test a check, by name."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from appraisals.models import Material, Round, Version
from branches.actions import rules
from branches.models import Election, Grant, Group, Member, Organisation, Relation, Standing
from jobs import files, runner
from jobs.models import Job
from meetings.models import Attendance, Meeting
from reminders.actions import notices as reminders
from reminders.models import Delivery, Notice
from reports import actions as reports
from tests.cast import SINCE, enrol
from tests.conventions.source import tracked
from tests.verify.planting import found, plant, unguarded
from workflow import checking
from workflow.models import History


def test_every_check_has_a_fault_planted_for_it():
    files = [name for name in tracked() if re.fullmatch(r"tests/.*/test_faults[a-z_]*\.py", name)]
    told = (vars(import_module(name.removesuffix(".py").replace("/", "."))) for name in files)
    names = {name for module in told for name in module if name.startswith("test_fault_")}
    planted = {name.removeprefix("test_fault_") for name in names}
    assert planted == {one.name.replace(".", "_") for one in checking.registered()}


# --- one fault a check ----------------------------------------------------------------------------------------------
def test_fault_workflow_words_known(world):
    plant("UPDATE branches_standing SET category = 'good' WHERE member_id = %s", world.people[0].pk,
          tables=["branches_standing"])  # fmt: skip
    row = Standing.objects.get(member=world.people[0])
    assert found("workflow.words_known") == {"workflow.words_known": (f"branches.standing:{row.pk}",)}


def test_fault_workflow_state_told(world):
    plant("UPDATE meetings_meeting SET state = 'filed' WHERE id = %s", world.draft_meeting.pk)
    plant("UPDATE appraisals_material SET state = 'accepted' WHERE id = %s", world.owed.pk)
    keys = {f"meetings.meeting:{world.draft_meeting.pk}", f"appraisals.material:{world.owed.pk}"}
    assert set(found("workflow.state_told")["workflow.state_told"]) == keys


def test_fault_workflow_moves_known(world):
    told = History.objects.of(world.meeting).get(move="submit")
    plant("UPDATE workflow_history SET move = 'file' WHERE id = %s", told.pk, tables=["workflow_history"])
    assert found("workflow.moves_known") == {"workflow.moves_known": (f"workflow.history:{told.pk}",)}


def test_fault_workflow_moves_chain(world):
    told = History.objects.of(world.meeting).get(move="submit")
    plant("UPDATE workflow_history SET source = 'returned' WHERE id = %s", told.pk, tables=["workflow_history"])
    assert found("workflow.moves_chain") == {"workflow.moves_chain": (f"workflow.history:{told.pk}",)}


def test_fault_workflow_append_only(world):
    with unguarded("workflow_history"):
        (keys,) = found("workflow.append_only").values()
        assert all(key.startswith("workflow_history_") for key in keys)


def test_fault_workflow_secrets(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert found("workflow.secrets") == {}
    (tmp_path / "keys").mkdir()
    for name, words, mode in (("good", "x", 0o600), ("empty", "", 0o600), ("open", "x", 0o644)):
        (tmp_path / "keys" / name).write_text(words)
        (tmp_path / "keys" / name).chmod(mode)
    assert found("workflow.secrets") == {"workflow.secrets": ("keys/empty", "keys/open")}


def test_fault_branches_tree_depth(world):
    plant("UPDATE branches_organisation SET depth = 5 WHERE id = %s", world.first.pk)
    assert found("branches.tree_depth") == {"branches.tree_depth": (f"branches.organisation:{world.first.pk}",)}


def test_fault_branches_tree_parents(world):
    plant("UPDATE branches_organisation SET path = 'ZZZZ0001' WHERE id = %s", world.first.pk)
    assert found("branches.tree_parents") == {"branches.tree_parents": (f"branches.organisation:{world.first.pk}",)}


def test_fault_branches_tree_numchild(world):
    plant("UPDATE branches_organisation SET numchild = 1 WHERE id = %s", world.county.pk)
    assert found("branches.tree_numchild") == {"branches.tree_numchild": (f"branches.organisation:{world.county.pk}",)}


def test_fault_branches_tree_kinds(world):
    plant("UPDATE branches_organisation SET kind = 'branch', branch_kind = 'single' WHERE id = %s", world.county.pk)
    assert found("branches.tree_kinds") == {"branches.tree_kinds": (f"branches.organisation:{world.county.pk}",)}


def test_fault_branches_one_formal_relation(world):
    first = Relation.objects.get(member=world.people[0])
    kept = {"member": world.people[0], "organisation": world.second}
    past = Relation.objects.create(since=SINCE - timedelta(9), until=SINCE - timedelta(1), **kept)
    assert found("branches.one_formal_relation") == {}  # one ends the day before the other begins
    plant("UPDATE branches_relation SET until = %s WHERE id = %s", SINCE, past.pk, tables=["branches_relation"])
    assert found("branches.one_formal_relation") == {"branches.one_formal_relation": (f"branches.relation:{first.pk}",)}


def test_fault_branches_one_standing(world):
    standing = Standing.objects.get(member=world.people[0])
    Standing.objects.create(member=world.people[0], category="probationary", since=SINCE - timedelta(9), until=SINCE)
    assert found("branches.one_standing") == {"branches.one_standing": (f"branches.standing:{standing.pk}",)}


def test_fault_branches_relation_has_standing(world):
    plant("UPDATE branches_standing SET since = %s WHERE member_id = %s", SINCE + timedelta(1), world.people[0].pk)
    row = Relation.objects.get(member=world.people[0])
    assert list(found("branches.relation_has_standing").values()) == [(f"branches.relation:{row.pk}",)]


def test_fault_branches_relation_in_time(world):
    plant("UPDATE branches_organisation SET until = %s WHERE id = %s", timezone.localdate(), world.third.pk)
    assert found("branches.relation_in_time") == {}  # nobody belongs to it
    person = enrol("癸同志", world.third)
    grant = Grant.objects.create(user=world.nobody, organisation=world.third, office="clerk", since=SINCE)
    keys = (f"branches.relation:{person.relations.get().pk}", f"branches.grant:{grant.pk}")
    assert found("branches.relation_in_time") == {"branches.relation_in_time": keys}


def test_fault_branches_election_in_time(world):
    election = Election.objects.create(organisation=world.first, held_on=SINCE - timedelta(1))
    assert found("branches.election_in_time") == {"branches.election_in_time": (f"branches.election:{election.pk}",)}


def test_fault_branches_group_of_branch(world):
    row = Relation.objects.get(member=world.siblings[0])
    plant("UPDATE branches_relation SET group_id = %s WHERE id = %s", world.group.pk, row.pk)
    assert found("branches.group_of_branch") == {"branches.group_of_branch": (f"branches.relation:{row.pk}",)}


def test_fault_branches_grant_once(world):
    held = Grant.objects.get(user=world.secretary)
    until = timezone.localdate() + timedelta(9)
    twice = Grant.objects.create(
        user=held.user, organisation=held.organisation, office=held.office, since=SINCE, until=until
    )
    assert found("branches.grant_once") == {"branches.grant_once": (f"branches.grant:{twice.pk}",)}
    Grant.objects.filter(pk=twice.pk).update(revoked_at=timezone.now())
    assert found("branches.grant_once") == {}


def test_fault_branches_no_grant_of_administrators(world):
    held = Grant.objects.get(user=world.clerk)
    plant("UPDATE branches_user SET admin_role = 'audit' WHERE id = %s", world.clerk.pk, tables=["branches_user"])
    keys = (f"branches.grant:{held.pk}", f"branches.user:{world.clerk.pk}")
    assert found("branches.no_grant_of_administrators") == {"branches.no_grant_of_administrators": keys}


def test_fault_branches_grants_guarded(world):
    with unguarded("branches_grant"):
        assert found("branches.grants_guarded") == {"branches.grants_guarded": ("grant_not_for_administrators",)}


def test_fault_branches_facts_told(world):
    group = Group.objects.create(organisation=world.first, name="Silent", since=SINCE)
    member = Member.objects.create(name="无名")
    keys = (f"branches.group:{group.pk}", f"branches.member:{member.pk}")
    assert found("branches.facts_told") == {"branches.facts_told": keys}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE branches_ruleoverride SET severity = 'remind' WHERE id = {}",
        "UPDATE branches_ruleoverride SET code = 'unheard' WHERE id = {}",
        "UPDATE branches_ruleoverride SET parameters = '{{\"most\": 60}}' WHERE id = {}",
    ],
)
def test_fault_branches_rules_lawful(world, sql):
    setting = {"severity": "block", "parameters": {"most": 50}, "reason": "Ours"}
    row = rules.override_rule(world.county, 2026, "A1-2", actor=world.officer, **setting)
    assert found("branches.rules_lawful") == {}
    plant(sql.format(row.pk))
    assert found("branches.rules_lawful") == {"branches.rules_lawful": (f"branches.ruleoverride:{row.pk}",)}


def test_fault_appraisals_material_of_roster(world):
    plant("UPDATE appraisals_material SET organisation_id = %s WHERE id = %s", world.second.pk, world.material.pk)
    assert found("appraisals.material_of_roster") == {
        "appraisals.material_of_roster": (f"appraisals.material:{world.material.pk}",)
    }


def test_fault_appraisals_material_below_round(world):
    assert Material.objects.filter(round=world.round).count() > 2
    plant("UPDATE appraisals_round SET organisation_id = %s WHERE id = %s", world.second.pk, world.round.pk)
    (keys,) = found("appraisals.material_below_round").values()
    here = Material.objects.filter(organisation=world.first).values_list("pk", flat=True)
    assert set(keys) == {f"appraisals.material:{pk}" for pk in here}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE appraisals_material SET versions_count = 2 WHERE id = {}",
        "UPDATE appraisals_material SET versions_count = 0 WHERE id = {}",
        "UPDATE appraisals_version SET number = 2 WHERE material_id = {}",
    ],
)
def test_fault_appraisals_versions_counted(world, sql):
    plant(sql.format(world.material.pk))
    assert found("appraisals.versions_counted") == {
        "appraisals.versions_counted": (f"appraisals.material:{world.material.pk}",)
    }


def test_fault_appraisals_handed_in_has_words(world):
    Version.objects.filter(material=world.material).delete()
    assert found("appraisals.handed_in_has_words") == {
        "appraisals.handed_in_has_words": (f"appraisals.material:{world.material.pk}",)
    }


def test_fault_appraisals_reviewed_by_another(world):
    top, other = world.secretary_material.pk, world.material.pk
    plant("UPDATE appraisals_material SET reviewer = 'branch' WHERE id = %s", top)
    plant("UPDATE appraisals_material SET reviewer = 'above' WHERE id = %s", other)
    assert set(found("appraisals.reviewed_by_another")["appraisals.reviewed_by_another"]) == {
        f"appraisals.material:{top}",
        f"appraisals.material:{other}",
    }


def test_fault_jobs_files(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    job = reports.export("meeting_ledger", "", actor=world.officer)
    runner.run_one(job.pk)
    assert found("jobs.files") == {}
    (files.folder() / Job.objects.get(pk=job.pk).path).unlink()
    assert found("jobs.files") == {"jobs.files": (f"jobs.job:{job.pk}",)}


@pytest.fixture
def notice(world):
    reminders.scan(timezone.localdate())
    return Notice.objects.order_by("pk").first()


def test_fault_reminders_rules_known(notice):
    plant("UPDATE reminders_notice SET rule = 'unheard' WHERE id = %s", notice.pk)
    assert found("reminders.rules_known") == {"reminders.rules_known": (f"reminders.notice:{notice.pk}",)}


def test_fault_reminders_period_is_due_day(notice):
    plant("UPDATE reminders_notice SET period = '2020-01-01' WHERE id = %s", notice.pk)
    assert found("reminders.period_is_due_day") == {"reminders.period_is_due_day": (f"reminders.notice:{notice.pk}",)}


@pytest.fixture
def mailed(notice, world):
    """A digest, sent, that told the notice of another."""
    told = {"day": notice.due_on, "next_at": timezone.now(), "state": "sent", "kind": "digest"}
    mail = Delivery.objects.create(user=world.officer, message_id="m", **told)
    plant("UPDATE reminders_notice SET delivery_id = %s WHERE id = %s", mail.pk, notice.pk)
    return mail


def test_fault_reminders_mailed_to_recipient(mailed, notice):
    check = "reminders.mailed_to_recipient"
    assert found(check) == {check: (f"reminders.notice:{notice.pk}",)}


def test_fault_reminders_mails_tell(mailed, notice):
    plant("UPDATE reminders_notice SET delivery_id = NULL WHERE id = %s", notice.pk)
    assert found("reminders.mails_tell") == {"reminders.mails_tell": (f"reminders.delivery:{mailed.pk}",)}


def test_the_worlds_hold_what_the_checks_look_at(world):
    """So that a check that finds nothing has looked at something."""
    for model in (Organisation, Relation, Standing, Grant, Meeting, Attendance, Round, Material, Version, History):
        assert model._base_manager.exists(), model
