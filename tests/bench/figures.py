"""A month's figures as history grows, and the ORM against the SQL it stands for."""

from __future__ import annotations

from datetime import date

from django.db import connection

from disclosures.models import Category, PublishedItem
from lanshan_portal.periods import Period
from reports.figures import notice_figures, published
from tests.bench.timing import report, seconds
from tests.district import District
from units.models import Office, Unit

JUNE = Period.month(2020, 6)
ISSUED_ON = date(2020, 7, 14)
ROWS_A_DAY = 55
"""20,000 items a year: one office."""
UNITS = 110
RAW = """SELECT unit_id, category_id, count(*) FROM disclosures_publisheditem
WHERE office_id = %s AND published_on >= %s AND published_on < %s GROUP BY unit_id, category_id"""


def fill(office: Office, rows: int) -> None:
    """Up to `rows` items, ROWS_A_DAY a day backwards from 30 June 2020."""
    units = list(Unit.objects.filter(office=office).order_by("id").values_list("id", flat=True))
    categories = list(Category.objects.filter(office=office).order_by("id").values_list("id", flat=True))
    there = PublishedItem.objects.count()
    back = f"(i / {ROWS_A_DAY})"
    day = (
        f"date '2020-06-30' - {back}"
        if connection.vendor == "postgresql"
        else f"date('2020-06-30', '-' || {back} || ' days')"
    )
    blank = "'', '', '', ''"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH RECURSIVE n(i) AS (SELECT {there} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {rows})
            INSERT INTO disclosures_publisheditem (office_id, key, title, "column", published_on, url, document_number,
                interprets, form, unit_id, category_id)
            SELECT {office.pk}, 'h' || i, '信息', '', {day}, {blank},
                {units[0]} + i % {len(units)}, {categories[0]} + i % {len(categories)} FROM n"""
        )
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE disclosures_publisheditem")


def measure() -> None:
    """The June notice's figures with 20,000 and with 1,000,000 items of history."""
    office = Office.objects.first() or District().office
    district = District.of(office)
    for number in range(Unit.objects.count(), UNITS):
        district.unit(f"第{number}单位")
    taken, items = {}, {}
    for rows in (20_000, 1_000_000):
        fill(office, rows)
        notice_figures.build(office, JUNE, ISSUED_ON)
        taken[rows] = seconds(lambda: notice_figures.build(office, JUNE, ISSUED_ON), times=15)
        directory = Unit.objects.filter(office=office).directory()
        items[rows] = seconds(lambda d=directory: published.count(office, JUNE, d), times=15)

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(RAW, [office.pk, JUNE.start, JUNE.end])
            cursor.fetchall()

    grouped = seconds(lambda: PublishedItem.objects.published_in(office, JUNE).counts_by_unit_and_category(), times=15)
    growth, items_growth = taken[1_000_000] / taken[20_000], items[1_000_000] / items[20_000]
    report("一个月的全部数字：100万条历史 / 2万条历史", growth, "≤ 1.2", f"{taken[1_000_000] * 1000:.1f} 毫秒")
    report(
        "一个月的信息发布数字：100万条历史 / 2万条历史", items_growth, "≤ 1.2", f"{items[1_000_000] * 1000:.1f} 毫秒"
    )
    sql = seconds(raw, times=15)
    report("分组统计：ORM / 直接 SQL（100万条）", grouped / sql, "≤ 2", f"{grouped * 1000:.1f} / {sql * 1000:.1f} 毫秒")
