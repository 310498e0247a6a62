"""Every check that needs no test: style, types, templates, settings, migrations, catalogue, vendored files."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "BRANCHLIFE_PRODUCTION": "true",
    "BRANCHLIFE_HOSTS": "branchlife.example",
    "BRANCHLIFE_PUBLIC_URL": "https://branchlife.example",
    "BRANCHLIFE_TRUSTED_PROXIES": "1",
    "BRANCHLIFE_REDIS_URL": "redis://127.0.0.1:6379/0",  # a check connects to nothing
    "BRANCHLIFE_DATA_DIR": str(ROOT / ".cache" / "check"),
}


def main() -> int:
    """Run every step, whatever the ones before it found; 1 when one failed."""
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    python = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    steps = {
        "ruff format": [*python, "ruff", "format", "--check", "--quiet", "."],
        "ruff check": [*python, "ruff", "check", "--quiet", "."],
        "mypy": [*python, "mypy", "--no-error-summary", "."],
        "djade": [str(Path(sys.executable).with_name("djade")), "--check", "--target-version", "5.2", *templates],
        "check --deploy": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "makemigrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "catalogue": [*python, "scripts.catalogue", "--check"],
        "vendored files": [*python, "scripts.vendor", "--check"],
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BRANCHLIFE_")}
    failed = [name for name, command in steps.items() if not _passes(name, command, kept | PRODUCTION)]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return int(bool(failed))


def _passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    begin = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    passed = done.returncode == 0
    print(f"{name:16} {'passed' if passed else 'FAILED'}  {time.monotonic() - begin:5.1f} s", flush=True)
    if not passed:
        print(done.stdout + done.stderr, flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
