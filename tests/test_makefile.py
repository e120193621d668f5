"""What `make` does before there is anything to test with."""

import shutil
import subprocess
import sys

import pytest

from tests.conftest import TESTS

OLD = f"""#!/bin/sh
if [ "$1" = -c ]; then exec {sys.executable} -c "import sys; sys.version_info = (3, 10, 1); $2"; fi
mkdir -p .venv/bin && touch .venv/bin/python
"""


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make on this machine")
def test_of_a_python_that_is_too_old_no_environment_is_made(tmp_path):
    shutil.copy(TESTS.parent / "Makefile", tmp_path)
    old = tmp_path / "python3.10"
    old.write_text(OLD, encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", f"PYTHON={old}", ".venv/bin/python"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "expected Python 3.11 or later, found 3.10: make PYTHON=" in done.stderr
    assert not (tmp_path / ".venv").exists()
