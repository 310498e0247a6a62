"""Every address of the site against every visitor. Codes are written by hand from docs/rights.md.

200 shown or done · 302 done and sent on, for `ano` sent to the sign-in · 403 sees the row, lacks the right · 404 sees no
such row · - this visitor has no such object. The page for a new record is a page and no row: whoever may record nowhere
gets 403 for any branch, elsewhere 404 for one he does not see. Visitors: access/stage.py. A new address fails unlisted.
New lines of a room go into access/addresses/<room>.txt, read with the table here.
"""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.access.stage import HTMX, Stage
from tests.access.tables import Line, read
from tests.access.visitors import EVERYBODY, SOME, VISITORS

ACCESS = """
#                                          ano nob mem led clk com sec sib sup off inn lia str sys sea aud rev exp
GET  dashboard           -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  session_list        -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST session_end         session           302 404 404 404 404 404 302 404 404 404 404 404 404 404 404 404 404 404

GET  copy_key            -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200

GET  organisation_list   -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  organisation_detail county            302 404 404 404 404 404 404 404 200 200 200 200 404 200 200 404 404 404
GET  organisation_detail first             302 404 200 200 200 200 200 404 200 200 200 200 404 200 200 404 404 200
GET  organisation_detail second            302 404 404 404 404 404 404 200 200 200 200 200 404 200 200 404 404 404
GET  organisation_detail third             302 404 404 404 404 404 404 404 404 404 404 404 200 200 200 404 404 404
GET  organisation_logo   county            302 404 200 200 200 200 200 200 200 200 200 200 404 200 200 404 404 200
GET  logo_edit           county            302 404 404 404 404 404 404 404 403 200 200 403 404 403 403 404 404 404
POST logo_edit           county            302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
POST logo_remove         county            302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
POST logo_remove         first             302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
GET  member_list         -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  member_detail       oneself           -   -   200 200 200 200 200 200 -   -   -   -   -   -   -   -   -   200
GET  member_detail       colleague         302 404 200 200 200 200 200 404 200 200 200 200 404 404 404 404 404 200
GET  member_detail       of_second         302 404 404 404 404 404 404 200 200 200 200 200 404 404 404 404 404 404
GET  member_detail       of_third          302 404 404 404 404 404 404 404 404 404 404 404 200 404 404 404 404 404

GET  member_change colleague/particulars    302 404 403 403 200 403 200 404 403 200 200 403 404 404 404 404 404 403
POST member_change colleague/particulars    302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/group          302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/post           302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/dismiss        302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/standing       302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/exempt         302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
GET  member_change colleague/unexempt       302 404 403 403 404 403 404 404 403 404 404 403 404 404 404 404 404 403
POST member_change colleague/limit          302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/flow           302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/guest          302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
GET  member_change colleague/transfer       302 404 403 403 200 403 200 404 403 200 200 403 404 404 404 404 404 403
POST member_change colleague/transfer       302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
POST member_change colleague/leave          302 404 403 403 302 403 302 404 403 302 302 403 404 404 404 404 404 403
GET  member_change colleague/unplan         302 404 403 403 404 403 404 404 403 404 404 403 404 404 404 404 404 403
GET  member_change of_second/transfer       302 404 404 404 404 404 404 200 403 200 200 403 404 404 404 404 404 404
GET  member_change oneself/particulars      -   -   403 403 200 403 200 200 -   -   -   -   -   -   -   -   -   403
GET  member_change colleague/unheard-of     302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET  organisation_change first/enter        302 404 403 403 200 403 200 404 403 200 200 403 404 403 403 404 404 403
POST organisation_change first/enter        302 404 403 403 302 403 302 404 403 302 302 403 404 403 403 404 404 403
POST organisation_change first/guest        302 404 403 403 302 403 302 404 403 302 302 403 404 403 403 404 404 403
POST organisation_change first/election     302 404 403 403 302 403 302 404 403 302 302 403 404 403 403 404 404 403
GET  organisation_change county/election    302 404 404 404 404 404 404 404 403 404 404 403 404 403 403 404 404 404
POST organisation_change first/group        302 404 403 403 302 403 302 404 403 302 302 403 404 403 403 404 404 403
GET  organisation_change first/secretary    302 404 403 403 403 403 403 404 403 200 200 403 404 403 403 404 404 403
POST organisation_change first/secretary    302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
POST organisation_change first/office       302 404 403 403 403 403 403 404 403 404 404 403 404 403 403 404 404 403
POST organisation_change first/rename       302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
POST organisation_change first/mode         302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
POST organisation_change first/place        302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
GET  organisation_change first/move         302 404 403 403 403 403 403 404 403 200 200 403 404 403 403 404 404 403
POST organisation_change first/move         302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
GET  organisation_change first/split        302 404 403 403 403 403 403 404 403 200 200 403 404 403 403 404 404 403
POST organisation_change first/split        302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
POST organisation_change first/dissolve     302 404 403 403 403 403 403 404 403 200 200 403 404 403 403 404 404 403
GET  organisation_change first/reopen       302 404 403 403 403 403 403 404 403 404 404 403 404 403 403 404 404 403
POST organisation_change fourth/merge       302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
POST organisation_change fourth/dissolve    302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
GET  organisation_change county/found       302 404 404 404 404 404 404 404 403 200 200 403 404 403 403 404 404 404
POST organisation_change county/found       302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
GET  organisation_change county/enter       302 404 404 404 404 404 404 404 403 404 404 403 404 403 403 404 404 404
GET  organisation_change county/rename      302 404 404 404 404 404 404 404 403 200 200 403 404 403 403 404 404 404
POST organisation_change county/rename      302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
GET  organisation_change county/place       302 404 404 404 404 404 404 404 403 403 403 403 404 403 403 404 404 404
POST organisation_change first/founded      302 404 403 403 403 403 403 404 403 302 302 403 404 403 403 404 404 403
POST organisation_change county/founded     302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
POST organisation_change third/enter        302 404 404 404 404 404 404 404 404 404 404 404 302 403 403 404 404 404
GET  transfer_list       -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  transfer_detail     transfer          302 404 200 404 200 200 200 200 200 200 200 200 404 404 404 404 404 404
POST transfer_move       transfer/take_over 302 404 403 404 403 403 403 302 403 302 302 403 404 404 404 404 404 404
POST transfer_move       transfer/refuse   302 404 403 404 403 403 403 302 403 302 302 403 404 404 404 404 404 404
POST transfer_move       transfer/retract  302 404 403 404 302 403 302 403 403 302 302 403 404 404 404 404 404 404
GET  rule_list           county            302 404 404 404 404 404 404 404 200 200 200 200 404 403 403 404 404 404
GET  rule_list           first             302 404 200 200 200 200 200 404 200 200 200 200 404 403 403 404 404 200
GET  rule_list           third             302 404 404 404 404 404 404 404 404 404 404 404 200 403 403 404 404 404
GET  rule_edit           county/2026/A1-2  302 404 404 404 404 404 404 404 403 200 200 403 404 403 403 404 404 404
POST rule_edit           county/2026/A1-2  302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
GET  rule_edit           first/2026/A1-2   302 404 403 403 403 403 403 404 403 403 403 403 404 403 403 404 404 403
POST rule_edit           first/2026/A1-2   302 404 403 403 403 403 403 404 403 403 403 403 404 403 403 404 404 403
POST rule_copy           county/2026       302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
GET  day_off_list        county            302 404 404 404 404 404 404 404 200 200 200 200 404 403 403 404 404 404
GET  day_off_list        first             302 404 200 200 200 200 200 404 200 200 200 200 404 403 403 404 404 200
POST day_off_list        county            302 404 404 404 404 404 404 404 403 302 302 403 404 403 403 404 404 404
POST day_off_list        first             302 404 403 403 403 403 403 404 403 403 403 403 404 403 403 404 404 403
POST day_off_withdraw    day_off           302 404 403 403 403 403 403 403 403 302 302 403 404 404 404 404 404 403
POST rule_copy           first/2026        302 404 403 403 403 403 403 404 403 403 403 403 404 403 403 404 404 403
GET  roster_list         -                 302 403 403 403 200 403 200 200 403 200 200 403 200 403 403 403 403 403
GET  roster_template     -                 302 403 403 403 200 403 200 200 403 200 200 403 200 403 403 403 403 403
GET  roster_create       -                 302 403 403 403 200 403 200 200 403 200 200 403 200 403 403 403 403 403
POST roster_create       -                 302 403 403 403 302 403 302 200 403 302 302 403 200 403 403 403 403 403
GET  roster_detail       waiting_roster    302 404 404 404 200 404 200 404 404 200 200 404 404 404 404 404 404 404
GET  roster_detail       roster            302 404 404 404 302 404 302 404 404 302 302 404 404 404 404 404 404 404
GET  roster_map          roster            302 404 404 404 200 404 200 404 404 200 200 404 404 404 404 404 404 404
POST roster_map          roster            302 404 404 404 302 404 302 404 404 302 302 404 404 404 404 404 404 404
POST roster_answer       waiting_roster    302 404 404 404 302 404 302 404 404 302 302 404 404 404 404 404 404 404
POST roster_move         waiting_roster/confirm 302 404 404 404 302 404 302 404 404 302 302 404 404 404 404 404 404 404
POST roster_move         roster/discard    302 404 404 404 302 404 302 404 404 302 302 404 404 404 404 404 404 404
POST roster_move         roster/tell       302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404

GET  user_list           -                 302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403
GET  user_edit           account           302 404 404 404 404 404 403 404 404 404 404 404 404 404 200 404 404 404
POST user_edit           account           302 404 404 404 404 404 403 404 404 404 404 404 404 404 302 404 404 404
GET  user_edit           own               -   403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403
GET  grant_list          -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  grant_create        -                 302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403
POST grant_create        -                 302 403 403 403 403 403 403 403 403 403 403 403 403 403 302 403 403 403
GET  grant_revoke        grant             302 404 404 404 404 404 403 404 403 403 403 403 404 404 200 404 404 404
POST grant_revoke        grant             302 404 404 404 404 404 403 404 403 403 403 403 404 404 302 404 404 404
POST grant_revoke        own               -   -   -   403 403 403 403 403 403 403 403 403 403 -   -   -   403 403
GET  grant_delegate      -                 302 403 403 403 403 403 200 200 403 403 403 403 403 403 403 403 403 403
POST grant_delegate      -                 302 403 403 403 403 403 302 200 403 403 403 403 403 403 403 403 403 403
GET  delegation_end      delegated         302 404 404 403 404 404 200 404 403 403 403 403 404 404 403 404 404 404
POST delegation_end      delegated         302 404 404 403 404 404 302 404 403 403 403 403 404 404 403 404 404 404
GET  audit_list          -                 302 403 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403 403
GET  system_status       -                 302 403 403 403 403 403 403 403 403 403 403 403 403 200 403 403 403 403

GET  slip_list           -                 302 403 403 403 403 403 200 200 403 200 200 403 200 403 403 403 403 403
POST slip_create         -                 302 403 403 403 403 403 404 200 403 200 200 403 404 403 403 403 403 403
GET  slip_renew          colleague         302 403 403 403 403 403 200 404 403 200 200 403 404 403 403 403 403 403
POST slip_renew          colleague         302 403 403 403 403 403 200 404 403 200 200 403 404 403 403 403 403 403
GET  slip_qr             -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200

GET  meeting_list        -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  decision_list       -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  meeting_create      -                 302 403 403 200 200 403 200 200 403 403 403 403 403 403 403 403 403 403
GET  meeting_create      new_general       302 403 403 403 200 403 200 404 403 403 403 403 403 403 403 403 403 403
POST meeting_create      new_general       302 403 403 403 302 403 302 404 403 403 403 403 403 403 403 403 403 403
GET  meeting_create      new_group         302 403 403 200 200 403 200 404 403 403 403 403 403 403 403 403 403 403
POST meeting_create      new_group         302 403 403 302 302 403 302 404 403 403 403 403 403 403 403 403 403 403
GET  meeting_detail      submitted         302 404 200 200 200 200 200 404 200 200 200 200 404 404 404 404 404 200
GET  meeting_detail      draft             302 404 404 404 200 200 200 404 200 200 200 200 404 404 404 404 404 404
GET  meeting_detail      committee         302 404 404 404 200 200 200 404 200 200 200 200 404 404 404 404 404 404
GET  meeting_detail      group_draft       302 404 404 200 200 200 200 404 200 200 200 200 404 404 404 404 404 404
GET  meeting_detail      group_filed       302 404 200 200 200 200 200 404 200 200 200 200 404 404 404 404 404 200
GET  meeting_detail      void              302 404 404 404 200 200 200 404 200 200 200 200 404 404 404 404 404 404
GET  meeting_detail      of_sibling        302 404 404 404 404 404 404 200 200 200 200 200 404 404 404 404 404 404
GET  meeting_detail      far               302 404 404 404 404 404 404 404 404 404 404 404 200 404 404 404 404 404
GET  meeting_edit        draft             302 404 404 404 200 403 200 404 403 403 403 403 404 404 404 404 404 404
POST meeting_edit        draft             302 404 404 404 302 403 302 404 403 403 403 403 404 404 404 404 404 404
GET  meeting_edit        group_draft       302 404 404 200 200 403 200 404 403 403 403 403 404 404 404 404 404 404
POST meeting_edit        group_draft       302 404 404 302 302 403 302 404 403 403 403 403 404 404 404 404 404 404
GET  meeting_edit        submitted         302 404 403 403 302 403 302 404 403 403 403 403 404 404 404 404 404 403
POST meeting_edit        submitted         302 404 403 403 302 403 302 404 403 403 403 403 404 404 404 404 404 403
POST meeting_autosave    draft             302 404 404 404 200 403 200 404 403 403 403 403 404 404 404 404 404 404
POST meeting_autosave    group_draft       302 404 404 200 200 403 200 404 403 403 403 403 404 404 404 404 404 404
POST meeting_autosave    submitted         302 404 403 403 409 403 409 404 403 403 403 403 404 404 404 404 404 403
POST meeting_autosave_new new_general      302 403 403 403 200 403 200 404 403 403 403 403 403 403 403 403 403 403
POST meeting_autosave_new new_group        302 403 403 200 200 403 200 404 403 403 403 403 403 403 403 403 403 403
POST unsaved_discard     unsaved           302 404 404 404 302 404 302 404 404 404 404 404 404 404 404 404 404 404
GET  meeting_revise      draft             302 404 404 404 403 403 302 404 403 403 403 403 404 404 404 404 404 404
GET  meeting_revise      group_filed       302 404 403 200 403 403 200 404 403 403 403 403 404 404 404 404 404 403
POST meeting_revise      group_filed       302 404 403 302 403 403 302 404 403 403 403 403 404 404 404 404 404 403
GET  meeting_revise      of_sibling        302 404 404 404 404 404 404 200 403 403 403 403 404 404 404 404 404 404
POST meeting_move        draft/file        302 404 404 404 403 403 302 404 403 403 403 403 404 404 404 404 404 404
POST meeting_move        draft/accept      302 404 404 404 403 403 403 404 302 302 302 403 404 404 404 404 404 404
POST meeting_move        submitted/accept  302 404 403 403 403 403 403 404 302 302 302 403 404 404 404 404 404 403
POST meeting_move        of_sibling/void   302 404 404 404 404 404 404 302 403 403 403 403 404 404 404 404 404 404

POST attachment_create   draft/meeting     302 404 404 404 302 403 302 404 404 404 404 404 404 404 404 404 404 404
POST attachment_create   committee/meeting 302 404 404 404 302 403 302 404 403 403 403 403 404 404 404 404 404 404
POST attachment_create   draft/unheard_of  302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET  attachment_download draft_file        302 404 404 404 200 200 200 404 404 404 404 404 404 404 404 404 404 404
GET  attachment_download committee_file    302 404 404 404 200 200 200 404 200 200 200 200 404 404 404 404 404 404
POST attachment_withdraw draft_file        302 404 404 404 302 403 302 404 404 404 404 404 404 404 404 404 404 404
POST attachment_withdraw committee_file    302 404 404 404 302 403 302 404 403 403 403 403 404 404 404 404 404 404

GET  round_list          -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  round_create        -                 302 403 403 403 403 403 403 403 403 200 200 403 200 403 403 403 403 403
POST round_create        -                 302 403 403 403 403 403 403 403 403 302 302 403 200 403 403 403 403 403
GET  round_detail        round             302 404 200 200 200 200 200 200 200 200 200 200 404 404 404 404 404 200
GET  round_detail        planned           302 404 404 404 404 404 404 404 200 200 200 200 404 404 404 404 404 404
POST round_move          planned/open      302 404 404 404 404 404 404 404 403 302 302 403 404 404 404 404 404 404
POST round_move          round/open        302 404 403 403 403 403 403 403 403 302 302 403 404 404 404 404 404 403
POST round_move          round/close       302 404 403 403 403 403 403 403 403 302 302 403 404 404 404 404 404 403
GET  material_list       -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  material_detail     material          302 404 200 404 200 200 200 404 200 200 200 200 404 404 404 404 404 404
GET  material_detail     top               302 404 404 404 200 200 200 404 200 200 200 200 404 404 404 404 404 404
GET  material_edit       material          302 404 302 404 403 403 403 404 403 403 403 403 404 404 404 404 404 404
GET  material_edit       owed              302 404 404 404 200 403 403 404 403 403 403 403 404 404 404 404 404 404
POST material_edit       owed              302 404 404 404 302 403 403 404 403 403 403 403 404 404 404 404 404 404
GET  material_detail     together          302 404 404 404 200 200 200 404 200 200 200 200 404 404 404 404 404 404
GET  material_edit       together          302 404 404 404 403 200 200 404 403 403 403 403 404 404 404 404 404 404
POST material_edit       together          302 404 404 404 403 302 302 404 403 403 403 403 404 404 404 404 404 404
POST material_autosave   together          302 404 404 404 403 200 200 404 403 403 403 403 404 404 404 404 404 404
POST material_autosave   owed              302 404 404 404 200 403 403 404 403 403 403 403 404 404 404 404 404 404
POST material_move       owed/submit       302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
POST material_move       owed/accept       302 404 404 404 403 403 302 404 403 403 403 403 404 404 404 404 404 404
POST material_move       material/accept   302 404 403 404 403 403 302 404 403 403 403 403 404 404 404 404 404 404
POST material_move       top/accept        302 404 404 404 403 403 403 404 302 302 302 403 404 404 404 404 404 404

POST export_create       -/meeting_ledger  302 403 403 403 403 403 302 302 302 302 302 403 302 403 403 403 403 403
POST export_create       -/member_roster   302 403 403 403 403 403 302 302 302 302 302 403 302 403 403 403 403 403
POST export_create       -/unheard_of      302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET  job_list            -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  job_detail          done              302 404 404 404 404 404 200 404 404 404 404 404 404 404 404 404 404 404
GET  job_download        done              302 404 404 404 404 404 200 404 404 404 404 404 404 404 404 404 404 404
POST job_cancel          waiting           302 404 404 404 404 404 302 404 404 404 404 404 404 404 404 404 404 404
GET  todo_list           -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  notice_list         -                 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST notice_read         notice            302 404 404 404 302 404 404 404 404 404 404 404 404 404 404 404 404 404
GET  mail_edit           -                 302 200 200 200 200 200 200 200 200 200 200 200 200 403 403 403 200 200
POST mail_edit           -                 302 302 302 302 302 302 302 302 302 302 302 302 302 403 403 403 302 302
POST mail_confirm        -                 302 302 302 302 302 302 302 302 302 302 302 302 302 403 403 403 302 302
GET  phone_list          -                 302 403 403 403 200 403 200 200 403 200 200 403 200 403 403 403 403 403
GET  phone_sheet         -                 302 403 403 403 200 403 200 200 403 200 200 403 200 403 403 403 403 403
POST phone_tell          -                 302 403 403 403 302 403 302 302 403 302 302 403 302 403 403 403 403 403
"""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ANSWERS_ANYTHING = {"set_language"}  # Django's own: it looks at POST only and sends everything else back
NO_SIGN_IN = {
    "healthz",
    "readyz",
    "setup",
    "activate",
    "opinion_public",
    "ticket_public",
    "board_public",
    "publication_public",
    "mfa_authenticate",
    "account_login",
    "account_logout",  # allauth sends strangers away by itself
    "calendar_feed",  # read by calendar programs: its secret address is the sign-in
}

# open.txt: pages of others that we mount, and what is open to everybody. Signed in, the sign-in page leads to the first
# page. Once there is an account there is no page for the first set-up, for nobody.
ADDRESSES = Path(__file__).parent / "access" / "addresses"
TABLES = [ACCESS, *(file.read_text() for file in sorted(ADDRESSES.glob("*.txt")))]
LINES = [line for table in TABLES for line in read(table, 3)]
GETS = [line for line in LINES if line.words[0] == "GET"]
LISTS = [line for line in GETS if line.words[2] == "-"]  # where htmx asks for a part of the page
POSTS = [line for line in LINES if line.words[0] == "POST"]
OFFERED = {(line.words[1], line.words[0]) for line in LINES}
NAMES = sorted({name for name, _method in OFFERED})


def walk(resolver):
    """Every URL name of the site with its pattern; an address without a name is listed by its pattern."""
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from walk(entry)
        else:
            yield entry.name or str(entry.pattern), entry


@pytest.fixture
def stage(db, badges_stay):
    return Stage()


def wrong(stage, lines, method=None, visitors=tuple(VISITORS), **headers):
    """Each visitor whose code is not the one of the table, in words."""
    found = []
    for line in lines:
        asked, name, label = line.words
        for visitor in visitors:
            address = stage.address(name, label, visitor)
            data, asks = stage.posted(name, label), method or asked
            code = str(stage.ask(visitor, asks, address, data, **headers).status_code) if address else "-"
            if code != line.codes[visitor]:
                found.append(f"{asks} {name} {label} {visitor}: {code}, the table says {line.codes[visitor]}")
    return found


def told(found):
    return "\n".join(["", *found])


def test_every_address_is_in_the_table():
    assert {name for name, _entry in walk(get_resolver())} == set(NAMES)


@EVERYBODY
def test_every_visitor_reads_what_the_page_of_rights_says(stage, visitors):
    assert not (found := wrong(stage, GETS, visitors=visitors)), told(found)


@EVERYBODY
def test_every_visitor_may_do_what_the_page_of_rights_says(stage, visitors):
    assert not (found := wrong(stage, POSTS, visitors=visitors)), told(found)


@pytest.mark.slow
def test_head_and_htmx_open_no_other_door(stage):
    found = wrong(stage, GETS, "HEAD", SOME) + wrong(stage, LISTS, "GET", SOME, **HTMX)
    assert not found, told(found)


@pytest.mark.slow
def test_a_method_that_is_not_offered_is_refused(stage):
    found = []
    for line in {line.words[1]: line for line in LINES if line.words[1] not in ANSWERS_ANYTHING}.values():
        _method, name, label = line.words
        for method in (method for method in METHODS if (name, method) not in OFFERED):
            codes = dict.fromkeys(("sec", "sea"), "405") | {"ano": "405" if name in NO_SIGN_IN else "302"}
            visitors = [visitor for visitor in codes if line.codes[visitor] != "-"]
            found += wrong(stage, [Line(line.words, codes)], method, visitors)
    assert not found, told(found)


def test_a_post_without_the_token_of_its_page_changes_nothing(stage):
    """But for a question under a code, which changes nothing and sets no cookie."""
    for line in (line for line in POSTS if line.words[1] != "ticket_public"):
        _method, name, label = line.words
        client = Client(enforce_csrf_checks=True)
        client.cookies.update(stage.signed_in("sec").cookies)
        response = client.post(stage.address(name, label, "sec"), stage.posted(name, label))
        assert response.status_code == 403, line


def test_a_key_that_no_row_has_is_not_found(stage):
    for line in LINES:
        method, name, label = line.words
        if stage.takes_a_key(name, label):
            assert stage.ask("off", method, stage.without_row(name, label)).status_code == 404, line


def test_whoever_is_sent_to_the_sign_in_comes_back_to_the_page(stage):
    response = stage.ask("ano", "GET", stage.address("meeting_detail", "submitted", "ano"))
    assert response.url.startswith("/accounts/login/?next=/meetings/")
