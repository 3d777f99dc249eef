"""The operator's page is true: every command, option, setting, file and metric named in it exists."""

import re
from argparse import ArgumentParser
from dataclasses import fields
from importlib import import_module
from pathlib import Path

from chairside.cli import COMMANDS
from chairside.kernel.settings import Settings

HOME = Path(__file__).parents[2]
PAGE = (HOME / "docs/operations.md").read_text()
SETTINGS = {f"CHAIRSIDE_{field.name.upper()}" for field in fields(Settings)} | {"CHAIRSIDE_APP_PASSWORD"}


def named_commands() -> list[str]:
    return re.findall(r"(?:^    |`|\| |= |… )chairside ([a-z][^`|\n]*)", PAGE, re.MULTILINE)


def options(command: str) -> set[str]:
    parser = ArgumentParser()
    import_module(f"chairside.cli.{command.replace(' ', '_').replace('-', '_')}").arguments(parser)
    return {option for action in parser._actions for option in action.option_strings}


class TestPage:
    def test_every_command_exists_and_takes_what_is_said(self):
        assert len(named_commands()) > 15
        for words in named_commands():
            command = next((name for name in COMMANDS if f"{words} ".startswith(f"{name} ")), None)
            assert command, words
            assert set(re.findall(r"--[a-z-]+", words)) <= options(command), words

    def test_every_command_is_told(self):
        told = {next(name for name in COMMANDS if f"{words} ".startswith(f"{name} ")) for words in named_commands()}
        also = {name for name in COMMANDS if f"`{name}`" in PAGE}
        assert set(COMMANDS) - told - also == set()

    def test_every_setting_exists(self):
        named = set(re.findall(r"CHAIRSIDE_[A-Z_]*[A-Z]", PAGE))
        assert len(named) > 12
        assert {name.removesuffix("_FILE") for name in named} - SETTINGS == set()

    def test_every_file_exists(self):
        named = re.findall(r"`((?:infra|tools|chairside|docs)/[\w./-]+)`", PAGE) + re.findall(r"\]\(([\w/-]+\.md)\)", PAGE)
        assert len(named) > 4
        assert [name for name in named if not (HOME / name).exists() and not (HOME / "docs" / name).exists()] == []

    def test_every_metric_is_told(self):
        source = "".join(path.read_text() for path in HOME.glob("chairside/**/*.py"))
        for name in re.findall(r"`(chairside_[a-z_]+)`", PAGE):
            assert f'"{name}"' in source or name == "chairside_app", name


def test_the_first_day_makes_every_secret_that_the_machines_want():
    secrets = set(re.findall(r"file: \./secrets/(\w+)", (HOME / "infra/compose.yaml").read_text()))
    day = (HOME / "docs/guide/operator.md").read_text().partition("## The first day")[2].partition("## Every night")[0]
    code = "\n".join(line for line in day.splitlines() if line.startswith("    "))
    assert len(secrets) > 3
    secrets.remove("pgbouncer_users")  # only for those who put pgbouncer between; compose.yaml says how
    assert [name for name in secrets if not re.search(rf"\b{name}\b", code)] == []
