"""The order of the domains, checked; and checked to be checked."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> str:
    done = subprocess.run(
        [LINT, "--no-cache"], check=False, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder)}
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_contracts_hold():
    assert lint(ROOT) == ""


@pytest.mark.parametrize(
    "file, line, complaint",
    [
        ("identity/queries.py", "from chairside import patients", "Domains stand in one order"),
        ("pharmacy/__init__.py", "", "not listed as layers"),
        ("patients/helpers.py", "", "not listed as layers"),
        ("patients/rows.py", "from chairside.patients import queries", "Inside every domain"),
        ("patients/actions/register.py", "import fastapi", "Only the edge knows"),
        ("patients/http/patients.py", "import psycopg", "A route can only knock"),
        ("patients/rules.py", "from chairside.kernel.op import Op", "Rules are pure"),
    ],
)
def test_a_breach_is_noticed(tmp_path, file, line, complaint):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "chairside", tmp_path / "chairside")
    target = tmp_path / "chairside" / file
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{line}\n" + (target.read_text() if target.exists() else ""))
    answer = " ".join(lint(tmp_path).split())
    assert complaint in answer and ("BROKEN" in answer or "not listed" in answer), answer
