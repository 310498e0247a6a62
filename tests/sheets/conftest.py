import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def soffice(tmp_path):
    """A function that lets LibreOffice turn a file into another format and returns the new file."""
    program = os.environ.get("TEST_SOFFICE") or shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")

    def convert(path: Path, to: str) -> Path:
        folder = tmp_path / "converted"
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return folder / f"{path.stem}.{to.partition(':')[0]}"

    return convert
