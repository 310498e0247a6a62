"""Who asks: the columns of the access tables."""

import pytest

VISITORS = {
    # column: who
    "ano": "anonymous",
    "nob": "an account without member and grant",
    "mem": "a member of the first branch, author of a material",
    "led": "leader of the group the member belongs to",
    "clk": "clerk of the first branch",
    "com": "committee member of the first branch",
    "sec": "secretary of the first branch",
    "sib": "secretary of the sibling branch",
    "sup": "supervisor of the county",
    "off": "officer of the county",
    "inn": "secretary of the county's committee",
    "lia": "liaison of the county",
    "str": "officer of another county",
    "sys": "system administrator",
    "sea": "security administrator",
    "aud": "audit administrator",
    "rev": "secretary of the first branch until the grant was taken back; no member",
    "exp": "member of the first branch, its secretary until yesterday",
}
SOME = ("ano", "sec", "sib", "sea")  # each kind of answer once: what `make test-fast` asks
OTHERS = tuple(visitor for visitor in VISITORS if visitor not in SOME)
EVERYBODY = pytest.mark.parametrize(
    "visitors",
    [
        pytest.param(SOME, id="some"),
        pytest.param(OTHERS[::2], id="others", marks=pytest.mark.slow),
        pytest.param(OTHERS[1::2], id="the rest", marks=pytest.mark.slow),
    ],
)
