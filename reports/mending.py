"""What mends a cell or a sentence: the page where it is done, or that nothing can be done about it any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from disclosures.models import Submission
from lanshan_portal.addresses import duty_address, rows_address
from reports.cells import in_short
from reports.figures.answers import UnitAnswers
from reports.figures.figure import RowQuery
from reports.figures.media import UnitMedia
from reports.figures.notice_figures import NoticeFigures


@dataclass(frozen=True)
class Mending:
    """What a unit can do about being named: the verb of the button, its page, and what comes of it.

    Without a verb there is nothing left to do: `outcome` says why.
    """

    outcome: str
    verb: str = ""
    address: str = ""
    about: str = ""
    """What the button is about, where a sentence has several."""


TermKey = tuple[str, str]
"""The code of a requirement and of its term, as addresses and queries name a duty."""
HandedIn = Mapping[TermKey, Submission]


def handed_in_since(unit_ids: Collection[int], day: date) -> HandedIn:
    """What the units handed in after `day` and was not returned, the first of each term: a page that reckons from an
    earlier day must not ask for it again."""
    later = Submission.objects.filter(unit__in=unit_ids, submitted_on__gt=day).exclude(
        review=Submission.Review.RETURNED
    )
    later = later.select_related("requirement").order_by("-submitted_on", "-id")
    return {(each.requirement.code, each.term): each for each in later}


def told_since(submission: Submission) -> str:
    """11月25日报送，待审核."""
    waits = submission.review == Submission.Review.PENDING
    return f"{in_short(submission.submitted_on)}报送，{'待审核' if waits else '已审核通过'}"


def mending(query: RowQuery, figures: NoticeFigures, unit_id: int, since: HandedIn) -> Mending:
    """What the unit can do about the rows a sentence names it for; `since`: what it handed in after the day of issue."""
    if query.kind == "duties":
        return _of_duty(query, figures, unit_id, since)
    address = rows_address(query)
    if query.kind == "media_checks":
        if not _waiting(figures.media.by_unit, unit_id):
            return Mending("发现的问题已经整改，但超过了整改期限，本期通报仍会点名，不需要再办理。")
        return Mending("已过整改期限，本期通报仍会点名；请尽快整改，避免下期再次点名。", "查看需要整改的账号", address)
    answers, what = {
        "mailbox_cases": (figures.mailbox.answers, "来信"),
        "applications": (figures.applications.answers, "申请"),
    }[query.kind]
    if not _waiting(answers.by_unit, unit_id):
        return Mending(f"{what}已经答复，但超过了答复期限，本期通报仍会点名，不需要再办理。")
    return Mending("已过答复期限，本期通报仍会点名；请尽快答复。", f"查看未答复的{what}", address)


def _waiting(units: Iterable[UnitAnswers] | Iterable[UnitMedia], unit_id: int) -> bool:
    return any(each.waiting for each in units if each.unit.unit_id == unit_id)


def _of_duty(query: RowQuery, figures: NoticeFigures, unit_id: int, since: HandedIn) -> Mending:
    given = dict(query.filters)
    code, term = given.get("requirement", ""), given.get("term", "")
    duty = next(each for each in figures.duties if each.code == code and (str(each.term) if each.term else "") == term)
    own = next(each for each in duty.units if each.unit.unit_id == unit_id)
    if own.unit in duty.late:
        return Mending(f"“{duty.name}”已经逾期完成，本期通报仍会点名，不需要再办理。", about=duty.name)
    if own.done_on:
        came = f"“{duty.name}”已于{in_short(own.done_on)}补报，但晚于统计截止日期{in_short(duty.as_of)}"
        return Mending(f"{came}，本期通报仍会点名，不需要再办理。", about=duty.name)
    if later := since.get((code, term)):
        outcome = f"“{duty.name}”已于{told_since(later)}；按{in_short(figures.issued_on)}印发计算，仍会点名。"
        return Mending(outcome, about=duty.name)
    if duty.as_of < figures.issued_on:
        outcome = f"统计截至{in_short(duty.as_of)}，现在补报，本期通报仍会点名；请尽快补报，避免下期再次点名。"
    elif duty.names_when_late(own.unit, figures.issued_on):
        outcome = "现在补报，本期通报仍会列为逾期；请尽快补报。"
    else:
        outcome = "补报后，本期通报不再点名。"
    return Mending(outcome, f"补报{duty.name}", duty_address(code, term, own.unit.code), duty.name)


def open_first(mendings: Iterable[Mending]) -> list[Mending]:
    """Those with something left to do first; each once."""
    return sorted(dict.fromkeys(mendings), key=lambda each: not each.verb)
