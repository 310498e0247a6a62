"""Reading the tables written by hand: a head with the columns of the visitors, then one line an expectation."""

from dataclasses import dataclass

from tests.access.visitors import VISITORS


@dataclass(frozen=True)
class Line:
    """What stands left of the codes, and the code of each visitor."""

    words: tuple[str, ...]
    codes: dict[str, str]

    def __str__(self):
        return " ".join(self.words)


def read(text, words):
    """The lines of a table with `words` cells before the codes; a blank or a doubled line is an error."""
    head, *rows = [line.split() for line in text.strip().splitlines() if line.strip()]
    assert head == ["#", *VISITORS], "the columns are the visitors, in order"
    lines = []
    for row in rows:
        assert len(row) == words + len(VISITORS), f"a blank in: {' '.join(row)}"
        lines.append(Line(tuple(row[:words]), dict(zip(VISITORS, row[words:], strict=True))))
    assert len({line.words for line in lines}) == len(lines), "a line stands twice"
    return lines
