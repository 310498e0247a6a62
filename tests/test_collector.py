"""A server process that has loaded everything before its first request, and keeps the collector away from it."""

import subprocess
import sys
from pathlib import Path

ASKED = """
import gc, sys
import config.wsgi
print(gc.get_freeze_count(), len(gc.get_objects()), gc.get_threshold()[0], "appraisals.votes.views" in sys.modules)
"""


def test_what_a_server_has_loaded_is_not_walked_over_again(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True,
        env={"BRANCHLIFE_DATA_DIR": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    kept, young, threshold, has_pages = ended.stdout.split()
    assert int(kept) > 100 * int(young)
    assert (threshold, has_pages) == ("50000", "True")
