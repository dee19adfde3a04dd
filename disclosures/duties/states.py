"""How a duty stands on a day, in words and in looks: for lists, tables, one duty's page and exports. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosures.compliance import Standing
from disclosures.duties.duty import Duty
from disclosures.models import Submission
from lanshan_portal.periods import chinese_date

SOON_DAYS = 7
"""A duty due within this many days is told as near."""


class Stage(StrEnum):
    """Whose turn it is: the filters of a list."""

    OPEN = "open"
    RETURNED = "returned"
    REVIEW = "review"
    FINISHED = "finished"


STAGES = {
    Stage.OPEN: "待报送",
    Stage.RETURNED: "已退回",
    Stage.REVIEW: "待审核",
    Stage.FINISHED: "已办结",
}


@dataclass(frozen=True)
class Told:
    """A duty as people are told of it: a short word, the look of its chip, a sentence, and whose turn it is."""

    words: str
    look: str
    """The chip's class after `chip-`: done, good, review, mended, behind, soon, awaited, none."""
    sentence: str
    stage: Stage
    locked: bool = False


def told(duty: Duty, day: date) -> Told:
    """How the duty stands at the end of `day`."""
    if not duty.asked:
        return Told("不再要求", "none", "该任务已不要求这个单位报送", Stage.FINISHED)
    if duty.standing is Standing.EXEMPT:
        # The sentence is followed by a full stop of its own wherever it stands.
        reason = f"：{duty.exemption.reason.rstrip('。')}" if duty.exemption else ""
        return Told("不适用", "none", f"已标记为不适用{reason}", Stage.FINISHED)
    if duty.is_open:
        return _open(duty, day)
    return _done(duty)


def _done(duty: Duty) -> Told:
    arrived = duty.arrived_on
    assert arrived is not None, "done or late"
    over = (arrived - duty.due_on).days
    late = f"，逾期{over}天" if over > 0 else ""
    if duty.awaits_review and duty.item is None:
        return Told("待审核", "review", f"{_short(arrived)}报送{late}，等待审核", Stage.REVIEW)
    if duty.item is not None and arrived == duty.item.published_on:
        sentence = f"网站{_short(arrived)}已发布“{duty.item.title}”{late}"
        return Told(f"逾期{over}天公开" if late else "已公开", "mended" if late else "done", sentence, Stage.FINISHED)
    sentence = f"{_short(arrived)}报送{late}，已审核通过"
    return Told(f"逾期{over}天完成" if late else "按时完成", "mended" if late else "done", sentence, Stage.FINISHED)


def _open(duty: Duty, day: date) -> Told:
    over = (day - duty.due_on).days
    until = f"{'延期至' if duty.extension else ''}{_short(duty.due_on)}{'' if duty.extension else '截止'}"
    passed = f"，已逾期{over}天" if over > 0 else ""
    locked = duty.locked(day)
    closed = f"，{_short(duty.locked_from)}起已锁定" if locked and duty.locked_from else ""
    if duty.returned:
        return Told("已退回", "behind", f"材料被退回，{until}{passed}{closed}", Stage.RETURNED, locked)
    if duty.awaits_approval:
        return Told("不适用待批", "soon", f"已申请标记为不适用，等待批准；{until}{passed}", Stage.OPEN, locked)
    if over > 0:
        return Told(f"逾期{over}天", "behind", f"{until}{passed}{closed}", Stage.OPEN, locked)
    if over == 0:
        return Told("今天截止", "soon", f"{until}，当天为最后一天", Stage.OPEN)
    if -over <= SOON_DAYS:
        return Told(f"剩{-over}天", "soon", f"{until}，尚未报送", Stage.OPEN)
    return Told("待报", "awaited", f"{until}，尚未报送", Stage.OPEN)


def last_returned(duty: Duty) -> Submission | None:
    """The hand-in that was returned last, where the unit has not handed in since."""
    return duty.submissions[-1] if duty.returned and duty.submissions else None


def _short(day: date) -> str:
    return chinese_date(day, with_year=False)
