"""The pages of one record: its facts and history, entering and changing it, a conflict, removing it and 撤回."""

from datetime import date

import pytest
from django.urls import reverse

from disclosures.models import DisclosureApplication, MailboxCase, MediaAccount, RemovedRecord
from tests.people import leader, liaison, signed_in, staff
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

GOOD = {"number": "N-1", "unit_id": "区教育局", "received_on": "2020-06-03", "title": "咨询入学"}


@pytest.fixture
def clerk(district):
    return signed_in(staff(district.office, display_name="李经办"))


def text(response, status: int = 200) -> str:
    assert response.status_code == status, response
    return response.content.decode()


NEW = "/rows/mailbox_cases/new/"


def test_a_record_is_entered_and_shown_with_who_did_it(clerk):
    page = text(clerk.get(NEW))
    assert "登记部门信箱" in page
    assert '<option value="区教育局" label=" 兰山区区教育局">' in page
    address = clerk.post(NEW, GOOD)["Location"]
    assert MailboxCase.objects.get().number == "N-1"
    page = text(clerk.get(address))
    assert "已登记“N-1”。" in page
    assert "<strong>登记</strong><span>李经办</span>" in page
    assert "修改" in page


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(clerk):
    page = text(clerk.post(NEW, GOOD | {"unit_id": "区教肓局", "answered_on": "2020-06-31"}), 422)
    assert "单位：单位台账中没有“区教肓局”，是否为：区教育局" in page
    assert "答复日期：“2020-06-31”不存在：2020年6月只有30天。" in page
    assert 'value="区教肓局"' in page
    assert "data-answered" in page
    assert not MailboxCase.objects.exists()


def test_the_next_record_begins_with_what_it_is_likely_to_share(clerk):
    address = clerk.post(NEW, GOOD | {"again": "yes"})["Location"]
    page = text(clerk.get(address))
    assert 'value="区教育局"' in page
    assert 'value="2020-06-03"' in page
    assert 'value="N-1"' not in page
    assert 'value="咨询入学"' not in page


@pytest.mark.parametrize("like", ["0", "x", "9" * 30])
def test_a_next_record_of_nothing_begins_empty(clerk, like):
    assert 'value="区教育局"' not in text(clerk.get(NEW, {"like": like})).replace("<option value", "")


def test_a_double_is_refused_with_what_was_typed(clerk):
    clerk.post(NEW, GOOD)
    page = text(clerk.post(NEW, GOOD | {"title": "另一封"}), 422)
    assert "已有相同的记录（编号相同），请修改那一条，或核对填写的内容。" in page
    assert 'value="另一封"' in page


def edit_of(record, kind: str = "mailbox_cases") -> str:
    return reverse("record_edit", args=[kind, record.pk])


def version_in(page: str) -> str:
    return page.partition('name="version" value="')[2].partition('"')[0]


def test_two_people_change_the_same_record(district, clerk):
    clerk.post(NEW, GOOD)
    case = MailboxCase.objects.get()
    other = signed_in(staff(district.office, name="colleague", display_name="王经办"))
    mine = version_in(text(clerk.get(edit_of(case))))
    theirs = version_in(text(other.get(edit_of(case))))
    assert mine == theirs
    other.post(edit_of(case), GOOD | {"answered_on": "2020-06-05", "version": theirs})
    page = text(clerk.post(edit_of(case), GOOD | {"answered_on": "2020-06-09", "version": mine}), 422)
    assert "此记录刚被王经办修改，您填写的内容尚未保存" in page
    assert "答复日期：现为“2020-06-05”，您填写的是“2020-06-09”" in page
    assert 'value="2020-06-09"' in page
    case.refresh_from_db()
    assert case.answered_on == date(2020, 6, 5)
    shown = clerk.post(edit_of(case), GOOD | {"answered_on": "2020-06-09", "version": version_in(page)})["Location"]
    page = text(clerk.get(shown))
    assert "已保存修改：答复日期。" in page
    assert "<del>2020-06-05</del> 改为 <ins>2020-06-09</ins>" in page


def test_a_change_of_nothing_says_so(clerk):
    clerk.post(NEW, GOOD)
    case = MailboxCase.objects.get()
    version = version_in(text(clerk.get(edit_of(case))))
    assert "内容没有变化。" in text(clerk.post(edit_of(case), GOOD | {"version": version}, follow=True))


def test_a_record_is_removed_and_taken_back(clerk):
    clerk.post(NEW, GOOD)
    case = MailboxCase.objects.get()
    page = text(clerk.post(reverse("record_remove", args=["mailbox_cases", case.pk]), follow=True))
    assert "已删除“N-1”。" in page
    undo = reverse("record_restore", args=["mailbox_cases", RemovedRecord.objects.get().pk])
    assert f'action="{undo}"' in page
    assert clerk.get(reverse("record", args=["mailbox_cases", case.pk])).status_code == 404
    assert "已恢复“N-1”。" in text(clerk.post(undo, follow=True))
    assert MailboxCase.objects.get().pk == case.pk
    assert "这条记录已经恢复。" in text(clerk.post(undo, follow=True))


def test_what_is_in_use_is_not_removed_and_says_by_what(district, clerk):
    account = district.check(district.street).account
    page = text(clerk.post(reverse("record_remove", args=["media_accounts", account.pk]), follow=True))
    assert "这条记录已被新媒体检查引用，不能删除。" in page


def test_a_renamed_account_keeps_its_checks_and_its_former_name(district, clerk):
    check = district.check(district.street, "错别字")
    account, before = check.account, check.account.name
    page = text(clerk.get(edit_of(account, "media_accounts")))
    fields = {"name": "新的名字", "platform_id": "微博", "unit_id": "兰山街道", "state": "正常"}
    clerk.post(edit_of(account, "media_accounts"), fields | {"version": version_in(page)})
    account.refresh_from_db()
    assert account.name == "新的名字"
    register = text(clerk.get(reverse("rows", args=["media_accounts"])))
    assert f"新的名字<small>曾用名 {before}</small>" in register
    page = text(clerk.get(reverse("record", args=["media_accounts", account.pk])))
    assert f"<dt>曾用名</dt><dd>{before}</dd>" in page
    assert "新的名字" in text(clerk.get(reverse("rows", args=["media_checks"])))


# --- who sees and does what


def test_a_liaison_sees_a_record_without_buttons(district):
    case = district.letter(district.street)
    page = text(signed_in(liaison(district.street)).get(reverse("record", args=["mailbox_cases", case.pk])))
    assert "来源与修改" in page
    assert edit_of(case) not in page
    assert reverse("record_remove", args=["mailbox_cases", case.pk]) not in page


def test_a_leader_reads_and_changes_nothing(district):
    case = district.letter(district.street)
    client = signed_in(leader(district.office))
    assert client.get(edit_of(case)).status_code == 403
    assert client.post(reverse("record_remove", args=["mailbox_cases", case.pk])).status_code == 403


def test_reading_contents_in_the_form_is_noted(district, clerk):
    application = district.application(district.street, content="电话13800001234")
    page = text(clerk.get(edit_of(application, "applications")))
    assert "13800001234" in page
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_id) == ("application.read", str(application.pk))


def test_a_kind_without_single_records_has_no_form(clerk):
    assert clerk.get("/rows/duties/new/").status_code == 404
    assert clerk.get("/rows/nothing/new/").status_code == 404


def test_the_number_of_queries_of_a_record_is_its_own_business(district, clerk, django_assert_max_num_queries):
    clerk.post(NEW, GOOD)
    case = MailboxCase.objects.get()
    address = reverse("record", args=["mailbox_cases", case.pk])
    with django_assert_max_num_queries(40) as few:
        clerk.get(address)
    number = len(few)
    for day in range(10, 20):
        version = version_in(text(clerk.get(edit_of(case))))
        clerk.post(edit_of(case), GOOD | {"answered_on": f"2020-06-{day}", "version": version})
    with django_assert_max_num_queries(number):
        text(clerk.get(address))


def test_every_kind_can_be_entered(district, clerk):
    district.check(district.street)
    account = MediaAccount.objects.get()
    entered = {
        "published_items": {
            "title": "会议",
            "unit_id": "兰山街道",
            "category_id": "动态类",
            "published_on": "2020-06-01",
        },
        "applications": {
            "number": "1",
            "unit_id": "兰山街道",
            "channel_id": "网站",
            "received_on": "2020-06-01",
            "content": "第一行\r\n第二行",
        },
        "media_accounts": {"name": "兰山发布", "platform_id": "抖音", "unit_id": "兰山街道"},
        "media_checks": {
            "round": "第9次",
            "checked_on": "2020-07-08",
            "account_name": account.name,
            "platform_id": "微博",
        },
    }
    for kind, fields in entered.items():
        response = clerk.post(reverse("record_new", args=[kind]), fields)
        assert response.status_code == 302, response.content.decode()
        text(clerk.get(response["Location"]))
    assert DisclosureApplication.objects.get().content == "第一行\n第二行"
