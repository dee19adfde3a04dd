"""Watching a long sheet go by: which step is under way, how many rows are done, and a way to stop.

`disclosures.jobs.Run` watches; small sheets go by unwatched.
"""

from __future__ import annotations

from typing import Protocol

READ, CHECK, COMPARE, WRITE = range(4)
STEPS = ("读取表格", "逐行核对", "比较已有记录", "写入")
"""The steps by those numbers, as a person reads them; a check ends before the last."""


class Watch(Protocol):
    """Somebody who hears how far the work is; either may raise to end it, and then nothing is written."""

    def step(self, number: int) -> None:
        """Step `number` begins."""

    def progress(self, done: int, total: int) -> None:
        """So many rows of so many are done."""


class _Nobody:
    def step(self, number: int) -> None:
        """Nobody hears it."""

    def progress(self, done: int, total: int) -> None:
        """Nobody hears it."""


UNWATCHED: Watch = _Nobody()
