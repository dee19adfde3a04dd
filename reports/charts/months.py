"""Columns month by month: parts stacked upon each other, and below them, on a base line of its own, one number more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from reports.charts.drawing import line, picture, rect, round_steps, text

TONES = 6
"""How many colours there are; further parts take the last."""
LEFT, RIGHT = 40.0, 8.0
HEAD = 22.0
"""Above the columns: their totals."""
HEIGHT = 150.0
LABELS = 20.0
BELOW_GAP, BELOW = 34.0, 40.0
WIDEST = 34.0


@dataclass(frozen=True)
class MonthColumn:
    """One month: its parts (None: nothing is known of it), and the number below."""

    label: str
    parts: tuple[int, ...] | None
    below: int | None = None
    current: bool = False

    @property
    def total(self) -> int:
        """All its parts."""
        return sum(self.parts or ())


@dataclass(frozen=True)
class MonthChart:
    """What a chart shows: its months, the names of the parts, what they count, and the name of the number below."""

    columns: tuple[MonthColumn, ...]
    parts: tuple[str, ...]
    title: str
    measure: str
    below: str = ""
    below_measure: str = ""
    even: bool = False
    """Whether no month stands out from the others."""
    tones: tuple[str, ...] = ()
    """The colours of the parts, where they mean something; otherwise one after the other."""

    @property
    def has_data(self) -> bool:
        """Whether anything is known of any month."""
        return any(column.parts is not None or column.below is not None for column in self.columns)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """What each colour stands for: its class and the part."""
        return [(self.tone(at), part) for at, part in enumerate(self.parts)]

    def tone(self, at: int) -> str:
        """The class that colours the part at that place."""
        return self.tones[at] if self.tones else f"tone-{min(at, TONES - 1)}"

    def wide(self) -> SafeString:
        """For the width of a panel."""
        return _drawn(self, self.columns, 820.0)

    def narrow(self) -> SafeString:
        """For a phone: the last six months."""
        return _drawn(self, self.columns[-6:], 340.0)


@lru_cache(maxsize=128)
def _drawn(chart: MonthChart, columns: tuple[MonthColumn, ...], width: float) -> SafeString:
    """Drawn once: the months before the newest hardly ever change."""
    floor = HEAD + HEIGHT
    foot = floor + (BELOW_GAP + BELOW if chart.below else 0)
    return picture(width, foot + LABELS, said(chart), _parts(chart, columns, width, floor, foot))


def _parts(
    chart: MonthChart, columns: Sequence[MonthColumn], width: float, floor: float, foot: float
) -> Iterator[SafeString]:
    steps = round_steps(max((column.total for column in columns), default=0))
    scale = HEIGHT / steps[-1]
    for step in steps:
        y = floor - step * scale
        yield line(LEFT, y, width - RIGHT, y, "axis" if not step else "grid")
        yield text(LEFT - 8, y + 4, f"{step:,}", "axis-number", "end")
    slot = (width - LEFT - RIGHT) / max(len(columns), 1)
    bar = min(WIDEST, slot * 0.56)
    lowest = _below_scale(columns)
    if chart.below:
        yield text(0, floor + 22, chart.below, "axis-name", "start")
        yield line(LEFT, foot, width - RIGHT, foot, "axis")
    for at, column in enumerate(columns):
        middle = LEFT + slot * (at + 0.5)
        yield from _column(chart, column, middle, bar, floor, scale)
        if chart.below:
            yield from _number_below(chart, column, middle, bar, foot, lowest)
        yield text(middle, foot + 16, column.label, "label is-current" if column.current else "label")


def _column(
    chart: MonthChart, column: MonthColumn, middle: float, bar: float, floor: float, scale: float
) -> Iterator[SafeString]:
    """The parts upon each other, with a hair of paper between, and their sum."""
    if column.parts is None:
        yield text(middle, floor - 6, "—", "total")
        return
    past = "" if column.current or chart.even else " is-past"
    top = floor
    for at, value in enumerate(column.parts):
        height = value * scale
        top -= height
        if value:
            title = f"{column.label} {chart.parts[at]} {value:,}{chart.measure}"
            yield rect(middle - bar / 2, top, bar, max(height - 1, 1.0), f"{chart.tone(at)}{past}", title)
    yield text(middle, top - 6, f"{column.total:,}", "total is-current" if column.current else "total")


def _below_scale(columns: Sequence[MonthColumn]) -> float:
    return (
        (BELOW - 14) / max((column.below or 0 for column in columns), default=0)
        if any(column.below for column in columns)
        else 0.0
    )


def _number_below(
    chart: MonthChart, column: MonthColumn, middle: float, bar: float, foot: float, scale: float
) -> Iterator[SafeString]:
    if column.below is None:
        yield text(middle, foot - 5, "—", "total")
        return
    height = column.below * scale
    if column.below:
        css = "below" if column.current else "below is-past"
        title = f"{column.label} {chart.below} {column.below}{chart.below_measure}"
        yield rect(middle - bar / 2, foot - height, bar, height, css, title)
    yield text(
        middle, foot - height - 5, str(column.below), "total below-total is-current" if column.current else "total"
    )


def said(chart: MonthChart) -> str:
    """The chart in one sentence: its span, the most, and the newest."""
    known = [column for column in chart.columns if column.parts is not None]
    if not known:
        return f"{chart.title}：没有数据"
    most, newest = max(known, key=lambda column: column.total), known[-1]
    words = f"{chart.title}：{known[0].label}至{newest.label}，最多的是{most.label}，{most.total:,}{chart.measure}"
    words += f"；{newest.label}{newest.total:,}{chart.measure}"
    if chart.below and newest.below is not None:
        words += f"，{chart.below}{newest.below}{chart.below_measure}"
    return f"{words}。数字见表格。"
