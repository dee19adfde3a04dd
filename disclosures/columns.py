"""Column paths of the website, e.g. 公开-区政府信息公开-规划计划-年度总结和计划. Pure."""

from __future__ import annotations

import re

from units.directory import normalised

_SEPARATOR = re.compile(r"[-－—–>＞/／\\|→»]+")


def steps(path: str) -> tuple[str, ...]:
    """The levels of a path, from the top; offices separate them in different ways."""
    return tuple(step for step in _SEPARATOR.split(normalised(path)) if step)


def lies_in(path: str, column: str) -> bool:
    """Whether an item under `path` stands in `column`, or below it; either may leave out the levels at the top.

    规划计划-年度总结和计划 lies in 公开-区政府信息公开-规划计划-年度总结和计划, and so does the full path; 规划计划 alone does not.
    """
    wanted, found = steps(column), steps(path)
    if not wanted or not found:
        return False
    shorter, longer = sorted((wanted, found), key=len)
    if longer[-len(shorter) :] == shorter:
        return len(shorter) > 1 or len(longer) == 1
    return any(found[at : at + len(wanted)] == wanted for at in range(len(found) - len(wanted)))
