"""Study of the demo world: some members have studied by themselves, one made up for a meeting he missed."""

from datetime import date, timedelta
from decimal import Decimal

from meetings.models import StudyKind
from meetings.study import actions
from world.demo.people import World


def studied(world: World, today: date) -> None:
    """Entries of one branch, typed by its secretary."""
    branch, secretary, folk = world.places["palace"], world.users["secretary"], world.of("palace")
    for person, kind, days, hours, subject in (
        (folk[3], StudyKind.OWN, 40, "2", "自学《中国共产党章程》"),
        (folk[3], StudyKind.OWN, 12, "1.5", "收看廉政教育专题片"),
        (folk[5], StudyKind.COLLECTIVE, 5, "1.5", "补学主题党日内容"),
        (folk[6], StudyKind.OWN, 20, "3", "自学《中国共产党支部工作条例（试行）》"),
    ):
        day = today - timedelta(days)
        actions.enter(person, branch, kind, day, Decimal(hours), subject, actor=secretary)
    actions.bring_up_everybody(today)
