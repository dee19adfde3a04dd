"""A notice beside another: the one it corrects by itself, the month before by itself, any other when asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lanshan_portal.periods import Period
from reports.actions import corrections
from reports.freezing import freeze, thaw
from reports.models import IssuedNotice, NoticeDraft
from tests.pages import page_at
from tests.people import liaison, signed_in
from tests.reports.notices.conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(bureau):
    return bureau.issue(bureau.begin())


def earlier(issued, period, number=""):
    """A notice of an earlier period with the same words."""
    draft = NoticeDraft.objects.create(
        office=issued.office,
        period=str(period),
        issued_on=period.end,
        stage="issued",
        drafted_by=issued.issued_by,
        drafted_at=AT,
    )
    kept = {field.name: getattr(issued, field.name) for field in IssuedNotice._meta.fields if field.name != "id"}
    content = freeze(replace(thaw(issued.content), period=period))
    own = {
        "draft": draft,
        "period": str(period),
        "issued_on": period.end,
        "document_number": number,
        "content": content,
    }
    return IssuedNotice.objects.create(**kept | own)


def test_the_month_before_stands_beside_it(bureau, issued):
    client = signed_in(bureau.clerk)
    address = f"/notices/{issued.pk}/compare/"
    assert "没有可以对照的通报" in page_at(client, address)
    april = earlier(issued, Period.month(2020, 4))
    may = earlier(issued, Period.month(2020, 5))
    earlier(issued, Period.quarter(2020, 1))
    page = page_at(client, address)
    assert f'<option value="{may.pk}" selected>' in page
    assert "0 段不同，0 个数字不同" in page
    assert f'<option value="{april.pk}" selected>' in page_at(client, f"{address}?with={april.pk}")
    for wrong in (issued.pk, 0, "x"):
        assert client.get(f"{address}?with={wrong}").status_code == 404


def test_a_corrected_notice_stands_beside_its_original_with_its_numbers(bureau, issued):
    draft = corrections.begin(issued=issued, reason="漏统计两条信息。", by=bureau.clerk, at=AT + timedelta(days=1))
    for _ in range(2):
        bureau.district.item(bureau.district.town)
    corrected = bureau.issue(draft)
    client = signed_in(bureau.clerk)
    assert f'href="/notices/{corrected.pk}/compare/"' in page_at(client, f"/notices/{corrected.pk}/")
    page = page_at(client, f"/notices/{corrected.pk}/compare/")
    assert "更正前后对照" in page
    assert "<del>9</del>" in page
    assert "<ins>11</ins>" in page
    total, before = (each.figures.get(name="published.total") for each in (corrected, issued))
    assert f'<a href="/notices/{corrected.pk}/figures/{total.pk}/">11</a>' in page
    assert f'<a href="/notices/{issued.pk}/figures/{before.pk}/">9</a>' in page
    assert "+2" in page


def test_a_unit_compares_too_without_the_rows_behind_the_numbers(bureau, issued):
    earlier(issued, Period.month(2020, 5))
    client = signed_in(liaison(bureau.district.town))
    page = page_at(client, f"/notices/{issued.pk}/compare/")
    assert "逐段对照" in page
    assert "/figures/" not in page
