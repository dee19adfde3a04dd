"""One unit under one heading: a state in words, with the sentence behind it. Pure; nothing is counted here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from disclosures.compliance import Standing
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period, chinese_date
from reports.figures.answers import UnitAnswers
from reports.figures.duties import DutyFigures, UnitDuty
from reports.figures.figure import RowQuery
from reports.figures.media import MediaFigures, UnitMedia

SOON_WORKING_DAYS = 5
"""What is due within a week of work is told as near."""
ON_THE_DAY, ON_THAT_DAY = "今天截止", "当日截止"
"""The last day, told on that very day; and told of a day that the page only reckons from."""


class State(StrEnum):
    """How a cell looks; its words say the same. In the order of what needs a hand first."""

    BEHIND = "behind"
    REVIEW = "review"
    """Somebody at the office has to decide: a hand-in, or whether the duty applies."""
    SOON = "soon"
    AWAITED = "awaited"
    UNKNOWN = "unknown"
    """No check was made and no sheet came in: neither good nor bad."""
    MENDED = "mended"
    COUNT = "count"
    DONE = "done"
    NONE = "none"


@dataclass(frozen=True)
class Cell:
    """A state, its words, a fuller sentence, and the rows behind it."""

    state: State
    words: str = ""
    sentence: str = ""
    query: RowQuery | None = None
    is_problem: bool = False
    """Whether the notice would have to name the unit for it."""
    over: bool = False
    """Whether nothing can be done about it any more: it was done, too late."""
    days: int = 0
    """The days it is late, or the working days that are left: what is shown of them is days of the calendar."""

    @property
    def urgency(self) -> tuple[int, int]:
        """Orders the cells of a column: the latest first, then what is soonest due, what is well last."""
        return list(State).index(self.state), -self.days if self.state is State.BEHIND else self.days


def in_short(day: date) -> str:
    """7月6日."""
    return chinese_date(day, with_year=False)


def time_left(
    due_on: date, today: date, calendar: WorkingCalendar, *, last_day: str = ON_THAT_DAY
) -> tuple[int, str, str]:
    """The working days left, and how a cell and a sentence say so: (2, 剩4天, 剩2个工作日).

    The short word counts days of the calendar, as 逾期n天 does; the sentence says what part of them is worked.
    """
    if due_on == today:
        return 0, last_day, last_day
    left, words = calendar.between(today, due_on), f"剩{(due_on - today).days}天"
    return left, words, f"剩{left}个工作日" if left else "期限内已没有工作日"


# --- duties


def duty_cell(duty: DutyFigures, own: UnitDuty | None, today: date, calendar: WorkingCalendar) -> Cell:
    """One unit's part of a requirement; None: it was not asked."""
    if own is None:
        return Cell(State.NONE, "—", "不在任务范围内")
    query = duty.asked.query.narrowed(unit=own.unit.code)
    match own.standing:
        case Standing.EXEMPT:
            why = f"（{own.exempt_for}）" if own.exempt_for else ""
            return Cell(State.NONE, "—", f"不适用{why}", query.narrowed(standing=own.standing))
        case Standing.DONE:
            cell = Cell(State.DONE, "", _done(own), query)
        case Standing.LATE:
            cell = _late_cell(duty, own, query)
        case Standing.MISSING:
            cell = _missing_cell(duty, own, query, today)
        case _:
            cell = _awaited_cell(own, query, today, calendar)
    if own.awaits_review:
        # Where lateness itself is told, the notice names the unit whatever the review says.
        sentence = f"{cell.sentence}，材料待审核"
        return replace(cell, sentence=sentence) if cell.is_problem else _to_decide(cell, sentence)
    if own.awaits_approval:
        still = "，批准前通报仍将点名" if cell.is_problem else ""
        return _to_decide(cell, f"{cell.sentence}，申请标记不适用（{own.exempt_for}），待批准{still}")
    return cell


def _to_decide(cell: Cell, sentence: str) -> Cell:
    return replace(cell, state=State.REVIEW, words="待核", sentence=sentence)


def _done(own: UnitDuty) -> str:
    if own.published and own.done_on:
        return f"{in_short(own.done_on)}已公开“{own.published}”，不需另行报送"
    return f"{in_short(own.done_on)}按时完成" if own.done_on else "按时完成"


def _late_cell(duty: DutyFigures, own: UnitDuty, query: RowQuery) -> Cell:
    days = (own.done_on - own.due_on).days if own.done_on else 0
    when = f"{in_short(own.done_on)}完成，逾期{days}天" if own.done_on else "截止日期以后完成"
    named = own.unit in duty.named
    state = State.BEHIND if named else State.MENDED
    return Cell(state, "逾期完成", when, query, is_problem=named, over=True, days=days)


def _missing_cell(duty: DutyFigures, own: UnitDuty, query: RowQuery, today: date) -> Cell:
    days = ((own.done_on or today) - own.due_on).days
    words = f"逾期{days}天" if days > 0 else "未完成"
    if own.done_on:
        # The notice counts up to the day that was given for it; what came after stays out of it.
        came = f"{in_short(own.done_on)}报送，晚于统计截止日期{in_short(duty.as_of)}，本期仍计为未完成"
        return Cell(State.BEHIND, words, f"{_due(own)}，{came}", query, is_problem=True, over=True, days=days)
    sentence = f"{_due(own)}，截至{in_short(today)}未完成{_returned(own)}"
    return Cell(State.BEHIND, words, sentence, query, is_problem=True, days=days)


def _awaited_cell(own: UnitDuty, query: RowQuery, today: date, calendar: WorkingCalendar) -> Cell:
    left, words, said = time_left(own.due_on, today, calendar)
    if own.returned:
        return Cell(State.SOON, "已退回", f"{_due(own)}，材料已退回，请修改后重新报送", query, days=left)
    if left <= SOON_WORKING_DAYS:
        return Cell(State.SOON, words, f"{_due(own)}，{said}，尚未报送", query, days=left)
    return Cell(State.AWAITED, "待报", f"{_due(own)}，尚未报送", query, days=left)


def _due(own: UnitDuty) -> str:
    return f"已延期至{in_short(own.due_on)}" if own.extended_for else f"{in_short(own.due_on)}截止"


def _returned(own: UnitDuty) -> str:
    return "，报送的材料已退回" if own.returned else ""


# --- checks of accounts, answers


def media_cell(media: MediaFigures, unit_id: int, found: UnitMedia | None) -> Cell:
    """What the checks found at one unit's accounts; that nobody looked is told apart from that nothing was found."""
    when = month_said(media.period)
    if found is None:
        if media.with_accounts and unit_id not in media.with_accounts:
            return Cell(State.NONE, "—", "没有登记的新媒体账号")
        if not media.rounds:
            return Cell(State.UNKNOWN, "无数据", f"{when}没有开展新媒体检查", media.rounds.query)
        return Cell(State.UNKNOWN, "无数据", f"{when}的检查没有包括该单位的账号", media.rounds.query)
    if found.late:
        words = f"检查发现问题{found.found}次，未按期整改{found.late}次"
        words += "，现已整改" if not found.waiting else ""
        over = not found.waiting
        return Cell(
            State.BEHIND, f"未按期{found.late}次", words, found.rows, is_problem=True, over=over, days=found.late
        )
    if found.pending:
        words = f"检查发现问题{found.found}次，其中{found.pending}次尚在整改期限内"
        return Cell(State.SOON, f"待整改{found.pending}次", words, found.rows)
    if found.found:
        return Cell(State.MENDED, "已整改", f"检查发现问题{found.found}次，均已按期整改", found.rows)
    return Cell(State.DONE, "", f"检查{found.checked}次，未发现问题", found.rows)


def answer_cell(
    what: str, period: Period, cases: UnitAnswers | None, *, any_came: bool, today: date, calendar: WorkingCalendar
) -> Cell:
    """One unit's letters or applications; where the office has none at all of a period, it is not known that none came."""
    if cases is None and not any_came:
        return Cell(State.UNKNOWN, "无数据", f"{month_said(period)}没有导入{what}记录")
    if cases is None:
        return Cell(State.NONE, "—", f"没有收到{what}")
    if cases.late:
        words = f"收到{cases.total}件，未按时答复{cases.late}件"
        words += f"，其中{cases.waiting}件仍未答复" if cases.waiting else "，已逾期答复"
        late, over = cases.rows.narrowed(state="late"), not cases.waiting
        return Cell(State.BEHIND, f"未按时{cases.late}件", words, late, is_problem=True, over=over, days=cases.late)
    share = f"{cases.on_time}/{cases.total}"
    if not cases.open:
        return Cell(State.COUNT, share, f"收到{cases.total}件，均按时答复", cases.rows)
    waiting = f"收到{cases.total}件，{cases.open}件尚未答复"
    if cases.next_due:
        left, words, said = time_left(cases.next_due, today, calendar)
        if left <= SOON_WORKING_DAYS:
            due = f"最近一件{in_short(cases.next_due)}到期，{said}"
            return Cell(State.SOON, words, f"{waiting}，{due}", cases.rows.narrowed(state="open"), days=left)
    return Cell(State.AWAITED, share, f"{waiting}，尚在办理期限内", cases.rows)


def month_said(period: Period) -> str:
    """6月, 第二季度: a period as the sentences of screens name it."""
    return period.in_text.removesuffix("份")
