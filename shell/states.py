"""How the state of anything that moves is shown."""

from typing import Any

from django.utils.safestring import SafeString

from shell.formats import badge


def state_badge(subject: Any) -> SafeString:
    """The state of `subject` in its word, on the ground that its room's TONES give it."""
    return badge(subject.get_state_display(), subject.TONES[subject.state])
