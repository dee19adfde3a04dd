"""What was struck out and what was put in, as a person would mark it on paper."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from reports.amendments import TOKEN

Op = Literal["same", "removed", "added"]
Mark = tuple[Op, str]

ISLAND = 2
"""Characters that stay between two changes and say nothing by themselves: the changes are read as one."""
_DIGIT = re.compile(r"\d")


def redline(before: str, after: str) -> tuple[Mark, ...]:
    """The words that stay, go and come, in reading order; a number stays or goes as a whole."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    # Kept words and changes in turn: a change is what goes and what comes in its place.
    steps: list[tuple[str, str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        steps.append((gone, "", "") if tag == "equal" else ("", gone, come))
        while _is_island(steps):
            (_, gone, come), (same, _, _), (_, more, further) = steps[-3:]
            steps[-3:] = [("", gone + same + more, come + same + further)]
    marks: list[Mark] = []
    for same, gone, come in steps:
        told: tuple[Mark, ...] = (("same", same), ("removed", gone), ("added", come))
        marks += [mark for mark in told if mark[1]]
    return tuple(marks)


def _is_island(steps: list[tuple[str, str, str]]) -> bool:
    if len(steps) < 3:
        return False
    left, (same, _, _), right = steps[-3:]
    if not same or len(same) > ISLAND or left[0] or right[0]:
        return False
    # Where a number changes, the words beside it are what tells which one it is.
    return not _DIGIT.search("".join((*left, same, *right)))
