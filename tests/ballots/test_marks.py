"""What bits of a ballot say, as numbers of options and in words."""

import pytest

from ballots.marks import ABSTAIN, Asked, by_sheet, faults, lines_of, read
from tests.ballots.hall import laid_down


@pytest.mark.parametrize(
    ("bits", "chosen", "words"),
    [(0, [ABSTAIN], "弃权"), (1, [1], "优秀"), (4, [3], "差"), (5, [1, 3], "优秀、差")],
)
def test_each_bit_is_an_option_and_none_an_abstention(bits, chosen, words):
    line = Asked(1, 1, 1, "", "Line", ("优秀", "一般", "差"), 2, None)
    assert (line.chosen(bits), line.words(bits)) == (chosen, words)


def test_what_is_posted_is_read_option_by_option_and_nothing_else():
    line = Asked(7, 1, 1, "", "Line", ("优秀", "一般", "差"), 3, None)
    told = {(): 0, ("1",): 1, ("2",): 2, ("3",): 4, ("0", "4", "x"): 0, ("1", "3", "3"): 5}
    assert {values: read([line], {"m7": values})[0] for values in told} == told
    assert read([line], {"m8": ("1",)}) == (0,)


def test_too_many_of_the_best_are_told_by_their_word():
    lines = [
        Asked(key, 1, key, "", f"Line {key}", words, 1, 1) for key, words in enumerate((("优秀", "一般"), ("好", "差")))
    ]
    assert faults(lines, (1, 2)) == {}
    ((words,),) = faults(lines, (1, 1)).values()
    assert "优秀" in words and "一般" not in words


@pytest.mark.django_db
def test_lines_are_numbered_from_one_on_each_sheet_and_every_ballot_has_them_all():
    lines = lines_of(laid_down())
    assert [line.number for line in lines] == [1, 2, 3, 1]
    with pytest.raises(ValueError, match="shorter"):
        list(by_sheet(lines, (1, 1, 1)))
