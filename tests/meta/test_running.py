"""What somebody who installs the portal relies on: the sample of variables, the list of verbs, scripts that run."""

import re
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def variables_read_by_the_settings() -> set[str]:
    source = (ROOT / "lanshan_portal" / "settings.py").read_text()
    return set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', source))


def variables_explained() -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / "env.sample").read_text(), re.MULTILINE))


def test_the_sample_explains_every_variable_the_settings_read() -> None:
    """ENV_FILE is read before any file is, so it stands in the sample's head in words."""
    assert variables_read_by_the_settings() - {"ENV_FILE"} == variables_explained()


def test_every_verb_of_the_makefile_is_explained_in_chinese() -> None:
    makefile = (ROOT / "Makefile").read_text()
    verbs = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE)) - {"venv-test"}
    printed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    explained = dict(re.findall(r"^  make (\S+) +(.+)$", printed, re.MULTILINE))
    assert set(explained) == verbs
    assert all(re.search(r"[\u4e00-\u9fff]", sentence) for sentence in explained.values())


def shell_scripts() -> list[Path]:
    return [
        path
        for path in sorted((ROOT / ".ci").iterdir())
        if path.is_file() and path.read_text().startswith("#!/usr/bin/env bash")
    ]


@pytest.mark.parametrize("script", shell_scripts(), ids=lambda path: path.name)
def test_shell_scripts_parse_and_may_be_executed(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True)
    assert script.stat().st_mode & 0o111


@pytest.mark.parametrize("arguments", [[], ["everything"], ["run", "--force"]])
def test_system_packages_explains_itself_when_misused(arguments: list[str]) -> None:
    said = subprocess.run([ROOT / ".ci" / "system-packages", *arguments], capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert said.stderr == "用法：.ci/system-packages run|test [--check]\n"


def test_a_python_that_is_too_old_is_refused_with_a_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python-of-long-ago"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    said = subprocess.run(
        [ROOT / ".ci" / "find-python"],
        env={"PYTHON": str(old), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr == "没有找到 Python 3.11 或更高版本。请先安装，或用 PYTHON=/路径/python3 指定。\n"


def test_tests_cannot_leave_this_machine() -> None:
    with pytest.raises(AssertionError, match="may leave this machine"):
        socket.create_connection(("portal.example.org", 80), timeout=1)
    with socket.socket() as probe, pytest.raises(AssertionError, match="may leave this machine"):
        probe.connect(("192.0.2.1", 80))
