"""Figures of months that never were, drawn by hypothesis: every number adds up, everything else is open."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from hypothesis import strategies as st

from lanshan_portal.periods import Period
from reports.figures.figure import Figure
from reports.figures.notice_figures import NoticeFigures
from tests.reports import figure_builders as build

UNITS = (
    "区教育局",
    "区人社局",
    "区住建局",
    "区政府办公室",
    "兰山街道",
    "柳青街道",
    "区农业农村局",
    "李官镇",
    "兰山经开区",
)
GROUPS = (build.TOWNS, build.DEPARTMENTS, "各直属单位", "乡镇（街道）")
CATEGORIES = ("动态类信息", "政务主动公开类信息", "政策文件", "办事指南")
CHANNELS = ("区政府网站收到政府信息公开申请", "收到信函申请", "收到当面申请", "收到省市政府依申请协助调函")
PLATFORMS = ("微信订阅号", "微信服务号", "微博", "抖音")
PROBLEMS = ("错别字", "表述错误", "无法访问")

numbers = st.integers(0, 3000)


def some(names, values, smallest=0):
    return st.lists(st.sampled_from(names), unique=True, min_size=smallest).flatmap(
        lambda chosen: st.fixed_dictionaries({name: values for name in chosen})
    )


@st.composite
def tables(draw, smallest=1):
    groups = draw(st.lists(st.sampled_from(GROUPS), unique=True, min_size=smallest))
    categories = draw(st.lists(st.sampled_from(CATEGORIES), unique=True, min_size=smallest))
    return {category: {group: draw(numbers) for group in groups} for category in categories}


@st.composite
def states(draw, total: int):
    late = draw(st.integers(0, total))
    still_open = draw(st.integers(0, total - late))
    who = [(UNITS[0], late)] if late == 1 else [(UNITS[0], 1), (UNITS[4], late - 1)] if late else []
    return {"on_time": total - late - still_open, "late": tuple(who), "still_open": still_open}


@st.composite
def figures(draw, smallest=0) -> NoticeFigures:
    """June with any numbers; `smallest`: of each list so many entries at least."""
    channels = draw(some(CHANNELS, st.integers(1, 30), smallest))
    unnamed = draw(st.integers(0, 3))
    letters = draw(some(UNITS, st.integers(1, 12), smallest))
    stale = draw(some(PLATFORMS, st.integers(1, 9), smallest))
    others = draw(some(PROBLEMS, st.integers(1, 9)))
    flaws = sum(stale.values()) + sum(others.values())
    late = draw(st.integers(0, flaws))
    missing = tuple(draw(st.lists(st.sampled_from(UNITS), unique=True, min_size=smallest)))
    return NoticeFigures(
        period=build.JUNE,
        issued_on=build.ISSUED_ON,
        published=build.published(draw(tables(max(smallest, 1)))),
        applications=build.applications(channels, unnamed, **draw(states(sum(channels.values()) + unnamed))),
        mailbox=build.mailbox(*letters.items(), **draw(states(sum(letters.values())))),
        media=build.media(
            draw(st.integers(1, 3)),
            stale,
            others,
            late=((UNITS[1], late),) if late else (),
            pending=draw(st.integers(0, flaws - late)),
            period=build.JUNE,
        ),
        follow_ups=(build.duty("单位主动公开基本目录", missing=missing, source=Period.month(2020, 5)),),
        problems=(
            build.duty("实施方案", missing=missing[:3], late=missing[3:], title="重视不足", account="部分单位未落实"),
            build.duty("政务访谈稿", missing=missing, action="报送", title="报送不及时", term=build.JUNE),
        ),
    )


# --- any month


@st.composite
def months(draw, smallest=0) -> NoticeFigures:
    """Any month's figures, each of a name of its own as counted figures have."""
    month = Period.month(draw(st.integers(2019, 2026)), draw(st.integers(1, 12)))
    return in_month(draw(figures(smallest)), month)


def in_month(told: NoticeFigures, month: Period) -> NoticeFigures:
    """June's figures as those of another month, whose items two units published."""
    steps = (month.start.year - build.JUNE.start.year) * 12 + month.start.month - build.JUNE.start.month
    periods = {build.JUNE: month, build.JUNE.previous(): month.previous()}
    numbers = count(1)

    def moved(value: Any) -> Any:
        if isinstance(value, Figure):
            number = next(numbers)
            period = periods.get(value.period, value.period)
            return replace(value, name=f"{value.name}.{number}", meaning=f"第{number}个数", period=period)
        if isinstance(value, Period):
            return periods.get(value, value)
        if isinstance(value, date):
            year, index = divmod(value.year * 12 + value.month - 1 + steps, 12)
            return value.replace(year=year, month=index + 1, day=min(value.day, 28))
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        if is_dataclass(value):
            return replace(value, **{field.name: moved(getattr(value, field.name)) for field in fields(value)})
        return value

    total = told.published.total.value
    by_unit = build.unit_shares((UNITS[4], total // 3), (UNITS[0], total - total // 3))
    return moved(replace(told, published=replace(told.published, by_unit=by_unit)))
