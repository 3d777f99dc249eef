"""What `make` brings: locks that anyone can use, and steps that are done once."""

import subprocess
from pathlib import Path

import pytest

from tools import locks, setup

HOME = Path(__file__).parents[2]


class TestLocks:
    @pytest.mark.parametrize("name", ["uv.lock", "web/package-lock.json"])
    def test_names_no_private_host(self, name: str) -> None:
        assert {place for place in locks.strangers((HOME / name).read_text()) if not (HOME / "web" / place).is_dir()} == set()

    @pytest.mark.parametrize(
        "line",
        [
            '"resolved": "https://npm.corp.example/react/-/react-19.tgz",',
            '    { url = "https://pypi.corp.example/files/x.whl", hash = "sha256:0" },',
            'source = { registry = "https://pypi.corp.example/simple" }',
            'source = { registry = "/opt/wheels" }',
        ],
    )
    def test_notices_one(self, line: str) -> None:
        assert len(locks.strangers(line)) == 1


class TestSetup:
    def test_a_step_is_current_until_what_it_is_made_from_changes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(setup, "TOOLS", tmp_path)
        source, made = tmp_path / "source", tmp_path / "made"
        source.write_text("one")
        assert not setup.current("it", [source], made)
        with setup.step("It", "it", [source]):
            made.touch()
        assert setup.current("it", [source], made)
        source.write_text("two")
        assert not setup.current("it", [source], made)
        source.write_text("one")
        made.unlink()
        assert not setup.current("it", [source], made)

    def test_a_step_that_failed_is_not_current(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(setup, "TOOLS", tmp_path)
        with setup.step("It", "it", []):
            pass
        with pytest.raises(ZeroDivisionError), setup.step("It", "it", []):
            1 / 0  # noqa: B018
        assert not setup.current("it", [], tmp_path)

    def test_help_tells_every_target(self) -> None:
        told = subprocess.run(
            ["make", "--no-print-directory", "help"], cwd=HOME, capture_output=True, text=True, check=True
        ).stdout
        assert {"setup", "run", "test", "check", "bench", "reset", "help"} <= {line.split()[1] for line in told.splitlines()}
