"""Bars that lie: one lane a name, in groups; a mark shows the middle of the group, the only thing a lane is measured by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reports.charts.drawing import line, picture, rect, text

LANE, GROUP_HEAD = 22.0, 26.0


@dataclass(frozen=True)
class Lane:
    """A name and its number; None: nothing is known, which is not nothing."""

    name: str
    value: int | None


@dataclass(frozen=True)
class LaneGroup:
    """Lanes that may be compared with each other."""

    name: str
    lanes: tuple[Lane, ...]

    @property
    def middle(self) -> float | None:
        """The median of what is known."""
        known = sorted(lane.value for lane in self.lanes if lane.value is not None)
        if not known:
            return None
        half = len(known) // 2
        return float(known[half]) if len(known) % 2 else (known[half - 1] + known[half]) / 2


@dataclass(frozen=True)
class LaneChart:
    """What the chart shows, and what it counts."""

    groups: tuple[LaneGroup, ...]
    title: str
    measure: str

    def wide(self) -> SafeString:
        """For the width of a panel."""
        return _drawn(self, 820.0, 190.0)

    def narrow(self) -> SafeString:
        """For a phone."""
        return _drawn(self, 340.0, 108.0)


def _drawn(chart: LaneChart, width: float, names: float) -> SafeString:
    height = sum(GROUP_HEAD + LANE * len(group.lanes) for group in chart.groups) + 4
    largest = max((lane.value or 0 for group in chart.groups for lane in group.lanes), default=0) or 1
    sign = chart.measure if chart.measure == "%" else ""
    return picture(width, height, said(chart), _parts(chart.groups, width, names, largest, sign))


def _parts(groups: Sequence[LaneGroup], width: float, names: float, largest: int, sign: str) -> Iterator[SafeString]:
    scale = (width - names - 64) / largest
    letters = int(names // 13)
    y = 0.0
    for group in groups:
        middle = group.middle
        told = f"{group.name}，中位数 {middle:g}{sign}" if middle is not None else group.name
        yield text(0, y + 17, told, "lane-group", "start")
        y += GROUP_HEAD
        begin = y
        for lane in group.lanes:
            name = lane.name if len(lane.name) <= letters else f"{lane.name[: letters - 1]}…"
            yield text(names - 10, y + 15, name, "lane-name", "end")
            if lane.value is None:
                yield text(names + 4, y + 15, "—", "lane-number", "start")
            else:
                yield rect(names, y + 5, lane.value * scale, LANE - 10, "tone-0 is-past" if lane.value else "axis")
                yield text(names + lane.value * scale + 6, y + 15, f"{lane.value:,}{sign}", "lane-number", "start")
            y += LANE
        if middle is not None:
            x = names + middle * scale
            yield line(x, begin, x, y, "middle")


def said(chart: LaneChart) -> str:
    """The chart in one sentence: the middle of each group."""
    told = [f"{group.name}中位数{group.middle:g}{chart.measure}" for group in chart.groups if group.middle is not None]
    return f"{chart.title}：{'，'.join(told) if told else '没有数据'}。数字见表格。"
