"""Issued notices in the browser's eyes: the list, the page for the office and for a unit, receiving, checking, correcting."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import IssuedNotice, NoticeDraft, NoticeReceipt
from tests.pages import text
from tests.people import liaison, signed_in, unit_leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(bureau):
    return bureau.issue(bureau.begin())


@pytest.fixture
def place(issued):
    return reverse("issued", args=[issued.pk])


def test_there_is_nothing_yet(bureau):
    assert "还没有印发通报" in text(signed_in(bureau.clerk).get(reverse("issued_all")))


def test_the_notice_of_the_month_is_now_the_issued_one(bureau, issued, place):
    clerk = signed_in(bureau.clerk)
    assert clerk.get("/2020-06/notice/")["Location"] == place
    assert "开始编制" in text(clerk.get("/2020-06/notice/?live"))
    overview = text(clerk.get("/2020-06/?issued_on=2020-07-06"))
    assert '<span class="panel-hint">已印发</span>' in overview
    assert "查看印发的通报" in overview
    listed = text(clerk.get(reverse("issued_all")))
    assert issued.title in listed
    assert "有效" in listed


def test_a_unit_reads_what_is_said_of_it_and_receives_it_once(bureau, issued, place):
    first, second = liaison(bureau.district.town, display_name="赵联络"), unit_leader(bureau.district.town)
    shown = text(signed_in(first).get(place))
    assert "<h2>李官镇在本期通报中</h2>" in shown
    assert "<mark>李官镇</mark>" in shown
    assert 'id="h-record"' not in shown
    assert f"{place}figures/" not in shown
    assert "签收</button>" in shown
    assert "签收</button>" not in text(signed_in(second).get(place))
    receive = reverse("issued_receive", args=[issued.pk, bureau.district.town.code])
    answer = signed_in(first).post(receive, follow=True).content.decode()
    assert "赵联络已签收。" in answer
    signed_in(first).post(receive)
    assert NoticeReceipt.objects.count() == 1
    office = text(signed_in(bureau.clerk).get(place))
    assert "1 / 4 家" in office
    assert "被点名" in office


def test_who_has_not_received_it_is_reminded_once_a_day(bureau, issued, place):
    liaison(bureau.district.street)
    clerk = signed_in(bureau.clerk)
    assert "提醒未签收" in text(clerk.get(place))
    remind = reverse("issued_remind", args=[issued.pk])
    assert "已提醒1家单位签收。" in clerk.post(remind, follow=True).content.decode()
    again = clerk.post(remind, follow=True).content.decode()
    assert "未签收的单位今天都已提醒过，或者没有接收人，请电话通知。" in again


def test_a_unit_that_is_not_named_reads_so(bureau, place):
    shown = text(signed_in(liaison(bureau.district.street)).get(place))
    assert "本期通报没有点名本单位。" in shown


def test_each_number_opens_the_rows_that_were_kept(bureau, issued, place):
    client = signed_in(bureau.clerk)
    total = issued.figures.get(name="published.total")
    address = reverse("issued_figure", args=[issued.pk, total.pk])
    assert f'href="{address}"' in text(client.get(place))
    bureau.district.item(bureau.district.street)
    shown = text(client.get(address))
    assert "印发时为 9" in shown
    assert "共 <b>9</b> 条" in shown
    sheet = client.get(f"{address}?export")
    assert sheet.content.startswith(b"PK")


def test_what_the_data_say_since_is_told_and_the_notice_stays(bureau, issued, place):
    client = signed_in(bureau.clerk)
    assert "印发以后数据有变化" not in text(client.get(place))
    bureau.district.item(bureau.district.street)
    shown = text(client.get(place))
    assert "印发以后数据有变化，通报不变。" in shown
    meaning = issued.figures.get(name="published.total").meaning
    assert f"{meaning}：印发时 9，现在 10" in shown


def test_a_file_is_known_to_the_byte(bureau, issued):
    client, address = signed_in(bureau.clerk), reverse("issued_verify")
    content = bytes(issued.of_form("pdf").content)
    shown = client.post(address, {"file": SimpleUploadedFile("通报.pdf", content)}).content.decode()
    assert "内容一字未改。" in shown
    shown = client.post(address, {"file": SimpleUploadedFile("通报.pdf", content + b" ")}).content.decode()
    assert "“通报.pdf”不是本平台印发的文件，或者内容已被改动。" in shown
    assert "请选择要核验的文件。" in client.post(address).content.decode()


def test_a_correction_takes_its_place_and_both_lead_to_each_other(bureau, issued, place):
    client, address = signed_in(bureau.clerk), reverse("issued_correct", args=[issued.pk])
    assert "请写明更正原因。" in client.post(address).content.decode()
    bureau.district.item(bureau.district.street)
    client.post(address, {"reason": "信息条数漏计1条。"})
    draft = NoticeDraft.objects.get(supersedes=issued)
    assert draft.issued_on >= date(2020, 7, 6)
    corrected = bureau.issue(draft)
    assert corrected.figures.get(name="published.total").value == 10
    assert IssuedNotice.objects.of_period(bureau.district.office, issued.span) == corrected
    old, new = text(client.get(place)), text(client.get(reverse("issued", args=[corrected.pk])))
    assert "这份通报已经更正，以" in old
    assert "更正原因：信息条数漏计1条。" in old
    assert "本件更正" in new
    again = client.post(address, {"reason": "再改。"}).content.decode()
    assert "这份通报已经更正，请更正最新的一份。" in again
