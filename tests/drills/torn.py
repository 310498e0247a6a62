"""The web with a casting that is torn in two: slip and box in transactions of their own. The drill must see what that loses.

gunicorn tests.drills.torn:slip_first
gunicorn tests.drills.torn:box_first
"""

import time

import config.wsgi
from ballots import sealing
from ballots.casting import views
from ballots.marks import packed
from ballots.models import Box, Slip, SlipState
from ballots.slips import Cast

BETWEEN_SECONDS = 0.02  # wide enough that few deaths miss it


def slip_first(environ, start_response):
    """A slip may be used up without a box."""
    views.cast = lambda slip, marks: _torn(slip, lambda: _use(slip), lambda: _put(slip, marks))
    return config.wsgi.application(environ, start_response)


def box_first(environ, start_response):
    """A box may be there while its slip is still good."""
    views.cast = lambda slip, marks: _torn(slip, lambda: _put(slip, marks), lambda: _use(slip))
    return config.wsgi.application(environ, start_response)


def _torn(slip, *steps):
    steps[0]()
    time.sleep(BETWEEN_SECONDS)
    steps[1]()
    return Cast.TAKEN


def _use(slip):
    Slip.objects.filter(pk=slip.pk).update(state=SlipState.USED)


def _put(slip, marks):
    Box.objects.create(poll_id=slip.poll_id, body=sealing.seal(slip.poll.public_key, slip.poll_id, packed(marks)))
