"""What each kind of branch may do (F21, 条例 第4、5、8条). Data: a kind is asked here and nowhere else.

Temporary and functional branches have people who take part while their formal relation stays at home: counting them
would count them twice.
"""

from dataclasses import dataclass

from branches.models.organisations import BranchKind


@dataclass(frozen=True)
class Capability:
    """`is_counted`: formal relations hang here and enter the totals; otherwise people only take part.

    `is_asked_often`: how often meetings are held is laid down (三会一课); others only let people take part.

    `most_units`: into how many units its members may be told apart, 0 for none.
    """

    is_counted: bool = True
    most_units: int = 0
    is_asked_often: bool = True


CAPABILITIES: dict[str, Capability] = {
    BranchKind.SINGLE: Capability(),
    BranchKind.JOINT: Capability(most_units=5),
    BranchKind.MOBILE: Capability(),
    BranchKind.RETIRED: Capability(),
    BranchKind.TEMPORARY: Capability(is_counted=False, is_asked_often=False),
    BranchKind.FUNCTIONAL: Capability(is_counted=False, is_asked_often=False),
}
COUNTED = [kind for kind, capability in CAPABILITIES.items() if capability.is_counted]


def capability_of(branch_kind: str) -> Capability:
    """What a branch of this kind may do; "" (an inner node of the tree) counts nobody of its own."""
    return CAPABILITIES.get(branch_kind, Capability(is_counted=False, is_asked_often=False))
