"""预通报 as people see it: the panel on the desk, the unit's own page, the bar on the unit's first page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people import liaison, signed_in, unit_leader
from tests.reading import words
from tests.reports.notices.asking import mended, row_of, send

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7"


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(bureau):
    return bureau.begin()


@pytest.fixture
def town(bureau):
    """The liaison of the unit that did not do its task."""
    return liaison(bureau.district.town, display_name="张联络")


@pytest.fixture
def sent(bureau, draft, town):
    """Sent today, so that it may be answered now."""
    return send(bureau, draft, at=timezone.now())


@pytest.fixture
def row(bureau, sent):
    return row_of(bureau.district.town)


def test_the_desk_sends_it(bureau, draft):
    client = signed_in(bureau.clerk)
    desk = client.get("/2020-06/notice/")
    assert "点到 2 家单位" in words(desk)
    assert "发送预通报" in words(desk)
    response = client.post(reverse("drafts_consult", args=[draft.pk]), follow=True)
    assert "预通报已发送被点名的单位，请等待回复。" in words(response)
    assert "已确认 0 家，有异议 0 家，未回复 2 家。" in words(response)
    assert "重新发送有变化的单位" not in words(response)
    assert "还有 2 家单位没有回复预通报" in response.content.decode()


def test_the_reviewer_sees_it_and_sends_nothing(bureau, draft, sent):
    page = signed_in(bureau.reviewer).get("/2020-06/notice/")
    assert "未回复 2 家" in words(page)
    assert reverse("drafts_consult", args=[draft.pk]) not in page.content.decode()


def test_a_unit_reads_its_own_and_no_other(bureau, row, town):
    page = words(signed_in(town).get(reverse("consultation", args=[row.pk])))
    assert "李官镇、……。" in page
    assert "区司法局" not in page
    other = signed_in(liaison(bureau.district.justice))
    assert other.get(reverse("consultation", args=[row.pk])).status_code == 404
    assert other.post(reverse("consultation_answer", args=[row.pk]), {"answer": "confirmed"}).status_code == 404


def test_its_leader_reads_and_does_not_answer(bureau, row):
    leader = signed_in(unit_leader(bureau.district.town))
    page = leader.get(reverse("consultation", args=[row.pk]))
    assert "由本单位联络员回复。" in words(page)
    assert reverse("consultation_answer", args=[row.pk]) not in page.content.decode()


def test_the_unit_s_first_page_leads_to_it_until_it_is_answered(row, town):
    client = signed_in(town)
    until = row.consultation.answer_by
    bar = f"2020年6月预通报等待本单位核对，请在{until.month}月{until.day}日前回复"
    page = client.get("/2020-06/")
    assert bar in words(page)
    assert reverse("consultation", args=[row.pk]) in page.content.decode()
    response = client.post(reverse("consultation_answer", args=[row.pk]), {"answer": "confirmed"}, follow=True)
    assert "本单位回复：确认" in words(response)
    assert bar not in words(client.get("/2020-06/"))


def test_an_objection_without_a_reason_is_told_beside_the_form(row, town):
    address = reverse("consultation_answer", args=[row.pk])
    response = signed_in(town).post(address, {"answer": "objected", "words": ""})
    assert response.status_code == 422
    assert "请写明异议理由。" in words(response)
    beside = signed_in(town).post(address, {"answer": "objected"}, headers={"HX-Request": "true"})
    assert beside.status_code == 200
    assert "请写明异议理由。" in words(beside)
    assert "<form" not in beside.content.decode()


def test_an_objection_is_decided_on_the_desk(bureau, row, town, settings):
    client, clerk = signed_in(town), signed_in(bureau.clerk)
    (settings.MEDIA_ROOT / "截图.pdf").write_bytes(PDF)
    with (settings.MEDIA_ROOT / "截图.pdf").open("rb") as file:
        given = {"answer": "objected", "words": "6月30日已经上传。", "brought": file}
        response = client.post(reverse("consultation_answer", args=[row.pk]), given, follow=True)
    assert "等待办公室答复。" in words(response)
    evidence = reverse("consultation_file", args=[row.pk, row.files.get().pk])
    assert clerk.get(evidence).content == PDF
    assert "有1家单位的异议还没有答复，请先办理。" in words(clerk.get("/2020-06/notice/"))
    row.refresh_from_db()
    address, seen = reverse("drafts_decide", args=[row.pk]), row.answered_at.isoformat()
    assert f'value="{seen}"' in clerk.get("/2020-06/notice/").content.decode()
    refused = clerk.post(address, {"decision": "", "words": "后台没有上传记录。", "seen": seen})
    assert refused.status_code == 422
    assert "请选择“采纳”或者“不采纳”。" in words(refused)
    assert "后台没有上传记录。</textarea>" in refused.content.decode()
    response = clerk.post(address, {"decision": "refused", "words": "后台没有上传记录。", "seen": seen}, follow=True)
    assert "已答复李官镇：不采纳。" in words(response)
    page = words(client.get(reverse("consultation", args=[row.pk])))
    assert "办公室不采纳：后台没有上传记录。" in page
    assert "提出异议" not in page


def test_a_page_of_sentences_since_changed_leads_to_the_new_ones(bureau, draft, sent):
    justice = liaison(bureau.district.justice)
    old = row_of(bureau.district.justice)
    mended(bureau)
    send(bureau, draft, at=timezone.now())
    page = signed_in(justice).get(reverse("consultation", args=[old.pk]))
    assert "通报初稿已修改，请核对新的内容。" in words(page)
    assert reverse("consultation", args=[row_of(bureau.district.justice).pk]) in page.content.decode()


def test_the_desk_says_whose_sentences_changed(bureau, draft, sent):
    mended(bureau)
    page = words(signed_in(bureau.clerk).get("/2020-06/notice/"))
    assert "初稿有变化，区司法局、李官镇的内容与发送时不同，请重新发送。" in page
    assert "重新发送有变化的单位" in page
