"""The import of a roster beside calamine reading the same file, and beside a plain bulk_create of the same rows.

Part of scripts/bench.py. `python -m scripts.bench_roster file.xlsx` reads one file and prints the peak of its memory.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from python_calamine import load_workbook

from scripts.bench_export import Figure

HEADINGS = [
    "序号", "姓名", "性别", "民族", "出生年月", "学历", "身份证号", "入党时间", "转正时间", "党员类别", "党内职务",
    "所在党小组", "手机", "在职情况",
]  # fmt: skip
SURNAMES, WEIGHTS = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
READ_ROUNDS, WRITE_ROUNDS = 5, 3
MOST_MB = 250


def measure(count: int) -> dict[str, Figure]:
    """CPU of reading and writing a roster of `count` invented rows, beside their floors, and the memory it takes."""
    with tempfile.TemporaryDirectory(prefix="branchlife-bench-") as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster(path, count)
        low, high = compare(lambda: _read_plainly(path), lambda: planned(path), READ_ROUNDS)
        peak = _peak(path)
        rows_low, rows_high = _measure_writing(path)
    return {
        f"roster {count}, read": Figure(low, high, high / low, 3.0, "s CPU"),
        f"roster {count}, memory": Figure(MOST_MB, peak, peak / MOST_MB, 1.0, "MB"),
        f"roster {count}, write": Figure(rows_low, rows_high, rows_high / rows_low, 1.5, "s CPU"),
    }


def write_roster(path: Path, count: int) -> None:
    """Invented members, no two alike: names, partial dates, identity numbers that hold, mobile numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(HEADINGS)
    dice = Random(1)
    for n in range(count):
        name = dice.choice(SURNAMES) + chr(0x4E00 + dice.randrange(3000)) + chr(0x4E00 + dice.randrange(3000))
        born = 1930 + n // 1000 % 55
        joined = born + 20 + n % 20
        sheet.append([
            n + 1, name, "男女"[n % 2], "汉族", f"{born}.{n % 12 + 1:02d}", ("本科", "大专", "研究生")[n % 3],
            _identity(f"110101{born}{n % 12 + 1:02d}{n % 28 + 1:02d}{n % 1000:03d}"), f"{joined}-{n % 12 + 1}",
            f"{joined + 1}.07.01", "正式党员", "", f"第{'一二三'[n % 3]}党小组", f"1380{n:07d}", "在职",
        ])  # fmt: skip
    book.save(path)


def _identity(digits: str) -> str:
    return digits + "10X98765432"[sum(int(a) * b for a, b in zip(digits, WEIGHTS, strict=True)) % 11]


def _read_plainly(path: Path) -> None:
    """What no reading of the file can do without."""
    load_workbook(str(path)).get_sheet_by_index(0).to_python()


def planned(path: Path) -> Any:
    """The plan for the file against an empty register, its columns named: gate, child, cells, who is who."""
    from branches.models import Organisation
    from branches.roster.columns import guess
    from branches.roster.plan import Planner
    from branches.roster.reading import Reading
    from sheets import reader

    with reader.opened(path) as book:
        reading = Reading(guess(HEADINGS), HEADINGS, 1, hidden=book.hidden_rows, formulas=book.formulas)
        for rows in book.batches():
            reading.take(rows)
    branch = Organisation(pk=1, name="示例党支部")
    plan = Planner([branch], [], set(), {}, reading.faults, titles={}).make(reading.lines)
    if not plan.new or not plan.fingerprint or plan.faults.errors:
        raise AssertionError(plan.counts)
    return plan


def _measure_writing(path: Path) -> tuple[float, float]:
    """Both write into the same tables, in transactions that are undone."""
    from django.db import transaction

    from branches.actions import organisations
    from branches.models import Organisation, RosterImport
    from branches.roster.actions import writing
    from workflow.actors import SYSTEM, SystemActor

    class Keeper(SystemActor):
        """An actor with every right: what is measured is writing."""

        def may(self, right: str, subject: Any) -> bool:
            return True

    class Undone(Exception):
        pass

    founded = date(2015, 1, 1)
    branch = organisations.found("示例党支部", actor=SYSTEM, kind="branch", branch_kind="single", since=founded)
    sent = RosterImport(organisation=branch, file_name="roster.xlsx", file_key="0" * 32, since=date(2026, 1, 1))
    plan = planned(path)
    plan.branches = {branch.pk: Organisation.objects.get(pk=branch.pk)}
    plan.new = [(line, branch.pk) for line, _branch in plan.new]
    sent.state, sent.fingerprint = "writing", plan.fingerprint
    sent.save()

    def undone(write: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                write()
                raise Undone
        except Undone:
            sent.state = "writing"

    def ours() -> object:
        return writing.write(sent, actor=Keeper(), plan=lambda: plan)

    def plainly() -> None:
        _bulk_create(plan, branch, sent.since)

    return compare(lambda: undone(plainly), lambda: undone(ours), WRITE_ROUNDS)


def _bulk_create(plan: Any, branch: Any, since: date) -> None:
    """The same rows of the same tables, every value at hand."""
    from branches.models import Group, Member, Particulars, Relation, Standing
    from branches.roster.register import TOLD
    from workflow.models import History

    lines = [line for line, _branch in plan.new]
    names = dict.fromkeys(line.group for line in lines)
    groups = Group.objects.bulk_create(Group(organisation=branch, name=name, since=since) for name in names)
    keys = {group.name: group.pk for group in groups}
    spoken = {"name_pinyin": "zhao qian sun", "name_initials": "zqs"}
    people = Member.objects.bulk_create([Member(name=line.name, **spoken) for line in lines], 2000)
    Particulars.objects.bulk_create([
        Particulars(member_id=who.pk, identity_digest=line.digest, identity_last4=line.identity[-4:],
                    **{key: getattr(line, key) for key in TOLD})
        for who, line in zip(people, lines, strict=True)
    ], 2000)  # fmt: skip
    Relation.objects.bulk_create([
        Relation(member_id=who.pk, organisation_id=branch.pk, group_id=keys[line.group], since=since, position=n)
        for n, (who, line) in enumerate(zip(people, lines, strict=True))
    ], 2000)  # fmt: skip
    Standing.objects.bulk_create([Standing(member_id=who.pk, category="formal", since=since) for who in people], 2000)
    told = {"move": "roster_new", "actor_key": "system", "organisation_key": "1", "organisation_label": branch.name}
    History.objects.bulk_create([
        History(**told, organisation_path=branch.path, subject_label=who.name, subject_key=f"branches.member:{who.pk}")
        for who in people
    ], 2000)  # fmt: skip


def compare(floor: Callable[[], object], ours: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median CPU seconds of both, their child processes included, in turn."""
    times: dict[Callable[[], object], list[float]] = {floor: [], ours: []}
    for _round in range(rounds):
        for call, seen in times.items():
            begin = _spent()
            call()
            seen.append(_spent() - begin)
    return statistics.median(times[floor]), statistics.median(times[ours])


def _spent() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak(path: Path) -> float:
    """The peak memory in MB of a process that plans an import and does nothing else, with that of its child."""
    command = [sys.executable, "-m", "scripts.bench_roster", str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    planned(Path(sys.argv[1]))
    # Not ru_maxrss of ourselves, which a process takes over from the one that started it.
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(own.split()[1]) / 1024 + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
