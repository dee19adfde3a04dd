"""依申请公开: applications received, by channel, and whether they were answered in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from disclosures.models import Channel, DisclosureApplication
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from reports.figures.answers import AnswerFigures, case_of, count_answers
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import Share
from units.directory import Directory
from units.models import Office


@dataclass(frozen=True)
class ApplicationFigures:
    """The applications of a period: total, the channels the notice names, what no named channel explains, answers."""

    period: Period
    total: Figure
    by_channel: tuple[Share, ...]
    unnamed: Figure
    answers: AnswerFigures


def count(
    office: Office, period: Period, *, as_of: date, calendar: WorkingCalendar, directory: Directory
) -> ApplicationFigures:
    """Count the applications received in `period`, with their answers as known at the end of `as_of`."""
    return count_each(office, {period: as_of}, calendar=calendar, directory=directory)[period]


def count_each(
    office: Office, as_of: Mapping[Period, date], *, calendar: WorkingCalendar, directory: Directory
) -> dict[Period, ApplicationFigures]:
    """Count those received in each period, with their answers as known at the end of the day given for it, in the
    queries of one."""
    received = list(DisclosureApplication.objects.received_in(office, Period.around(as_of)).with_limits())
    channels = list(Channel.objects.filter(office=office, active=True))
    return {
        period: _figures(
            office,
            period,
            day,
            [each for each in received if each.received_on in period],
            channels,
            calendar,
            directory,
        )
        for period, day in as_of.items()
    }


def _figures(
    office: Office,
    period: Period,
    as_of: date,
    applications: Sequence[DisclosureApplication],
    active: Sequence[Channel],
    calendar: WorkingCalendar,
    directory: Directory,
) -> ApplicationFigures:
    channels = Counter(application.channel_id for application in applications)
    rows = RowQuery("applications", (("from", period.start.isoformat()), ("to", period.last.isoformat())))
    named = [channel for channel in active if channels[channel.pk]]
    explained = sum(channels[channel.pk] for channel in named)
    return ApplicationFigures(
        period=period,
        total=Figure("applications.total", len(applications), period, rows, "收到申请件数"),
        by_channel=tuple(
            Share(
                channel.said.replace("{government}", office.own_government),
                Figure(
                    f"applications.by_channel.{channel.name}",
                    channels[channel.pk],
                    period,
                    rows.narrowed(channel=channel.name),
                    f"{channel.name}渠道收到申请件数",
                ),
            )
            for channel in named
        ),
        unnamed=Figure(
            "applications.unnamed",
            len(applications) - explained,
            period,
            rows.narrowed(channel="-"),
            "其他渠道收到申请件数",
        ),
        answers=count_answers(
            "applications",
            (
                case_of(application.unit_id, application.due(calendar), application.answered_on, as_of)
                for application in applications
            ),
            period=period,
            as_of=as_of,
            rows=rows,
            directory=directory,
        ),
    )
