"""Search everywhere: every sort of thing, by name, pinyin or a single character; only what the person may see."""

from datetime import date

import pytest
from django.urls import reverse

from disclosures.models import DisclosureApplication, MailboxCase, PublishedItem
from tests.people import auditor, liaison, signed_in
from units.models import AuditEvent, Unit, UnitAlias

pytestmark = pytest.mark.django_db


def search(client, query: str) -> str:
    response = client.get(reverse("search"), {"q": query})
    assert response.status_code == 200
    return response.content.decode()


def groups(page: str) -> list[str]:
    return [part.partition("</svg> ")[2].partition("</h2>")[0] for part in page.split('<h2 id="g-')[1:]]


@pytest.fixture
def month(district):
    """Something of every sort about 防汛."""
    item = district.item(district.street)
    PublishedItem.objects.filter(pk=item.pk).update(
        title="兰山街道召开防汛会议", document_number="临兰政办字〔2020〕23号"
    )
    letter = district.letter(district.street)
    MailboxCase.objects.filter(pk=letter.pk).update(number="XX2020060001", title="防汛电话13800001234")
    application = district.application(district.street, content="防汛预案，电话13800001234")
    DisclosureApplication.objects.filter(pk=application.pk).update(number="兰公开申〔2020〕7号")
    district.requirement(name="防汛值班表")
    account = district.check(district.street).account
    type(account).objects.filter(pk=account.pk).update(name="防汛之声")
    UnitAlias.objects.create(unit=district.justice, name="区防汛办")
    return district


def test_every_sort_of_thing_is_found_with_its_page(month, clerk):
    page = search(clerk, "防汛")
    assert groups(page) == ["单位", "工作任务", "网站信息", "部门信箱", "依申请公开", "新媒体账号"]
    for kind, model in (("published_items", PublishedItem), ("mailbox_cases", MailboxCase)):
        assert reverse("record", args=[kind, model.objects.get().pk]) in page
    assert "/rows/duties/?requirement=T-1" in page
    assert "防汛电话138****1234" in page
    assert "13800001234" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("汛", "兰山街道召开防汛会议"),
        ("23号", "兰山街道召开防汛会议"),
        ("临兰政办字[2020]23号", "兰山街道召开防汛会议"),
        ("XX2020060001", "XX2020060001"),
        ("兰公开申〔2020〕7号", "兰公开申〔2020〕7号"),
        ("会议 兰山", "兰山街道召开防汛会议"),
        ("t-1", "防汛值班表"),
    ],
)
def test_numbers_and_few_characters_find(month, clerk, query, found):
    assert found in search(clerk, query)


def test_a_unit_is_found_by_alias_and_by_pinyin(month, clerk):
    assert "区司法局" in search(clerk, "区防汛办")
    Unit.objects.filter(pk=month.education.pk).update(initials="qjyj")
    page = search(clerk, "QJY")
    assert groups(page) == ["单位"]
    assert "区教育局" in page


def test_a_notice_is_found_by_its_month(district, clerk):
    district.item(district.street, on=date(2020, 6, 1))
    district.item(district.street, on=date(2020, 4, 30))
    page = search(clerk, "2020年6月")
    assert groups(page) == ["通报"]
    assert reverse("notice", args=["2020-06"]) in page
    assert page.count("政务公开工作情况的通报</a>") == 1
    assert search(clerk, "2020-05").count("政务公开工作情况的通报</a>") == 1
    assert search(clerk, "工作情况").count("政务公开工作情况的通报</a>") == 3


def test_a_unit_finds_its_own_things_only(month):
    own = signed_in(liaison(month.street))
    assert groups(search(own, "防汛")) == ["工作任务", "网站信息", "部门信箱", "依申请公开", "新媒体账号"]
    other = signed_in(liaison(month.town))
    page = search(other, "防汛")
    assert groups(page) == ["工作任务"], "what every unit is asked for"
    assert "兰山街道" not in page
    assert groups(search(other, "通报")) == []


def test_a_task_of_other_units_is_not_found(district):
    district.requirement("T-9", units=(district.street,), name="防汛值班表")
    assert groups(search(signed_in(liaison(district.town)), "防汛")) == []
    assert groups(search(signed_in(liaison(district.street)), "防汛")) == ["工作任务"]


@pytest.mark.parametrize("query", ["13800001234", "1380", "138"])
def test_what_is_blotted_out_is_not_found(month, clerk, query):
    page = search(clerk, query)
    assert groups(page) == []
    assert "没有找到" in page
    assert not AuditEvent.objects.exists()


def test_nothing_and_nothing_to_look_for(clerk):
    assert "拼音首字母，例如 qjyj" in search(clerk, "")
    assert "只有标点和括号时不作查找。" in search(clerk, "（）")


def test_more_than_a_few_lead_to_the_list(district, clerk):
    for _ in range(9):
        district.item(district.street)
    page = search(clerk, "信息")
    assert "前 6 项" in page
    assert 'href="/rows/published_items/?q=%E4%BF%A1%E6%81%AF"' in page


def test_more_found_takes_no_more_queries(month, clerk, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as few:
        search(clerk, "防汛")
    for _ in range(20):
        item = month.item(month.town)
        PublishedItem.objects.filter(pk=item.pk).update(title="防汛")
        month.requirement(f"R{item.pk}", name="防汛")
    with django_assert_max_num_queries(len(few)):
        search(clerk, "防汛")


def test_the_field_is_on_every_page_of_who_may_look(district, clerk):
    assert 'class="search-everywhere"' in clerk.get("/jobs/").content.decode()
    page = signed_in(auditor(district.office)).get("/jobs/")
    assert 'class="search-everywhere"' not in page.content.decode()
