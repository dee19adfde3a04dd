"""What the sections of a notice are called where one chooses their order, and which belong together under one heading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

BASICS = "基本情况"
SECTIONS: dict[str, tuple[str, str]] = {
    "opening": ("引言", ""),
    "published": ("主动公开情况", BASICS),
    "applications": ("依申请公开情况", BASICS),
    "mailbox": ("部门信箱办理情况", BASICS),
    "media": ("政务新媒体更新情况", BASICS),
    "follow_ups": ("上期通报中重点工作完成情况", BASICS),
    "problems": ("存在的主要问题", "存在的主要问题"),
    "arrangements": ("下月工作安排", "工作安排"),
    "closing": ("结语", ""),
}
"""By key: the section's title, and the part of the notice it stands in (none: before or after all parts)."""
TITLES = {key: title for key, (title, _) in SECTIONS.items()}


def scattered(keys: Sequence[str]) -> str:
    """The part whose sections do not stand together in that order, and would be numbered twice; none: nothing."""
    parts = [part for part, _ in groupby(SECTIONS[key][1] for key in keys)]
    named = [part for part in parts if part]
    return next((part for part in named if named.count(part) > 1), "")
