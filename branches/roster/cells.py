"""Single cells of a roster as the register holds them: words for choices, names, telephone numbers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.models.members import STAFF_NUMBER, Category, Education, Employment, Gender, PostKind
from branches.names import plain


class Unreadable(Exception):
    """A cell that cannot be taken; `words` say what to do."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = words


Words = Sequence[tuple[str, tuple[str, ...]]]
NOTHING: Final = ("", "无", "-", "—", "/", "--")
BLANKS: Final = re.compile(r"\s+")
HAN: Final = re.compile("[一-鿿]{2,6}")
DIGIT: Final = re.compile(r"\d")
MOBILE: Final = re.compile("1[0-9]{10}")
STAFF: Final = re.compile(STAFF_NUMBER)
PHONE: Final = re.compile(r"\+?[0-9][0-9\-\s/、,，;；转()（）]{5,29}")

# What offices write, the more special words first: 大学专科 is no 大学.
EDUCATION: Final[Words] = (
    (Education.POSTGRADUATE, ("研究生", "硕士", "博士")),
    (Education.COLLEGE, ("大专", "专科", "高职")),
    (Education.SECONDARY, ("中专", "高中", "初中", "小学", "中学", "中技", "技校", "职高", "职专", "文盲", "不识字")),
    (Education.BACHELOR, ("本科", "大学", "学士")),
)
EMPLOYMENT: Final[Words] = (
    (Employment.RETIRED, ("退休", "离休", "退职", "内退")),
    (Employment.OTHER, ("不在职", "待业", "失业", "自由职业", "务农", "农民", "学生", "其他", "无业", "下岗")),
    (Employment.IN_SERVICE, ("在职", "在岗", "在编", "是")),
)
POSTS: Final[Words] = (
    (PostKind.DEPUTY, ("副书记",)),
    (PostKind.SECRETARY, ("书记",)),
    (PostKind.ORGANISATION, ("组织",)),
    (PostKind.PUBLICITY, ("宣传",)),
    (PostKind.DISCIPLINE, ("纪检", "纪律检查")),
    (PostKind.GROUP_LEADER, ("小组组长", "小组长", "组长")),
)
NO_POST: Final = ("党员", "普通党员", "群众")
NO_MEMBER: Final = ("积极分子", "发展对象", "申请人", "群众", "团员")
VAGUE: Final = ("党员", "中共党员", "中国共产党党员")
SPLIT: Final = re.compile(r"[、，,；;/兼和及\s]+")


def text(cell: Any) -> str:
    """A cell as text on one line; a whole number without its empty fraction."""
    if type(cell) is str:
        return BLANKS.sub(" ", cell).strip()
    if type(cell) is dict:
        return str(cell["d"])
    if type(cell) is float and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def place(cell: Any) -> int | str:
    """A place in the set order, "" where the cell holds none."""
    if type(cell) is float:
        return int(cell) if 0 < cell < 1_000_000 else ""
    words = text(cell)
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else ""


def name(cell: Any) -> str:
    """A name without the blanks that line up names of two characters. Raises Unreadable."""
    if type(cell) is str and HAN.fullmatch(cell):
        return cell
    words = text(cell)
    told = plain(words)
    if len(told) > 40 or DIGIT.search(told):
        raise Unreadable(_("This is not a name. Please write the name alone."))
    return told


def gender(cell: Any) -> str:
    """man, woman or "". Raises Unreadable."""
    words = text(cell)
    if words in NOTHING:
        return ""
    if words in ("男", "男性", "女", "女性"):
        return Gender.MAN if words[0] == "男" else Gender.WOMAN
    raise Unreadable(_("Please write 男 or 女."))


def is_vague(cell: Any) -> bool:
    """True for a category that says member and not which."""
    return type(cell) is str and cell.strip() in VAGUE


def category(cell: Any) -> str:
    """formal, probationary or "". Raises Unreadable, also for whoever is no member yet."""
    words = text(cell)
    if words in NOTHING:
        return ""
    if any(other in words for other in NO_MEMBER):
        raise Unreadable(_("This person is no party member and cannot stand in the register. Please delete the row."))
    if "预备" in words:
        return Category.PROBATIONARY
    if "正式" in words or "转正" in words or words in VAGUE:
        return Category.FORMAL
    raise Unreadable(_("Please write 正式党员 or 预备党员."))


def education(cell: Any) -> str:
    """One of Education, or "". Raises Unreadable."""
    return _word(cell, EDUCATION, _("Unknown education. Please write 研究生, 本科, 大专 or 高中."))


def employment(cell: Any) -> str:
    """One of Employment, or "". Raises Unreadable."""
    return _word(cell, EMPLOYMENT, _("Unknown employment. Please write 在职, 离退休 or 其他."))


def posts(cell: Any) -> tuple[str, ...]:
    """The posts a cell names, in its order: “书记、组织委员”. Raises Unreadable for one that a branch does not have."""
    found = []
    for words in SPLIT.split(text(cell)):
        if words not in NOTHING and words not in NO_POST:
            kind = next((kind for kind, parts in POSTS if any(part in words for part in parts)), None)
            if kind is None:
                raise Unreadable(_("The register knows no such post. The others are taken as they stand."))
            found.append(kind)
    return tuple(dict.fromkeys(found))


def phone(cell: Any) -> str:
    """A telephone number as text, or "". Raises Unreadable."""
    if type(cell) is str and MOBILE.fullmatch(cell):
        return cell
    words = text(cell)
    if words in NOTHING:
        return ""
    if not PHONE.fullmatch(words):
        raise Unreadable(_("This is not a telephone number."))
    return words


def staff_number(cell: Any) -> str:
    """A staff number, or "". Raises Unreadable."""
    words = text(cell)
    if words in NOTHING:
        return ""
    if not STAFF.fullmatch(words):
        raise Unreadable(_("A staff number has letters and digits only, at most 20."))
    return words


def short(most: int) -> Any:
    """A reader of texts up to `most` characters."""

    def read(cell: Any) -> str:
        words = text(cell)
        if words in NOTHING:
            return ""
        if len(words) > most:
            raise Unreadable(_("This text is too long for its column."))
        return words

    return read


def _word(cell: Any, known: Words | Mapping, unknown: str | Promise) -> str:
    words = text(cell)
    if words in NOTHING:
        return ""
    found = next((kind for kind, parts in known if any(part in words for part in parts)), None)
    if found is None:
        raise Unreadable(unknown)
    return found
