"""Measure the product beside its floors: a budget is a ratio to a floor of the same run, never bare seconds.

    python -m scripts.bench [--rows 2000] [--rounds 40] [--exported 200000] [--roster 50000]
    python -m scripts.bench --world 50000x500000
    python -m scripts.bench --world 2000x20000x100000

The last measures the lists of a big world instead: the one BRANCHLIFE_DATABASE_URL holds, else it is loaded first.

BENCH_SCALE=small does a fraction of it, to see that it works. BENCH_JSON=file also writes the figures. One over its
budget is marked, never a failure: machines are noisy.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

PASSWORD = "bench-password-2021"


def main() -> None:
    """Make a world of its own, measure, print."""
    small = os.environ.get("BENCH_SCALE") == "small"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200 if small else 2000, help="meetings in the list")
    parser.add_argument("--rounds", type=int, default=10 if small else 40, help="calls of which the median counts")
    parser.add_argument("--exported", type=int, default=5000 if small else 200_000, help="rows of the export")
    parser.add_argument("--world", help="BRANCHESxMEMBERS[xMEETINGS]: measure the lists of a big world")
    parser.add_argument("--roster", type=int, default=1000 if small else 50_000, help="members of the imported roster")
    parser.add_argument("--ballots", type=int, default=250 if small else 500, help="ballots cast at a time, most 500")
    parser.add_argument("--board", type=int, default=100 if small else 500, help="branches on the board of a round")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="branchlife-bench-") as folder:
        ours = {"BRANCHLIFE_DATA_DIR": folder, "BRANCHLIFE_DEMO": "true", "DEMO_PASSWORD": PASSWORD}
        os.environ.update(ours, DJANGO_SETTINGS_MODULE="config.settings")
        import django

        django.setup()
        from scripts import bench_board, bench_cast, bench_export, bench_roster, bench_site, bench_world

        if given.world:
            figures = bench_world.measure(given.world, given.rounds)
        else:
            bench_site.prepare(given.rows)
            figures = bench_site.measure(given.rounds, PASSWORD) | bench_export.measure(given.exported)
            figures |= bench_roster.measure(given.roster)
            figures |= bench_board.measure(max(5, given.rounds // 4), given.board)
            figures |= bench_cast.measure(given.ballots, max(4, given.rounds // 4))
    for name, figure in figures.items():
        over = "  <-- over" if figure.budget and figure.ratio > figure.budget else ""
        limit = f"budget {figure.budget:6.2f}{over}" if figure.budget else "no budget"
        numbers = f"floor {figure.floor:7.2f}  ours {figure.ours:7.2f} {figure.unit:8} ratio {figure.ratio:6.2f}"
        print(f"{name:24} {numbers}  {limit}")
    target = os.environ.get("BENCH_JSON")
    if target:
        Path(target).write_text(json.dumps({name: figure._asdict() for name, figure in figures.items()}, indent=2))


if __name__ == "__main__":
    main()
