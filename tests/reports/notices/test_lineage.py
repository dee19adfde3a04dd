"""June 2020 from the number on the page to the rows it counts: every figure, one by one, before and after it is issued."""

import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from disclosures import jobs
from lanshan_portal.periods import Period
from reports.actions import approval, drafting
from reports.freezing import digest, thaw
from reports.frozen_rows import table_of
from reports.models import IssuedNotice
from reports.preparation import prepare_draft
from tests import people
from tests.pages import page_at
from units.models import Office

JUNE, ISSUED_ON = Period.month(2020, 6), date(2020, 7, 14)
AT = datetime(2020, 7, 14, 2, tzinfo=UTC)
TOWNS, DEPARTMENTS = "镇街道、商城、经开区", "政府各部门"
FIGURES = (
    ("published.total", 1550, 1),
    (f"published.by_group.{TOWNS}", 646, 1),
    (f"published.by_group.{DEPARTMENTS}", 904, 1),
    ("published.by_category.动态类", 962, 1),
    (f"published.by_category.动态类.{TOWNS}", 521, 1),
    (f"published.by_category.动态类.{DEPARTMENTS}", 441, 1),
    ("published.by_category.政务主动公开类", 588, 1),
    (f"published.by_category.政务主动公开类.{TOWNS}", 125, 1),
    (f"published.by_category.政务主动公开类.{DEPARTMENTS}", 463, 1),
    ("applications.total", 4, 1),
    ("applications.by_channel.网站", 1, 1),
    ("applications.by_channel.信函", 1, 1),
    ("applications.by_channel.协助调查函", 2, 1),
    ("mailbox.total", 15, 1),
    ("mailbox.by_unit.371302-D03", 5, 1),
    ("mailbox.by_unit.each_2", 2, 3),
    ("mailbox.by_unit.each_1", 1, 4),
    ("media.rounds", 1, 1),
    ("media.stale", 9, 1),
    ("media.stale_by_platform.微信订阅号", 5, 1),
    ("media.stale_by_platform.微信服务号", 2, 1),
    ("media.stale_by_platform.微博", 1, 1),
    ("media.stale_by_platform.抖音", 1, 1),
    ("duties.RW-202006-01.missing", 6, 1),
    ("duties.RW-202006-02.missing", 5, 1),
)
"""Every figure of the notice in reading order: its name, its value, and for how many units the value holds."""
NAMES = [name for name, _, _ in FIGURES]

pytestmark = pytest.mark.django_db


def seen(draft):
    """What somebody sees who looks at it now."""
    draft.refresh_from_db()
    return digest(prepare_draft(draft).notice)


def issue(office) -> IssuedNotice:
    """June's notice through all hands."""
    clerk, reviewer, leader = people.staff(office), people.reviewer(office), people.leader(office)
    draft = drafting.begin(office=office, period=JUNE, issued_on=ISSUED_ON, by=clerk, at=AT)
    for each in approval.told(draft, prepare_draft(draft)):
        if each.blocks:
            given = {"code": str(each.finding.code), "message": each.finding.message}
            approval.sign_off(draft=draft, reason="已核对。", by=clerk, at=AT, **given)
    approval.submit(draft=draft, seen=seen(draft), by=clerk, at=AT)
    approval.pass_on(draft=draft, seen=seen(draft), by=reviewer, at=AT)
    job = approval.approve(draft=draft, seen=seen(draft), by=leader, at=AT)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.sentence
    return IssuedNotice.objects.get(draft=draft)


@pytest.fixture(scope="module")
def issued(django_db_setup, django_db_blocker):
    """The three sample months loaded as users load sheets, and June issued."""
    with django_db_blocker.unblock():
        from django.db import connection, transaction

        with transaction.atomic():
            call_command("load_sample", "2020-05", "2020-06", "2020-07", stdout=StringIO())
            yield issue(Office.objects.get())
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture(scope="module")
def shown(issued, django_db_blocker):
    """The issued page as the office reads it."""
    with django_db_blocker.unblock():
        return page_at(people.signed_in(issued.issued_by), reverse("issued", args=[issued.pk]))


def test_these_are_all_the_figures(issued):
    told = thaw(issued.content).figures()
    assert [(figure.name, figure.value, figure.each) for figure in told] == list(FIGURES)
    assert list(issued.figures.values_list("name", flat=True)) == NAMES


@pytest.mark.parametrize(("name", "value", "each"), FIGURES, ids=NAMES)
def test_a_figure_opens_the_rows_that_it_counts(issued, name, value, each):
    figure = next(figure for figure in thaw(issued.content).figures() if figure.name == name)
    table = table_of(figure.query, issued.office)
    assert len(table.rows) == value * each
    assert all(len(row) == len(table.columns) for row in table.rows)
    frozen = issued.figures.get(name=name)
    assert (frozen.value, frozen.each, frozen.columns, frozen.rows) == (value, each, table.columns, table.rows)


@pytest.mark.parametrize(("name", "value", "each"), FIGURES, ids=NAMES)
def test_the_page_links_a_number_to_its_rows(issued, shown, name, value, each):
    frozen = issued.figures.get(name=name)
    address = reverse("issued_figure", args=[issued.pk, frozen.pk])
    assert re.findall(rf'<a class="figure" href="{address}"[^>]*>([^<]*)</a>', shown) == [str(value)]
    opened = page_at(people.signed_in(issued.issued_by), address)
    assert f"共 <b>{value * each:,}</b> 条" in opened
    assert opened.count("<tr>") == value * each + 1


def test_no_number_of_the_page_leads_elsewhere(issued, shown):
    targets = re.findall(r'<a class="figure" href="([^"]*)"', shown)
    own = {reverse("issued_figure", args=[issued.pk, pk]) for pk in issued.figures.values_list("pk", flat=True)}
    assert set(targets) == own
    assert len(targets) == len(FIGURES)
