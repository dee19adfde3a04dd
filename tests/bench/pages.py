"""Pages beside an empty view: how long each takes in process, through all of the middleware, signed in.

Another page is one line of PAGES.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from disclosures.models import PublishedItem, Submission
from lanshan_portal.periods import Period
from tests.bench.figures import fill
from tests.bench.timing import percentile, report, seconds_of_each
from tests.district import DEPARTMENTS, TOWNS, District
from tests.people import signed_in, staff
from units import audit
from units.models import Office, Unit, UnitKind

UNITS, MONTHS = 50, 12
ROUNDS = 30
HISTORIES = (20_000, 1_000_000)
JUNE = Period.month(2020, 6)
EMPTY = "/empty/"


@dataclass(frozen=True)
class Page:
    """A page to measure: what it is, its address, the most it may take of an empty view."""

    name: str
    address: str
    at_most: float | None = None
    after_a_change: bool = False
    """Whether something that is counted was changed just before: nothing kept of the months before may be used."""


PAGES = (
    Page("总览，含全部单位落实情况", "/2020-06/?issued_on=2020-07-14", 25),
    Page("总览，数据刚有变动", "/2020-06/?issued_on=2020-07-14", after_a_change=True),
    Page("一页", "/2020-06/brief/"),
    Page("一个单位的月份", "/2020-06/units/U07/"),
    Page("一个单位的全年", "/units/U07/?month=2020-06"),
    Page("统计分析，12个月按单位", "/statistics/?by=unit&from=2019-07&to=2020-06"),
    Page("统计分析，12个月按栏目", "/statistics/?by=column&from=2019-07&to=2020-06"),
)


def district() -> District:
    """50 units over a year: letters, applications, a round of checks and four tasks every month, most of them done."""
    made = District.of(Office.objects.first() or District().office)
    office = made.office
    for number in range(Unit.objects.filter(office=office).count(), UNITS):
        made.unit(f"第{number}单位", TOWNS if number % 3 == 0 else DEPARTMENTS, UnitKind.DEPARTMENT)
    units = list(Unit.objects.filter(office=office).order_by("position")[:UNITS])
    asked = [
        made.requirement(
            f"B-{number}",
            name=f"第{number}项每月任务",
            recurrence="每月",
            due_on=date(2019, 7, 20 + number),
            assigned_on=date(2019, 7, 1),
        )
        for number in range(4)
    ]
    for month in JUNE.months_back(MONTHS):
        submissions = [
            Submission(
                office=office,
                key=f"b{task.code}{unit.pk}{month}",
                requirement=task,
                term=str(month),
                unit=unit,
                submitted_on=month.start + timedelta(days=10 + (at + number) % 15),
                review="通过",
            )
            for number, task in enumerate(asked)
            for at, unit in enumerate(units)
            if (at + number + month.start.month) % 11
        ]
        Submission.objects.bulk_create(submissions)
        for at, unit in enumerate(units):
            day = month.start + timedelta(days=at % 20)
            made.letter(unit, on=day, answered=day + timedelta(days=1 if at % 9 else 12))
            if at % 4 == 0:
                made.application(unit, on=day, answered_on=day + timedelta(days=5))
            made.check(unit, "超期更新" if at % 13 == 0 else "", on=day, round=f"{month}第1次", rectified_on=day)
    return made


def measure() -> None:
    """Every page with 20,000 and with 1,000,000 items of history."""
    call_command("collectstatic", interactive=False, verbosity=0)
    office = district().office
    client = signed_in(staff(office, name="bench"))
    with override_settings(ROOT_URLCONF="tests.bench.urls", ALLOWED_HOSTS=["testserver"]):
        for rows in HISTORIES:
            fill(office, rows)
            _changed(office)
            print(f"  {PublishedItem.objects.count():,} 条信息，{UNITS} 家单位，{MONTHS} 个月")
            _measure(client, office)


def _changed(office: Office) -> None:
    audit.record(by=None, verb="import.accepted", office=office)


def _measure(client: Client, office: Office) -> None:
    """In rounds, so that what else the machine does falls on all pages alike."""
    actions: dict[str, Callable[[], object]] = {EMPTY: lambda: client.get(EMPTY)}
    for page in PAGES:
        actions[page.name] = lambda page=page: client.get(page.address)
    before = {page.name: lambda: _changed(office) for page in PAGES if page.after_a_change}
    taken = seconds_of_each(actions, ROUNDS, before)
    floor = percentile(taken[EMPTY], 50)
    report("空页面（p50 毫秒）", floor * 1000, "-", f"p95 {percentile(taken[EMPTY], 95) * 1000:.1f} 毫秒")
    for page in PAGES:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(page.address)
            assert response.status_code == 200, page.address
            number = len(queries)
        times = taken[page.name]
        report(
            f"{page.name} / 空页面",
            percentile(times, 50) / floor,
            f"≤ {page.at_most:g}" if page.at_most else "-",
            f"p50 {percentile(times, 50) * 1000:.1f}，p95 {percentile(times, 95) * 1000:.1f} 毫秒，{number} 次查询",
        )
