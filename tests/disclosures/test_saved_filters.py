"""我的筛选: kept under a name, applied to the days in view, renamed, removed and taken back; everybody's own."""

import pytest
from django.urls import reverse

from disclosures.models import SavedFilter
from tests.pages import page_at
from tests.people import signed_in, staff

pytestmark = pytest.mark.django_db


def save(client, name: str, query: str, back: str = "", kind: str = "published_items"):
    return client.post(reverse("saved_filters_add", args=[kind]), {"name": name, "query": query, "back": back})


JUNE = "from=2020-06-01&to=2020-06-30"
ROWS = "/rows/published_items/"


def test_conditions_are_kept_without_days_and_applied_to_the_days_in_view(clerk):
    page = page_at(clerk, f"{ROWS}?{JUNE}&unit=U01&category=动态类&page=2&sort=title")
    query = page.partition('name="query" value="')[2].partition('"')[0].replace("&amp;", "&")
    assert query == "unit=U01&category=%E5%8A%A8%E6%80%81%E7%B1%BB&sort=title"
    assert save(clerk, "兰山街道动态", query, back=JUNE)["Location"] == f"{ROWS}?{JUNE}"
    may = page_at(clerk, f"{ROWS}?from=2020-05-01&to=2020-05-31")
    menu = may.partition("list-menu")[2]
    link = menu.partition('class="dropdown-item" href="/rows/published_items/?')[2].partition('"')[0]
    assert link.replace("&amp;", "&") == f"{query}&from=2020-05-01&to=2020-05-31"
    assert 'aria-current="true">兰山街道动态' not in may
    assert 'aria-current="true">兰山街道动态' in page_at(clerk, f"{ROWS}?{link.replace('&amp;', '&')}")


def test_nothing_to_keep_is_said(clerk):
    assert 'name="query" value="unit' not in page_at(clerk, f"{ROWS}?{JUNE}")
    save(clerk, "空的", "")
    assert "没有筛选条件可以保存，请先筛选。" in page_at(clerk, ROWS)
    save(clerk, "", "unit=U01")
    assert "请填写筛选的名称。" in page_at(clerk, ROWS)
    save(clerk, "很" * 41, "unit=U01")
    assert "名称不超过40个字，请改短。" in page_at(clerk, ROWS)
    save(clerk, "长", "q=" + "x" * 600)
    assert "筛选条件过长，请减少后再保存。" in page_at(clerk, ROWS)
    assert not SavedFilter.objects.exists()


def test_a_name_one_has_gets_the_new_conditions(clerk):
    save(clerk, "街道", "unit=U01")
    save(clerk, "街道", "unit=U02")
    assert SavedFilter.objects.get().query == "unit=U02"
    assert "已更新筛选“街道”。" in page_at(clerk, ROWS)


def test_renamed_and_not_to_a_name_one_has(clerk):
    save(clerk, "甲", "unit=U01")
    save(clerk, "乙", "unit=U02")
    first = SavedFilter.objects.get(name="甲")
    rename = reverse("saved_filters_rename", args=[first.pk])
    clerk.post(rename, {"name": "乙"})
    assert "已有名为“乙”的筛选，请换一个名称。" in page_at(clerk, reverse("saved_filters"))
    clerk.post(rename, {"name": "丙"})
    page = page_at(clerk, reverse("saved_filters"))
    assert "已改名为“丙”。" in page
    assert 'value="丙"' in page


def test_removed_and_taken_back(clerk):
    save(clerk, "甲", "unit=U01")
    clerk.post(reverse("saved_filters_remove", args=[SavedFilter.objects.get().pk]))
    page = page_at(clerk, reverse("saved_filters"))
    assert "还没有保存筛选" in page
    assert f'action="{reverse("saved_filters_restore")}"' in page
    clerk.post(reverse("saved_filters_restore"))
    assert SavedFilter.objects.get().query == "unit=U01"
    clerk.post(reverse("saved_filters_restore"))
    assert SavedFilter.objects.count() == 1


def test_filters_are_everybodys_own(district, clerk):
    save(clerk, "甲", "unit=U01")
    saved = SavedFilter.objects.get()
    other = signed_in(staff(district.office, name="colleague"))
    assert "甲" not in page_at(other, reverse("saved_filters"))
    for name in ("saved_filters_rename", "saved_filters_remove"):
        assert other.post(reverse(name, args=[saved.pk]), {"name": "乙"}).status_code == 404
    assert SavedFilter.objects.get().name == "甲"
