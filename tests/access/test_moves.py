"""Every move of every record against every visitor, written by hand from docs/rights.md.

yes: made, and told in the history · 403 sees the record, lacks the right · 404 sees no such record · for `ano` 302, sent
to the sign-in. Each line first puts the record into the state it begins from.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from appraisals.materials import actions as writing
from appraisals.models import (
    Comment,
    Digest,
    DisposalFile,
    Evaluation,
    Grade,
    Grading,
    MakeupItem,
    Material,
    Opinion,
    OpinionAnswer,
    OpinionPage,
    Progress,
    Round,
    Visit,
    Vote,
)
from branches.actions import transfers
from branches.models import Transfer, User
from figures.models import TypedTotal
from meetings import actions as meetings
from meetings.models import FormExemption, Meeting, OwnForm, Talk
from rectification.models import CommonProblem, Pledge, Problem, Publication
from tests import cast as people
from tests.access import grades, materials, promised
from tests.access.tables import read
from tests.access.visitors import EVERYBODY
from workflow.actors import SYSTEM
from workflow.models import History

MOVES = """
#                                              ano nob mem led clk com sec sib sup off inn lia str sys sea aud rev exp
submitted   draft     submit    submitted      302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
submitted   returned  submit    submitted      302 404 403 403 403 403 yes 404 403 403 403 403 404 404 404 404 404 403
submitted   submitted withdraw  draft          302 404 403 403 403 403 yes 404 403 403 403 403 404 404 404 404 404 403
submitted   submitted accept    filed          302 404 403 403 403 403 403 404 yes yes yes 403 404 404 404 404 404 403
submitted   submitted send_back returned       302 404 403 403 403 403 403 404 yes yes yes 403 404 404 404 404 404 403
submitted   draft     void      void           302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
submitted   returned  void      void           302 404 403 403 403 403 yes 404 403 403 403 403 404 404 404 404 404 403
draft       draft     file      filed          302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
draft       returned  file      filed          302 404 403 403 403 403 yes 404 403 403 403 403 404 404 404 404 404 403
draft       filed     send_back returned       302 404 403 403 403 403 403 404 yes yes yes 403 404 404 404 404 404 403
draft       draft     void      void           302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
group_draft draft     file      filed          302 404 404 yes 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
group_draft draft     void      void           302 404 404 yes 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
group_filed filed     send_back returned       302 404 403 403 403 403 403 404 yes yes yes 403 404 404 404 404 404 403
of_sibling  filed     send_back returned       302 404 404 404 404 404 404 403 yes yes yes 403 404 404 404 404 404 404
far         draft     void      void           302 404 404 404 404 404 404 404 404 404 404 404 403 404 404 404 404 404
to_come     planned   announce  announced      302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
to_come     planned   cancel    cancelled      302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
come        planned   begin     draft          302 404 404 404 yes 403 yes 404 403 403 403 403 404 404 404 404 404 404
come        announced begin     draft          302 404 403 403 yes 403 yes 404 403 403 403 403 404 404 404 404 404 403
called      announced cancel    cancelled      302 404 403 yes 403 403 yes 404 403 403 403 403 404 404 404 404 404 403
exempted    in_force  end       ended          302 404 404 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
laid_down   in_use    end       ended          302 404 403 403 403 403 403 403 403 yes yes 403 404 404 404 404 404 403
laid_down   ended     resume    in_use         302 404 403 403 403 403 403 403 403 yes yes 403 404 404 404 404 404 403
owed        draft     submit    submitted      302 404 404 404 yes 403 403 404 403 403 403 403 404 404 404 404 404 404
owed        returned  submit    submitted      302 404 404 404 yes 403 403 404 403 403 403 403 404 404 404 404 404 404
material    submitted withdraw  draft          302 404 yes 404 403 403 403 404 403 403 403 403 404 404 404 404 404 404
material    submitted suggest   submitted      302 404 403 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
material    submitted send_back returned       302 404 403 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
material    submitted accept    accepted       302 404 403 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
top         submitted withdraw  draft          302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
top         submitted suggest   submitted      302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
top         submitted send_back returned       302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
top         submitted accept    accepted       302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
together    draft     submit    submitted      302 404 404 404 403 yes yes 404 403 403 403 403 404 404 404 404 404 404
together    submitted withdraw  draft          302 404 404 404 403 yes yes 404 403 403 403 403 404 404 404 404 404 404
together    submitted suggest   submitted      302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
together    submitted send_back returned       302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
together    submitted accept    accepted       302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
chained     submitted pass_on   submitted      302 404 404 404 404 404 404 403 403 yes yes 403 404 404 404 404 404 404
unwritten   draft     enter     submitted      302 404 404 404 yes 403 yes 404 403 403 403 403 404 404 404 404 404 404
unwritten   returned  enter     submitted      302 404 404 404 yes 403 yes 404 403 403 403 403 404 404 404 404 404 404
unheard     draft     hear      accepted       302 404 404 403 yes 403 yes 404 403 403 403 403 404 404 404 404 404 404
unheard     returned  hear      accepted       302 404 404 403 yes 403 yes 404 403 403 403 403 404 404 404 404 404 404
comment     open      answer    answered       302 404 yes 404 404 404 403 404 404 404 404 404 404 404 404 404 404 404
comment     open      resolve   resolved       302 404 403 404 404 404 yes 404 404 404 404 404 404 404 404 404 404 404
comment     answered  resolve   resolved       302 404 403 404 404 404 yes 404 404 404 404 404 404 404 404 404 404 404
planned     draft     open      open           302 404 404 404 404 404 404 404 403 yes yes 403 404 404 404 404 404 404
round       open      close     closed         302 404 403 403 403 403 403 403 403 yes yes 403 404 404 404 404 404 403
gate        working   request   requested      302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
gate        returned  request   requested      302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
gate        ahead     exempt    exempt         302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
gate        returned  exempt    exempt         302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
gate        requested take_back working        302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
gate        requested pass_on   passed         302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
gate        requested consent   passed         302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
gate        working   exempt    exempt         302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
gate        exempt    include   working        302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
makeup      open      make_up   done           302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
makeup      done      close     closed         302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
makeup      done      reject    open           302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
makeup      open      void      void           302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
evaluation  given     note      noted          302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
evaluation  given     take_back draft          302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
evaluation  noted     take_back draft          302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
evaluation  draft     give      given          302 404 404 404 404 404 404 404 yes yes yes 404 404 404 404 404 404 404
talk        held      void      void           302 404 403 404 yes 403 yes 404 403 403 403 403 404 404 404 404 404 404
notes       standing  void      void           302 404 403 404 yes 403 yes 404 403 403 403 403 404 404 404 404 404 404
opinion     received  void      void           302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
opinion_top received  void      void           302 404 404 404 403 404 404 404 403 yes yes 403 404 404 404 404 404 404
digest      draft     feed_back fed_back       302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
digest      draft     void      void           302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
digest      fed_back  acknowledge acknowledged 302 404 yes 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
digest_top  draft     feed_back fed_back       302 404 404 404 403 404 404 404 403 yes yes 403 404 404 404 404 404 404
digest_top  draft     void      void           302 404 404 404 403 404 404 404 403 yes yes 403 404 404 404 404 404 404
digest_top  fed_back  acknowledge acknowledged 302 404 404 404 403 yes yes 404 403 yes yes 403 404 404 404 404 404 404
door        asked     approve   open           302 404 404 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
door        asked     refuse    refused        302 404 404 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
door        open      close     closed         302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
answer      proposed  approve   published      302 404 403 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
answer      proposed  refuse    refused        302 404 403 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
answer      proposed  retract   withdrawn      302 404 403 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
answer      published retract   withdrawn      302 404 403 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
visit_draft draft     discard   void           302 404 404 404 404 404 404 404 yes 404 404 404 404 404 404 404 404 404
visit       submitted acknowledge acknowledged 302 404 404 404 404 403 yes 404 403 yes yes 403 404 404 404 404 404 404
visit       submitted void      void           302 404 404 404 404 403 403 404 yes yes yes 403 404 404 404 404 404 404
visit       acknowledged void   void           302 404 404 404 404 403 403 404 yes yes yes 403 404 404 404 404 404 404
vote        prepared  void      void           302 404 404 404 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 404
vote_open   handed_out open     open           302 404 403 403 yes 403 yes 404 403 403 403 403 404 404 404 404 404 403
vote_open   open      close     closed         302 404 yes 403 yes 403 yes 404 403 403 403 403 404 404 404 404 404 403
vote_open   handed_out to_paper prepared       302 404 403 403 yes 403 yes 404 403 403 403 403 404 404 404 404 404 403
vote_open   open      to_paper  prepared       302 404 403 403 yes 403 yes 404 403 403 403 403 404 404 404 404 404 403
vote_open   handed_out void     void           302 404 403 403 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 403
vote_open   open      void      void           302 404 403 403 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 403
vote_closed closed    void      void           302 404 403 403 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 403
vote_closed counted   recount   closed         302 404 403 403 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 403
vote_counted counted  recount   prepared       302 404 yes 403 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 403
vote_counted counted  confirm   confirmed      302 404 yes 403 403 yes 403 404 403 yes yes 403 404 404 404 404 404 403
vote_counted counted  confirm_signed confirmed 302 404 yes 403 403 yes yes 404 403 yes yes 403 404 404 404 404 404 403
vote_counted counted  void      void           302 404 403 403 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 403
vote_counted confirmed annul    void           302 404 403 403 403 403 403 404 403 yes yes 403 404 404 404 404 404 403
problem     unclaimed claim     underway       302 404 yes 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     underway  request   closing_requested 302 404 yes 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     returned  request   closing_requested 302 404 yes 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     standing  request   closing_requested 302 404 yes 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     closing_requested withdraw underway 302 404 yes 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem_standing closing_requested withdraw standing 302 404 yes 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     closing_requested close closed      302 404 403 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
problem     closing_requested close_by_assembly closed 302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     closing_requested send_back returned 302 404 403 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
problem     closing_requested hold standing     302 404 403 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
problem_asked closing_requested close closed    302 404 403 404 403 yes yes 404 403 403 403 403 404 404 404 404 404 404
problem_asked closing_requested hold standing   302 404 403 404 403 yes yes 404 403 403 403 403 404 404 404 404 404 404
problem_chief closing_requested close closed    302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
problem_chief closing_requested send_back returned 302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
problem_team closing_requested close closed     302 404 404 404 403 403 403 404 yes yes yes 403 404 404 404 404 404 404
problem_quick unclaimed close_at_once closed    302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem_quick underway close_at_once closed     302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem_quick returned close_at_once closed     302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem_signed closing_requested close closed   302 404 404 404 404 404 404 403 yes yes yes 403 404 404 404 404 404 404
problem_signed closing_requested close_signed closed 302 404 404 404 404 404 404 yes 403 yes yes 403 404 404 404 404 404 404
problem     unclaimed void      void           302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     underway  void      void           302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     closing_requested void void        302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     returned  void      void           302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     standing  void      void           302 404 403 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
problem     closed    void      void           302 404 403 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
problem_imported closed void    void           302 404 404 404 403 403 yes 404 403 yes yes 403 404 404 404 404 404 404
grade       draft     decide    decided        302 404 404 404 404 yes yes 404 404 404 404 404 404 404 404 404 404 404
grade       returned  decide    decided        302 404 404 404 404 yes yes 404 404 404 404 404 404 404 404 404 404 404
grade       proposed  take_back draft          302 404 404 404 404 yes yes 404 404 404 404 404 404 404 404 404 404 404
grade       decided   reopen    draft          302 404 404 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       submitted withdraw  decided        302 404 404 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       submitted approve   approved       302 404 404 404 404 403 403 404 403 yes yes 404 404 404 404 404 404 404
grade       submitted give_back returned       302 404 404 404 404 403 403 404 403 yes yes 404 404 404 404 404 404 404
grade       reported  give_back returned       302 404 403 404 404 403 403 404 403 yes yes 404 404 404 404 404 404 404
grade       decided   feed_back fed_back       302 404 404 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       approved  feed_back fed_back       302 404 404 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       fed_back  agree     agreed         302 404 yes 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       unspoken  agree     agreed         302 404 yes 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       fed_back  object    objected       302 404 yes 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       unspoken  object    objected       302 404 yes 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       fed_back  no_word   unspoken       302 404 403 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       objected  answer    answered       302 404 403 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       objected  reconsider draft         302 404 403 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       objected  pass_up   appealed       302 404 403 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       answered  appeal    appealed       302 404 yes 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       appealed  conclude  concluded      302 404 403 404 404 403 403 404 403 yes yes 404 404 404 404 404 404 404
grade       appealed  send_down draft          302 404 403 404 404 403 403 404 403 yes yes 404 404 404 404 404 404 404
grade       agreed    report    reported       302 404 403 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       unspoken  report    reported       302 404 403 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade       answered  report    reported       302 404 403 404 404 yes yes 404 403 403 403 404 404 404 404 404 404 404
grade_met   draft     propose   proposed       302 404 404 404 404 404 yes 404 404 404 404 404 404 404 404 404 404 404
grade_met   proposed  meet      met            302 404 404 404 404 404 yes 404 404 404 404 404 404 404 404 404 404 404
grade_met   met       decide    decided        302 404 404 404 404 403 yes 404 404 404 404 404 404 404 404 404 404 404
grade_met   decided   submit    submitted      302 404 404 404 404 404 yes 404 403 403 403 404 404 404 404 404 404 404
grade_top   fed_back  object    appealed       302 404 404 404 404 404 404 yes 403 yes yes 404 404 404 404 404 404 404
grade_top   unspoken  object    appealed       302 404 404 404 404 404 404 yes 403 yes yes 404 404 404 404 404 404 404
grading_told open     announce  announced      302 404 404 404 404 404 404 yes 403 yes yes 403 404 404 404 404 404 404
grading_told announced retract  open           302 404 404 404 404 404 404 yes 403 yes yes 403 404 404 404 404 404 404
common      open      close     closed         302 404 403 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
common      closed    reopen    open           302 404 403 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
common      open      void      void           302 404 403 404 403 403 403 404 403 yes yes 403 404 404 404 404 404 404
disposal    open      close     closed         302 404 404 404 404 404 yes 404 404 yes yes 404 404 404 404 404 404 404
disposal    open      void      void           302 404 404 404 404 404 yes 404 404 yes yes 404 404 404 404 404 404 404
transfer    offered   take_over accepted       302 404 403 404 403 403 403 yes 403 yes yes 403 404 404 404 404 404 404
transfer    offered   refuse    refused        302 404 403 404 403 403 403 yes 403 yes yes 403 404 404 404 404 404 404
transfer    offered   retract   withdrawn      302 404 403 404 yes 403 yes 403 403 yes yes 403 404 404 404 404 404 404
transfer    accepted  take_back withdrawn      302 404 403 404 yes 403 yes yes 403 yes yes 403 404 404 404 404 404 404
total       typed     confirm   confirmed      302 404 404 404 403 403 yes 404 403 403 403 403 404 404 404 404 404 404
total       typed     void      void           302 404 404 404 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 404
total       confirmed void      void           302 404 404 404 yes 403 yes 404 403 yes yes 403 404 404 404 404 404 404
"""
LINES = read(MOVES + promised.MOVES, 4)
# Imports of rosters: a button each in tests/test_access.py.
MODELS = (
    Meeting, Talk, FormExemption, OwnForm, Material, Comment, Round, Opinion, Digest, OpinionPage, OpinionAnswer,
    Transfer, TypedTotal, Progress, MakeupItem, Evaluation, Visit, Vote, Grade, Grading, DisposalFile, Problem, CommonProblem,
    Pledge, Publication,
)  # fmt: skip


def outcome(stage, visitor, subject, state, move, target):
    """`yes` where the move was made and told, otherwise the code."""
    model = type(subject)
    name, label = f"{model.NOUN or model._meta.model_name}_move", f"{subject.pk}/{move}"
    asked = {Material: materials.moved_by, Comment: materials.moved_by, Grade: grades.moved_by}.get(model)
    silent = asked and asked(stage, subject, move)
    address, data = silent or (stage.address_of(name, subject.pk, move), stage.MOVE)
    model.objects.filter(pk=subject.pk).update(state=state)
    told = History.objects.of(subject).count()
    with stage.asking(visitor, "POST", address, data) as response:
        now = model.objects.get(pk=subject.pk).state
        last = History.objects.of(subject).last()
        made = History.objects.of(subject).count() > told
    if not made:
        assert now == state, f"{label} {visitor}: moved without a word"
        return str(response.status_code)
    assert (last.move, last.source, last.target, now) == (move, state, target, target)
    assert last.actor_key == stage.users[visitor].actor_key
    return "yes"


def planned(stage, transfer):
    """The transfer as accepted for tomorrow: only then is there anything to take back."""
    Transfer.objects.filter(pk=transfer.pk).update(since=stage.today + timedelta(1))
    transfers.move(Transfer.objects.get(pk=transfer.pk), "take_over", actor=stage.cast.sibling)


@EVERYBODY
@pytest.mark.parametrize("model", MODELS)
def test_every_visitor_makes_only_the_moves_that_the_page_of_rights_gives_him(stage, model, visitors):
    subjects = {label: row for label, row in stage.moving.items() if isinstance(row, model)}
    wrong = []
    for line in LINES:
        label, *words = line.words
        for visitor in visitors if label in subjects else ():
            with transaction.atomic():
                is_planned = model is Transfer and words[1] == "take_back"
                if is_planned:
                    planned(stage, subjects[label])
                found = outcome(stage, visitor, subjects[label], *words)
                transaction.set_rollback(is_planned)
            if found != line.codes[visitor]:
                wrong.append(f"{line} {visitor}: {found}, the table says {line.codes[visitor]}")
    assert not wrong, "\n".join(["", *wrong])


def test_every_move_of_the_tables_is_in_the_table(stage):
    words = (line.words for line in LINES)
    written = {(type(stage.moving[label]), move, state, target) for label, state, move, target in words}
    # Part of another deed and no button: both steps of a correction, a meeting put off, a total replaced by the next.
    silent = {(Meeting, "revise", "filed", "returned"), (Meeting, "reschedule", "announced", "announced")}
    silent |= {(Opinion, "sort", "received", "sorted"), (Opinion, "release", "sorted", "received")}
    silent |= {(Opinion, "seal", "received", "sealed")}
    silent |= {(TypedTotal, "replace", state, "void") for state in ("typed", "confirmed")}
    # Of a branch in a stage: with the stage before, by a form of its own, of stages left otherwise, of merged branches.
    silent |= {(Progress, move.name, str(move.source), str(move.target)) for move in Progress.MOVES
               if move.name in ("begin", "extend", "give_back", "report", "finish", "merge")}  # fmt: skip
    # Of a visit: from the page on which it is written, and by its correction.
    silent |= {(Visit, "submit", "draft", "submitted")}
    silent |= {(Visit, "replace", state, "replaced") for state in ("submitted", "acknowledged")}
    # Of a vote: on the page that prints slips, and on those that take or count totals.
    silent |= {(Vote, "hand_out", "prepared", "handed_out")}
    silent |= {(Vote, "count", state, "counted") for state in ("prepared", "closed")}
    # Of a grade: the page that takes the numbers of the assembly.
    silent |= {(Grade, "vote", state, "decided") for state in ("met", "returned")}
    for model in MODELS:
        listed = {(model, move.name, str(move.source), str(move.target)) for move in model.MOVES}
        assert {row for row in written if row[0] is model} == listed - silent


# --- one person, several offices ------------------------------------------------------------------------------------------
@pytest.fixture
def both(world):
    """The secretary of the first branch, who is also officer of the county."""
    people.grants.grant(
        world.secretary, actor=SYSTEM, organisation=world.county, office="officer", since=date(2020, 1, 1)
    )
    return User.objects.get(pk=world.secretary.pk)


@pytest.mark.parametrize("move", ["accept", "send_back"])
def test_who_submitted_a_record_decides_nothing_about_it(both, world, move):
    with pytest.raises(PermissionDenied):
        meetings.move(world.meeting, move, actor=both, note="Because")


def test_who_filed_a_record_does_not_return_it(both, world):
    meetings.move(world.draft_meeting, "file", actor=both)
    with pytest.raises(PermissionDenied):
        meetings.move(world.draft_meeting, "send_back", actor=both, note="Because")


def test_another_of_the_same_office_decides(both, world):
    meetings.move(world.meeting, "accept", actor=world.officer)
    assert Meeting.objects.get(pk=world.meeting.pk).state == "filed"


@pytest.mark.parametrize("move", ["accept", "send_back", "suggest"])
def test_nobody_reviews_himself_though_he_oversees_himself(both, world, move):
    writing.submit(world.secretary_material, {"1": "Words"}, actor=both, seen=0)
    with pytest.raises(PermissionDenied):
        writing.move_material(world.secretary_material, move, actor=both, note="Because")
    assert not Material.objects.awaiting(both).filter(pk=world.secretary_material.pk).exists()


def test_nobody_reviews_himself_though_he_has_become_secretary_since(world):
    people.grants.grant(
        world.member, actor=SYSTEM, organisation=world.first, office="secretary", since=date(2020, 1, 1)
    )
    member = User.objects.get(pk=world.member.pk)
    assert world.material.reviewer == "branch"
    with pytest.raises(PermissionDenied):
        writing.move_material(world.material, "accept", actor=member)
    writing.move_material(world.material, "accept", actor=world.secretary)
