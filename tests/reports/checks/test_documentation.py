"""`docs/checks.md` lists every code, and no other."""

import re
from pathlib import Path

from reports.checks import Code, Finding, Level

PAGE = (Path(__file__).parents[3] / "docs" / "checks.md").read_text(encoding="utf-8")


def test_every_code_is_described_once():
    described = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(described) == sorted(str(code) for code in Code)


def test_every_described_level_is_a_level():
    words = {
        level for row in re.findall(r"^\| `\w+` \| ([^|]+) \|", PAGE, re.MULTILINE) for level in re.findall(r"\w+", row)
    }
    assert set(map(str, Level)) <= words


def test_a_finding_as_json():
    finding = Finding(Code.LIST_EMPTY, Level.ERROR, "“涉及，”之后没有列出内容。", "一、（三）第1句")
    assert finding.as_json() == {
        "code": "list_empty",
        "level": "error",
        "message": "“涉及，”之后没有列出内容。",
        "where": "一、（三）第1句",
    }
