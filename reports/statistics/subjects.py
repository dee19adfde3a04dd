"""What can be compared, and how one month of it reads: for each line its numbers, each with the page of its rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from disclosures.compliance import Standing
from lanshan_portal.addresses import rows_address
from reports.figures.answers import AnswerFigures, UnitAnswers
from reports.figures.duties import DutyFigures
from reports.figures.figure import Figure, RowQuery
from reports.matrix_rows import unit_address
from reports.months import Month

RATE = "rate"
TOTAL, CATEGORY, GROUP, UNIT, COLUMN, TASK = "total", "category", "group", "unit", "column", "task"
WAYS = {TOTAL: "合计", CATEGORY: "类别", GROUP: "分组", UNIT: "单位", COLUMN: "栏目", TASK: "任务"}
"""By what the numbers are told apart."""


@dataclass(frozen=True)
class Number:
    """A number and the page that shows its rows."""

    value: int
    address: str = ""


Numbers = Mapping[str, Number]
"""The numbers of one line in one month, by measure."""


@dataclass(frozen=True)
class LineOfMonth:
    """One line of a month: its key across the months, its name, the group it is compared within, its numbers."""

    key: str
    name: str
    numbers: Numbers
    group: str = ""
    units: int = 0
    """How many units it sums up."""
    place: int = 0
    """Where a unit stands in the official order of its month."""


@dataclass(frozen=True)
class Measure:
    """One thing that is counted: its words, its measure word, and its colour where that means something."""

    key: str
    words: str
    unit: str
    tone: str = ""


@dataclass(frozen=True)
class Subject:
    """What is compared: its measures, the ways to tell them apart, and what a rate is made of."""

    key: str
    title: str
    measures: tuple[Measure, ...]
    ways: tuple[str, ...]
    lines: Callable[[Month, str], list[LineOfMonth] | None] = field(repr=False)
    """The lines of a month told apart one way; None where nothing is known of the month."""
    parts: tuple[str, ...] = ()
    """The measures that together make the whole of a month; all of them where none is named."""
    rate: str = ""
    """What the share of the good ones is called, where there is one."""
    good: str = ""
    counted: tuple[str, ...] = ()
    """The measures that a rate is reckoned upon: what is still open is neither good nor bad."""

    def measure(self, key: str) -> Measure:
        """The measure of that key, the rate included; KeyError where there is none."""
        if key == RATE and self.rate:
            return Measure(RATE, self.rate, "%")
        return {measure.key: measure for measure in self.measures}[key]

    def share(self, numbers: Mapping[str, int]) -> float | None:
        """The rate of those numbers; None where there is nothing to reckon it upon."""
        whole = sum(numbers.get(key, 0) for key in self.counted)
        return numbers.get(self.good, 0) / whole if whole else None


def _number(figure: Figure) -> Number:
    return Number(figure.value, rows_address(figure.query))


def _groups(lines: Iterable[LineOfMonth], month: Month, address: Callable[[str, list[str]], str]) -> list[LineOfMonth]:
    """Lines of units added up by group; `address` is the page of a measure's rows for the units of those codes."""
    by_group: dict[str, list[LineOfMonth]] = {name: [] for name, _ in month.table.groups}
    for line in lines:
        by_group.setdefault(line.group, []).append(line)
    found = []
    for name, own in by_group.items():
        if not own:
            continue
        numbers = {}
        for measure in own[0].numbers:
            codes = [line.key for line in own if line.numbers[measure].value]
            total = sum(line.numbers[measure].value for line in own)
            numbers[measure] = Number(total, address(measure, codes) if codes else "")
        found.append(LineOfMonth(name, name, numbers, units=len(own)))
    return found


# --- 信息发布


def _published(month: Month, way: str) -> list[LineOfMonth] | None:
    figures = month.figures.published
    if not figures.total:
        return None
    units = {name: len(rows) for name, rows in month.table.groups}
    match way:
        case "category":
            return [
                LineOfMonth(each.total.wording, each.total.wording, {"items": _number(each.total.figure)})
                for each in figures.by_category
            ]
        case "group":
            return [
                LineOfMonth(
                    share.wording, share.wording, {"items": _number(share.figure)}, units=units.get(share.wording, 0)
                )
                for share in figures.by_group
            ]
        case "unit":
            return [
                LineOfMonth(row.unit.code, row.unit.name, {"items": _number(row.published)}, row.group, 1, place)
                for place, row in enumerate(month.table.rows)
            ]
    return [LineOfMonth(TOTAL, "信息发布", {"items": _number(figures.total)})]


# --- 部门信箱, 依申请公开


def _answered(subject: str) -> Callable[[Month, str], list[LineOfMonth] | None]:
    def lines(month: Month, way: str) -> list[LineOfMonth] | None:
        figures = month.figures.mailbox if subject == "mailbox" else month.figures.applications
        if not figures.total:
            return None
        answers = figures.answers
        if way == TOTAL:
            numbers = {
                "received": _number(figures.total),
                "on_time": _number(answers.on_time),
                "late": _number(answers.late),
                "open": _number(answers.open),
            }
            return [LineOfMonth(TOTAL, SUBJECTS[subject].title, numbers)]
        return _answered_by_unit(month, answers, way)

    return lines


def _answered_by_unit(month: Month, answers: AnswerFigures, way: str) -> list[LineOfMonth]:
    """Units with a case alone: who had none is neither good nor bad."""
    of_unit = {each.unit.unit_id: each for each in answers.by_unit}
    lines = [
        LineOfMonth(row.unit.code, row.unit.name, _answer_numbers(of_unit[row.unit.unit_id]), row.group, 1, place)
        for place, row in enumerate(month.table.rows)
        if row.unit.unit_id in of_unit
    ]
    if way == UNIT:
        return lines
    rows = answers.on_time.query
    plain = RowQuery(rows.kind, tuple(each for each in rows.filters if each[0] != "state"))

    def address(measure: str, codes: list[str]) -> str:
        query = plain if measure == "received" else plain.narrowed(state=measure)
        return rows_address(query.narrowed(unit=",".join(codes)))

    return _groups(lines, month, address)


def _answer_numbers(cases: UnitAnswers) -> dict[str, Number]:
    return {
        "received": Number(cases.total, rows_address(cases.rows)),
        "on_time": Number(cases.on_time, rows_address(cases.rows.narrowed(state="on_time"))),
        "late": Number(cases.late, rows_address(cases.rows.narrowed(state="late"))),
        "open": Number(cases.open, rows_address(cases.rows.narrowed(state="open"))),
    }


# --- 政务新媒体


def _checked(month: Month, way: str) -> list[LineOfMonth] | None:
    media = month.figures.media
    if not media.rounds:
        return None
    if way == TOTAL:
        return [
            LineOfMonth(
                TOTAL,
                "新媒体检查",
                {
                    "found": _number(media.found),
                    "stale": _number(media.stale),
                    "late": _number(media.unrectified),
                },
            )
        ]
    days = tuple(each for each in media.found.query.filters if each[0] in ("from", "to"))
    late = RowQuery(
        "media_checks", (*days, ("found", "yes"), ("rectified", "late"), ("as_of", media.as_of.isoformat()))
    )
    found = RowQuery("media_checks", (*days, ("found", "yes")))
    stale = media.stale.query
    queries = {"found": found, "stale": stale, "late": late}
    of_unit = {each.unit.unit_id: each for each in media.by_unit}
    lines = [
        LineOfMonth(
            row.unit.code,
            row.unit.name,
            {
                key: Number(value, rows_address(queries[key].narrowed(unit=row.unit.code)))
                for key, value in (("found", own.found), ("stale", own.stale), ("late", own.late))
            },
            row.group,
            1,
            place,
        )
        for place, row in enumerate(month.table.rows)
        if (own := of_unit.get(row.unit.unit_id))
    ]
    if way == UNIT:
        return lines
    return _groups(lines, month, lambda measure, codes: rows_address(queries[measure].narrowed(unit=",".join(codes))))


# --- 工作任务

STANDINGS = {"done": Standing.DONE, "late": Standing.LATE, "missing": Standing.MISSING}


def _asked(month: Month, way: str) -> list[LineOfMonth] | None:
    duties = month.figures.duties
    if not duties:
        return None
    if way == TASK:
        return [_task_line(duty) for duty in duties]
    by_unit: dict[int, dict[str, int]] = {}
    for duty in duties:
        for own in duty.units:
            if own.standing is Standing.EXEMPT:
                continue
            counts = by_unit.setdefault(own.unit.unit_id, dict.fromkeys(("asked", *STANDINGS), 0))
            counts["asked"] += 1
            for key, standing in STANDINGS.items():
                counts[key] += own.standing is standing
    address = unit_address(month.period)
    lines = [
        LineOfMonth(
            row.unit.code,
            row.unit.name,
            {key: Number(value, address(row.unit.code)) for key, value in by_unit[row.unit.unit_id].items()},
            row.group,
            1,
            place,
        )
        for place, row in enumerate(month.table.rows)
        if row.unit.unit_id in by_unit
    ]
    if way == UNIT:
        return lines
    if way == GROUP:
        return _groups(lines, month, lambda measure, codes: told_apart(month, UNIT, measure))
    tasks = [_task_line(duty) for duty in duties]
    return [
        LineOfMonth(
            TOTAL,
            "工作任务",
            {
                key: Number(sum(line.numbers[key].value for line in tasks), told_apart(month, TASK, key))
                for key in tasks[0].numbers
            },
        )
    ]


def _task_line(duty: DutyFigures) -> LineOfMonth:
    numbers = {
        "asked": _number(duty.asked),
        "done": _number(duty.done),
        "late": _number(duty.late_count),
        "missing": _number(duty.missing_count),
    }
    return LineOfMonth(duty.code, duty.name, numbers)


def told_apart(month: Month, way: str, measure: str) -> str:
    """Where a sum over several tasks is told apart: each number there opens its rows."""
    asked = {"what": "duties", "by": way, "measure": measure, "from": str(month.period), "to": str(month.period)}
    return f"{reverse('statistics')}?{urlencode(asked)}"


ANSWER_MEASURES = (
    Measure("received", "收到", "件"),
    Measure("on_time", "按时答复", "件", "tone-0"),
    Measure("late", "未按时答复", "件", "tone-late"),
    Measure("open", "在期限内", "件", "tone-open"),
)


def _answer_subject(key: str, title: str) -> Subject:
    return Subject(
        key,
        title,
        ANSWER_MEASURES,
        (TOTAL, GROUP, UNIT),
        _answered(key),
        parts=("on_time", "late", "open"),
        rate="按时答复率",
        good="on_time",
        counted=("on_time", "late"),
    )


SUBJECTS: dict[str, Subject] = {
    subject.key: subject
    for subject in (
        Subject(
            "published",
            "信息发布",
            (Measure("items", "发布", "条"),),
            (TOTAL, CATEGORY, GROUP, UNIT, COLUMN),
            _published,
        ),
        _answer_subject("mailbox", "部门信箱"),
        _answer_subject("applications", "依申请公开"),
        Subject(
            "media",
            "新媒体检查",
            (
                Measure("found", "发现问题", "次"),
                Measure("stale", "超期更新", "次"),
                Measure("late", "未按期整改", "次"),
            ),
            (TOTAL, GROUP, UNIT),
            _checked,
            parts=("found",),
        ),
        Subject(
            "duties",
            "工作任务",
            (
                Measure("asked", "应报", "家次"),
                Measure("done", "按时完成", "家次", "tone-0"),
                Measure("late", "逾期完成", "家次", "tone-soon"),
                Measure("missing", "未完成", "家次", "tone-late"),
            ),
            (TOTAL, TASK, GROUP, UNIT),
            _asked,
            parts=("done", "late", "missing"),
            rate="按时完成率",
            good="done",
            counted=("done", "late", "missing"),
        ),
    )
}
