"""What superiors lay down about grades, as shipped, written out from users.md F5, F16, F27 and domain R10, R11, R14; what
the numbers stand for on their pages."""

import pytest
from django.urls import reverse

from appraisals.grades import chains, rules
from appraisals.grades.quota import Base, Scope, Terms
from branches.rules import table
from branches.rules.sets import in_force
from tests.appraisals.grades.rows import chain, quota

SHIPPED = {
    "F5-1": ("local", "remind", (1, 1, 5)),
    "F27-1": ("advice", "off", ()),
    "R10": ("local", "remind", (1, 1, 1, 3, 0)),
    "R11": ("national", "block", ()),
    "R14": ("national", "block", ()),
}
MOVED = {
    ("F5-1", "chain"): (1, 3), ("F5-1", "approval"): (1, 3), ("F5-1", "days"): (1, 30),
    ("R10", "scope"): (1, 3), ("R10", "base"): (1, 3), ("R10", "part"): (1, 100), ("R10", "of"): (1, 100),
    ("R10", "min_one"): (0, 1),
}  # fmt: skip
WORDS = {
    ("F5-1", "chain"): ("A 简", "B 见面", "C 表决审批"),
    ("F5-1", "approval"): ("报备", "优秀和不合格报批", "全部报批"),
    ("R10", "scope"): ("支部", "党总支（合并计算）", "党委（合并计算）"),
    ("R10", "base"): ("党员总数", "正式党员", "参评党员"),
    ("R10", "min_one"): ("否", "是"),
}


def shipped():
    return {rule.code: rule for rule in table.registered() if rule.code in SHIPPED}


def test_the_rules_shipped():
    told = {c: (r.level.value, r.severity.value, tuple(r.defaults.values())) for c, r in shipped().items()}
    assert told == SHIPPED


def test_within_what_they_may_be_moved_and_what_their_numbers_stand_for():
    parameters = {(code, p.name): p for code, rule in shipped().items() for p in rule.parameters}
    assert {key: (p.least, p.most) for key, p in parameters.items()} == MOVED
    assert {key: tuple(map(str, p.words)) for key, p in parameters.items() if p.words} == WORDS


def held(world, code):
    place = (world.first.path, 2026)
    return in_force(code, [place])[place]


@pytest.mark.parametrize(("number", "name"), [(1, "simple"), (2, "meeting"), (3, "voted")])
def test_the_number_of_a_chain(world, number, name):
    chain(world, number, approval=number, days=number + 4)
    found = rules.policy(held(world, "F5-1"))
    assert (found.chain, found.days) == (name, number + 4)
    assert found.approval == ("record", "extremes", "all")[number - 1]


def test_what_each_chain_asks():
    asked = {c.value: (s.meets, s.votes, s.asks_above) for c, s in chains.CHAINS.items()}
    assert asked == {
        "simple": (False, False, False), "meeting": (True, False, True), "voted": (True, True, True),
    }  # fmt: skip
    assert [level.value for level in chains.Level] == ["excellent", "qualified", "basically_qualified", "unqualified"]
    assert [level.value for level in chains.LOW] == ["basically_qualified", "unqualified"]


def test_the_numbers_of_a_quota(world):
    assert rules.terms(held(world, "R10")) == Terms(Scope.BRANCH, Base.TOTAL, 1, 3, False)
    quota(world, "warn", scope=3, base=2, part=3, of=10, min_one=1)
    assert rules.terms(held(world, "R10")) == Terms(Scope.COMMITTEE, Base.FORMAL, 3, 10, True)


def test_a_superior_chooses_by_words(client, world):
    client.force_login(world.officer)
    address = reverse("rule_edit", args=[world.county.pk, 2026, "F5-1"])
    assert "C 表决审批" in client.get(address).content.decode()
    sent = {"severity": "remind", "chain": "3", "approval": "1", "days": "5", "reason": "Notice", "act": "set"}
    assert client.post(address, sent).status_code == 302
    listed = client.get(reverse("rule_list", args=[world.county.pk]) + "?year=2026").content.decode()
    assert "C 表决审批" in listed
    assert client.post(address, {**sent, "chain": "4"}).status_code == 200
