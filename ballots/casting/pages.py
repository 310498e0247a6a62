"""What ballot and review print: sheets with their lines, options and marks."""

from collections.abc import Sequence
from typing import Any

from django.views.decorators.debug import sensitive_variables

from ballots.marks import Asked, Marks, by_sheet, faults
from ballots.models import ABSTAIN, Poll


@sensitive_variables()
def ballot_page(poll: Poll, lines: Sequence[Asked], marks: Marks) -> dict[str, Any]:
    """Sheets to mark, with what was marked already."""
    return _told(poll, lines, marks, _options)


@sensitive_variables()
def review_page(poll: Poll, lines: Sequence[Asked], marks: Marks) -> dict[str, Any]:
    """Sheets to read over, with what makes one invalid."""
    blank = sum(1 for bits in marks if not bits)
    found = {"blank": blank, "may_cast": not faults(lines, marks)}
    return _told(poll, lines, marks, lambda line, bits: line.words(bits)) | found


def _told(poll: Poll, lines: Sequence[Asked], marks: Marks, shown: Any) -> dict[str, Any]:
    titles = dict(poll.sheets.values_list("pk", "title"))
    wrong = faults(lines, marks)
    sheets = [_sheet(titles[key], pairs, shown, wrong.get(key, [])) for key, pairs in by_sheet(lines, marks)]
    return {"sheets": sheets, "lines": len(lines), "many": any(line.most > 1 for line in lines)}


def _sheet(title: str, pairs: list[tuple[Asked, int]], shown: Any, wrong: list[str]) -> dict[str, Any]:
    first = pairs[0][0]
    rows, heading = [], ""
    for line, bits in pairs:
        carried = [number for number in line.chosen(bits) if number != ABSTAIN]
        new = line.heading if line.heading != heading else ""
        rows.append({"line": line, "heading": new, "shown": shown(line, bits), "carried": carried})
        heading = line.heading
    best = sum(bits & 1 for _line, bits in pairs)
    told = {
        "title": title,
        "rows": rows,
        "wrong": wrong,
        "limit": first.limit,
        "best": best,
        "option": first.options[0],
    }
    return told | {"has_limit": first.limit is not None, "key": first.sheet_key}


def _options(line: Asked, bits: int) -> list[dict[str, Any]]:
    """The options of a line, 弃权 among them."""
    chosen = line.chosen(bits)
    numbered = [(number, words) for number, words in enumerate(line.options, 1)]
    return [{"number": number, "words": words, "is_chosen": number in chosen} for number, words in numbered]
