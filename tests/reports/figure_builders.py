"""Figures made by hand, for tests of what is said about them. Every number is given; nothing is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lanshan_portal.periods import Period
from reports.figures.answers import AnswerFigures
from reports.figures.applications import ApplicationFigures
from reports.figures.duties import DutyFigures
from reports.figures.figure import Figure, RowQuery
from reports.figures.mailbox import MailboxFigures
from reports.figures.media import MediaFigures
from reports.figures.notice_figures import NoticeFigures
from reports.figures.published import CategoryFigures, PublishedFigures
from reports.figures.shares import NamedUnit, Share, UnitShare, by_count_then_order
from reports.texts import NoticeTexts, OfficeWords

JUNE = Period.month(2020, 6)
ISSUED_ON = date(2020, 7, 14)
DISTRICT = OfficeWords(
    name="临沂市兰山区人民政府办公室",
    short_name="区政府办公室",
    whole_area="全区",
    own_government="区政府",
    level="区",
    section="区政府办公室政务公开科",
    addressees="各镇人民政府、街道办事处，区政府有关部门",
)
TOWNS, DEPARTMENTS = "镇街道、商城、经开区", "政府各部门"


def figure(value: int, name: str = "figure", period: Period = JUNE, **filters: str) -> Figure:
    return Figure(name, value, period, RowQuery("rows", tuple(filters.items())))


def unit(name: str, position: int = 0, kind: str = "部门") -> NamedUnit:
    return NamedUnit(unit_id=position or hash(name), code=f"code-{name}", name=name, kind=kind, position=position)


def units(*names: str, first: int = 1) -> tuple[NamedUnit, ...]:
    return tuple(unit(name, position) for position, name in enumerate(names, start=first))


def unit_shares(*pairs: tuple[str, int]) -> tuple[UnitShare, ...]:
    return by_count_then_order(
        [
            UnitShare(unit(name, position), figure(value, f"by_unit.{name}", unit=f"code-{name}"))
            for position, (name, value) in enumerate(pairs, start=1)
        ]
    )


def shares(**values: int) -> tuple[Share, ...]:
    return tuple(Share(wording, figure(value, wording)) for wording, value in values.items())


def published(table: dict[str, dict[str, int]], period: Period = JUNE) -> PublishedFigures:
    """From {category: {group: items}}."""
    groups = list(next(iter(table.values())))
    return PublishedFigures(
        period=period,
        total=figure(sum(sum(row.values()) for row in table.values()), period=period),
        by_group=shares(**{group: sum(row[group] for row in table.values()) for group in groups}),
        by_category=tuple(
            CategoryFigures(Share(category, figure(sum(row.values()))), shares(**row))
            for category, row in table.items()
        ),
        by_unit=(),
    )


def answers(on_time: int = 0, late: tuple[tuple[str, int], ...] = (), still_open: int = 0) -> AnswerFigures:
    return AnswerFigures(
        as_of=ISSUED_ON,
        on_time=figure(on_time),
        late=figure(sum(number for _, number in late)),
        open=figure(still_open),
        late_by_unit=unit_shares(*late),
    )


def applications(channels: dict[str, int], unnamed: int = 0, **states) -> ApplicationFigures:
    total = sum(channels.values()) + unnamed
    return ApplicationFigures(
        period=JUNE,
        total=figure(total),
        by_channel=shares(**channels),
        unnamed=figure(unnamed),
        answers=answers(**states) if states else answers(on_time=total),
    )


def mailbox(*pairs: tuple[str, int], **states) -> MailboxFigures:
    total = sum(number for _, number in pairs)
    return MailboxFigures(
        period=JUNE,
        total=figure(total),
        by_unit=unit_shares(*pairs),
        answers=answers(**states) if states else answers(on_time=total),
    )


def media(
    rounds: int = 1,
    stale: dict[str, int] | None = None,
    others: dict[str, int] | None = None,
    late: tuple[tuple[str, int], ...] = (),
    pending: int = 0,
    period: Period | None = None,
) -> MediaFigures:
    stale, others = stale or {}, others or {}
    return MediaFigures(
        period=period or Period.month(2020, 7),
        as_of=ISSUED_ON,
        rounds=figure(rounds),
        stale=figure(sum(stale.values())),
        stale_by_platform=shares(**stale),
        other_problems=shares(**others),
        found=figure(sum(stale.values()) + sum(others.values())),
        unrectified=figure(sum(number for _, number in late)),
        unrectified_by_unit=unit_shares(*late),
        pending=figure(pending),
    )


def duty(
    name: str,
    *,
    missing: tuple[str, ...] = (),
    late: tuple[str, ...] = (),
    action: str = "上传",
    as_of: date = date(2020, 7, 6),
    source: Period | None = None,
    term: Period | None = None,
    title: str = "",
    account: str = "",
    everybody: bool = True,
    code: str = "",
) -> DutyFigures:
    return DutyFigures(
        code=code or name,
        name=name,
        action=action,
        placement="",
        problem_title=title,
        problem_text=account,
        monthly=term is not None,
        of_everybody=everybody,
        source=source,
        term=term,
        due_on=date(2020, 6, 30),
        as_of=as_of,
        asked=figure(54),
        done=figure(54 - len(missing) - len(late)),
        missing=units(*missing, first=len(late) + 1),
        missing_count=figure(len(missing)),
        late=units(*late),
        late_count=figure(len(late)),
        behind_count=figure(len(missing) + len(late)),
    )


def nothing(period: Period = JUNE) -> NoticeFigures:
    """A period in which nothing was published, received, checked or asked."""
    return NoticeFigures(
        period=period,
        issued_on=ISSUED_ON,
        published=published({"动态类信息": {TOWNS: 0, DEPARTMENTS: 0}}, period),
        applications=replace(applications({}), period=period),
        mailbox=replace(mailbox(), period=period),
        media=media(rounds=0),
        follow_ups=(),
        problems=(),
    )


def district_texts(**fields) -> NoticeTexts:
    return NoticeTexts(office=DISTRICT, **fields)
