"""What the page of days off shows."""

from datetime import date
from typing import Any

from branches.days_off.reading import nearest, rows_above
from branches.models import Organisation, User
from branches.rules.pages import may_set


def table(organisation: Organisation, year: int, user: User) -> dict[str, Any]:
    """The days that hold there in that year, each with whoever laid it down, and what this person may do."""
    rows = nearest(rows_above(organisation.path, date(year, 1, 1), date(year, 12, 31))).values()
    may = may_set(user, organisation)
    return {
        "organisation": organisation,
        "year": year,
        "years": (year - 1, year, year + 1),
        "rows": [(row, may and row.organisation_id == organisation.pk) for row in rows],
        "may_set": may,
    }
