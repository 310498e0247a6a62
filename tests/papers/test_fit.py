"""Text in a box of fixed height: what fits, what goes over, where the signature stands."""

from hypothesis import given
from hypothesis import strategies as st

from papers.fit import GOES_ON, Box

SMALL = Box(width=2 + 10 * 12 * 25.4 / 72 + 0.1, height=1 + 5 * 18 * 25.4 / 72 + 0.1)  # 5 lines of 10 signs


def test_a_box_counts_its_signs_and_lines():
    assert (SMALL.columns, SMALL.rows) == (10, 5)
    assert (Box(143, 186).columns, Box(143, 186).rows) == (33, 29)
    assert (Box(143, 186, size=10.5, leading=15).columns, Box(143, 186, size=10.5, leading=15).rows) == (38, 34)


def test_lines_are_cut_at_the_width_and_at_line_ends():
    assert SMALL.lines("一二三四五六七八九十甲") == ["一二三四五六七八九十", "甲"]
    assert SMALL.lines("一\r\n\n二") == ["一", "", "二"]
    assert SMALL.lines("一二三四五六七八九十") == ["一二三四五六七八九十"]
    assert SMALL.lines("一二三四五六七八九十。甲") == ["一二三四五六七八九", "十。甲"], (
        "no line begins with a full stop"
    )


def test_what_fits_is_shown_whole():
    assert SMALL.split("一\n二\n三\n四\n五") == (["一", "二", "三", "四", "五"], "")
    assert SMALL.split("一\n二\n三", 2) == (["一", "二", "三"], "")


def test_what_does_not_fit_goes_on_on_an_annexed_page():
    assert SMALL.split("一\n二\n三\n四\n五\n六") == (["一", "二", "三", "四", GOES_ON], "五\n六")
    assert SMALL.split("一\n二\n三\n四", 2) == (["一", "二", GOES_ON], "三\n四")
    long = "甲" * 25
    assert SMALL.split(long, 3) == (["甲" * 10, GOES_ON], "甲" * 15)
    assert SMALL.split("一\n二", 9) == ([GOES_ON], "一\n二"), "one line at least"


def test_the_signature_stands_on_the_last_lines():
    assert SMALL.filled("一", ("签字", "日期")) == (["一", "", "", "签字", "日期"], "")
    assert SMALL.filled("一\n二\n三\n四", ("签字", "日期")) == (["一", "二", GOES_ON, "签字", "日期"], "三\n四")
    assert SMALL.filled("", ()) == (["", "", "", "", ""], "")


@given(text=st.text(alphabet="甲乙。，\n", max_size=200), reserved=st.integers(0, 4))
def test_nothing_is_lost_and_nothing_said_twice(text, reserved):
    shown, rest = SMALL.split(text, reserved)
    assert len(shown) <= max(1, SMALL.rows - reserved)
    assert all(len(line) <= SMALL.columns for line in shown)
    words = "".join(line for line in shown if line != GOES_ON) + rest
    assert words.replace("\n", "") == text.replace("\n", "")
