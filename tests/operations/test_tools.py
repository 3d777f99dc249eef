"""What `make` brings: locks that anyone can use, and steps that are done once."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tools import advisories, locks, setup

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


PYTHON = {"dependencies": [
    {"name": "fine", "version": "1.0", "vulns": []},
    {"name": "ill", "version": "2.0", "vulns": [
        {"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": ["CVE-2026-1"], "description": "…"}]},
], "fixes": []}  # fmt: skip
WEB = {"auditReportVersion": 2, "vulnerabilities": {
    "ill": {"name": "ill", "severity": "high", "via": [
        {"source": 1, "name": "ill", "severity": "high", "url": "https://github.com/advisories/GHSA-xxxx", "range": "<3.0.0"}],
        "fixAvailable": {"name": "ill", "version": "3.0.0", "isSemVerMajor": True}},
    "above": {"name": "above", "severity": "high", "via": ["ill"], "fixAvailable": True},
}}  # fmt: skip


class TestAdvisories:
    def test_says_what_is_known_and_in_what_it_is_mended(self) -> None:
        [one] = advisories.of_python(json.dumps(PYTHON))
        assert one == ("ill", "2.0", frozenset({"PYSEC-2026-1", "CVE-2026-1"}), "2.1")
        [one] = advisories.of_web(json.dumps(WEB))
        assert one == ("ill", "<3.0.0", frozenset({"GHSA-xxxx"}), "ill 3.0.0")

    @pytest.mark.parametrize(
        "told",
        ["", "[]", json.dumps({"dependencies": [{"name": "it", "skip_reason": "Dependency not found on PyPI"}], "fixes": []})],
    )
    def test_what_could_not_be_asked_is_not_called_well(self, told: str) -> None:
        with pytest.raises(advisories.Away):
            advisories.of_python(told)

    def test_a_registry_that_refuses_is_not_called_well(self) -> None:
        with pytest.raises(advisories.Away):
            advisories.of_web(json.dumps({"message": "405 Method Not Allowed", "statusCode": 405}))

    def test_an_excuse_has_a_reason_and_an_end(self) -> None:
        text = '[[excuse]]\nid = "CVE-2026-1"\nreason = "{}"\nsince = 2026-11-01\nuntil = {}\n'
        [known] = advisories.excuses(text.format("not called", "2026-11-20"))
        found = advisories.of_python(json.dumps(PYTHON))
        assert advisories.unexcused(found, [known], date(2026, 11, 20)) == []
        assert advisories.unexcused(found, [known], date(2026, 11, 21)) == found
        for wrong in (text.format("", "2026-11-20"), text.format("for long", "2027-11-20")):
            with pytest.raises(SystemExit, match="lasts 30 days at most"):
                advisories.excuses(wrong)

    def test_those_that_stand_are_within_the_policy(self) -> None:
        assert advisories.excuses(advisories.EXCUSES.read_text()) is not None
        assert "30 days away" in (HOME / "docs/dependencies.md").read_text() and advisories.LONGEST.days == 30

    def test_the_workflow_insists(self) -> None:
        assert "tools.advisories --must" in (HOME / ".github/workflows/check.yml").read_text()
