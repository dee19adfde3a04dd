"""Which address answers whom with what: the data of a test, and the page `docs/permissions.md`.

python -m tests.meta.permissions_page        writes the page anew
"""

from __future__ import annotations

from pathlib import Path

from tests.meta.addresses import ADDRESSES
from tests.meta.answers import GO, PEOPLE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def page() -> str:
    """The page: who each role is, what each permission means, what each address answers."""
    from units.roles import ROLES, Permission

    lines = [
        "# Who may see what",
        "",
        "Written by `python -m tests.meta.permissions_page` from the table that",
        "`tests/meta/test_every_url_with_every_role.py` walks; that test fails when this page is out of date.",
        "",
        "## 角色",
        "",
        "| 角色 | 说明 | 权限 |",
        "| --- | --- | --- |",
    ]
    for role in ROLES.values():
        rights = "；".join(right.sentence for right in Permission if right in role.permissions)
        lines.append(f"| {role.display_name} | {role.description} | {rights} |")
    lines += [
        "",
        "## 页面",
        "",
        f"登录：转到登录页，登录后返回。{GO}：办理后转到其他页面。无权：403。不存在：404。",
        "",
        f"| 页面 | 地址 | {' | '.join(PEOPLE.values())} |",
        f"| --- | --- | {' | '.join('---' for _ in PEOPLE)} |",
    ]
    for address in ADDRESSES:
        method = "" if address.method == "GET" else f"{address.method} "
        told = " | ".join(address.answers[who].strip() for who in PEOPLE)
        lines.append(f"| {address.what} | `{method}{address.shown}` | {told} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
