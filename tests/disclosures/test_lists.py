"""How a list is shown, and what its search field finds: columns, pages, order, words; nothing that is blotted out."""

import re
from datetime import date

import pytest
from django.urls import reverse

from disclosures.models import Category, DisclosureApplication, ListLayout, PublishedItem
from tests.people import liaison, signed_in, staff
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

JUNE = {"from": "2020-06-01", "to": "2020-06-30"}


def listed(client, kind: str, **parameters: str) -> str:
    response = client.get(reverse("rows", args=[kind]), parameters)
    assert response.status_code == 200
    return response.content.decode()


def titled(district, titles, unit=None) -> None:
    category = Category.objects.get(office=district.office, name="动态类")
    PublishedItem.objects.bulk_create(
        PublishedItem(
            office=district.office,
            key=f"{unit}{number}",
            unit=unit or district.street,
            category=category,
            title=title,
            published_on=date(2020, 6, 2),
        )
        for number, title in enumerate(titles)
    )


def test_the_last_page_is_found_by_ids_alone(district, clerk, django_assert_max_num_queries):
    titled(district, [f"信息{number}" for number in range(120)])
    with django_assert_max_num_queries(40) as first:
        listed(clerk, "published_items", **JUNE)
    with django_assert_max_num_queries(len(first)) as last:
        page = listed(clerk, "published_items", page="3", **JUNE)
    assert "本页第 101 至 120 条" in page
    deep = [query["sql"] for query in last.captured_queries if "OFFSET 100" in query["sql"]]
    assert len(deep) == 1
    assert "title" not in deep[0]


# --- how a list is shown


def test_nothing_of_a_record_is_taken_for_markup(district, clerk):
    titled(district, ["<script>alert(1)</script>&<q>"])
    district.application(district.street, content="<img src=x>")
    DisclosureApplication.objects.update(number="<i>1")
    PublishedItem.objects.update(column="<u>", document_number='"><s>', url='http://x/"><s>')
    clerk.post(reverse("rows_layout", args=["published_items"]), {"columns": ["column", "document_number", "url"]})
    page = listed(clerk, "published_items", **JUNE) + listed(clerk, "applications", **JUNE)
    for markup in ("<script>alert", "<q>", "<img", "<i>1", "<u>", "<s>"):
        assert markup not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;q&gt;" in page


def columns(page: str) -> list[str]:
    head = page[page.index("<thead>") : page.index("</thead>")]
    return [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<th.*?</th>", head, re.S)]


def test_columns_density_and_page_size_are_remembered_for_the_person(district, clerk):
    titled(district, [f"信息{number}" for number in range(30)])
    layout = reverse("rows_layout", args=["published_items"])
    wanted = {"columns": ["published_on", "url", "title", "nothing"], "page_rows": "20", "dense": "on"}
    back = clerk.post(layout, wanted | {"query": "from=2020-06-01&to=2020-06-30&page=2"})["Location"]
    assert back == reverse("rows", args=["published_items"]) + "?from=2020-06-01&to=2020-06-30"
    page = listed(clerk, "published_items", **JUNE)
    assert columns(page) == ["发布日期", "标题", "网址"]
    assert "本页第 1 至 20 条" in page
    assert "is-dense" in page
    other = listed(signed_in(staff(district.office, name="colleague")), "published_items", **JUNE)
    assert columns(other) == ["发布日期", "标题", "单位", "类别", "栏目", "文号"]
    assert columns(listed(clerk, "mailbox_cases", **JUNE) if district.letter(district.street) else "")[0] == "来信日期"
    clerk.post(layout, {"usual": "yes"})
    assert columns(listed(clerk, "published_items", **JUNE)) == columns(other)


def test_a_page_size_nobody_offers_is_the_usual_one(district, clerk):
    clerk.post(reverse("rows_layout", args=["published_items"]), {"page_rows": "100000"})
    assert ListLayout.objects.get().page_rows == 50


def test_units_are_sorted_in_their_official_order_and_titles_by_title(district, clerk):
    for unit in (district.education, district.town, district.street):
        titled(district, [f"{unit.code}的信息"], unit=unit)

    def order(sort: str) -> list[str]:
        return re.findall(r"(U\d\d)的信息", listed(clerk, "published_items", sort=sort, **JUNE))

    assert order("unit__position") == ["U01", "U02", "U03"]
    assert order("-unit__position") == ["U03", "U02", "U01"]
    assert order("-title") == ["U03", "U02", "U01"]
    assert order("office__code") == order("")


# --- searching a list


def test_words_narrow_a_list_within_its_days(district, clerk):
    titled(district, ["兰山街道召开防汛会议", "兰山街道召开座谈会"])
    page = listed(clerk, "published_items", q="防汛", **JUNE)
    assert "共 <b>1</b>" in page
    assert "座谈会" not in page
    page = listed(clerk, "published_items", **{"q": "防汛", "from": "2020-05-01", "to": "2020-05-31"})
    assert "所选日期内没有找到" in page
    assert f'href="{reverse("rows", args=["published_items"])}?q=%E9%98%B2%E6%B1%9B"' in page


def test_a_search_through_everything_gives_the_newest_first_and_goes_on(district, clerk):
    titled(district, [f"第{number}次会议" for number in range(120)])
    first = listed(clerk, "published_items", q="会议")
    assert "最新的 <b>50</b> 条，后面还有" in first
    assert "全部日期" in first
    assert "第119次会议" in first
    assert "第69次会议" not in first
    assert "第69次会议" in listed(clerk, "published_items", q="会议", page="2")
    last = listed(clerk, "published_items", q="会议", page="3")
    assert "本页第 101 至 120 条" in last
    assert "共 <b>120</b> 条" in last
    assert "共 <b>1</b> 条" in listed(clerk, "published_items", q="第119次")
    assert "没有符合条件的记录" in listed(clerk, "published_items", q="没有的话")


def test_a_search_of_a_unit_stays_within_the_unit(district):
    titled(district, ["兰山街道召开会议"])
    titled_elsewhere = district.item(district.town)
    PublishedItem.objects.filter(pk=titled_elsewhere.pk).update(title="李官镇召开会议")
    page = listed(signed_in(liaison(district.street)), "published_items", q="会议")
    assert "共 <b>1</b>" in page
    assert "李官镇" not in page


def test_too_long_a_query_is_told_its_limit(district, clerk):
    page = listed(clerk, "published_items", q="很" * 61)
    assert "查找：查找内容不超过60个字。" in page


@pytest.mark.parametrize("query", ["13800001234", "1380", "138"])
def test_searching_tells_nothing_that_lists_blot_out(district, clerk, query):
    district.application(district.street, content="电话13800001234")
    DisclosureApplication.objects.update(number="甲")
    district.letter(district.street)
    assert "所选日期内没有找到" in listed(clerk, "applications", q=query, **JUNE)
    assert "没有符合条件的记录" in listed(clerk, "applications", q=query)
    assert "共 <b>1</b>" in listed(clerk, "applications", q="电话")
    assert not AuditEvent.objects.exists()


def test_the_register_of_accounts_tells_how_long_they_have_been_silent(district, clerk):
    check = district.check(district.street, "超期更新", on=date(2020, 7, 6), last_updated_on=date(2020, 6, 1))
    quick = district.check(district.town, platform="抖音", on=date(2020, 7, 6), last_updated_on=date(2020, 7, 1))
    clerk.get("/2020-07/", {"issued_on": "2020-07-14"})
    page = listed(clerk, "media_accounts")
    assert "共 <b>2</b> 个" in page
    assert "更新情况截至 2020年7月14日" in page
    assert re.search(r'43天 <span class="chip chip-behind">检查时超期</span>', page)
    assert "13天</td>" in page
    assert quick.account.name in listed(clerk, "media_accounts", platform="抖音")
    assert check.account.name not in listed(clerk, "media_accounts", platform="抖音")
    assert "没有符合条件的记录" in listed(clerk, "media_accounts", account_state="暂停")
    assert check.account.name in listed(clerk, "media_checks", q=check.account.name)
