"""Invented names, the same at every run."""

from collections.abc import Iterator
from random import Random

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "文静|志远|秀兰|建平|晓东|雅琴|国栋|丽娟|海波|春燕|伟明|玉梅|俊杰|淑芬|永康|慧敏|立新|桂英|子轩|佳宁"


def names(seed: int) -> Iterator[str]:
    """Different invented names without end."""
    random, seen = Random(seed), set[str]()
    while True:
        name = random.choice(SURNAMES) + random.choice(GIVEN.split("|"))
        if name not in seen or len(seen) >= len(SURNAMES) * 20:
            seen.add(name)
            yield name
