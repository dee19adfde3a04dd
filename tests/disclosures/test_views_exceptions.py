"""Extending and exempting: which duties are offered, what is granted, what is refused, taking it all back."""

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from disclosures.models import DutyExemption, DutyExtension, Requirement
from tests.desk import Desk
from tests.pages import text, undo_of
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def client(desk):
    return signed_in(desk.clerk)


ADDRESS = "/duties/exceptions/"


def post(client, *duties: str, **fields):
    data = {"duty": list(duties), "kind": "extension", "until": "2026-12-31", "reason": "机构调整。"} | fields
    return client.post(ADDRESS, data, follow=True)


def test_the_units_open_duties_of_the_month_are_offered_and_ticked(desk, client):
    desk.hand_in(unit=desk.district.town)
    desk.district.requirement(code="T-2", name="七月任务", due_on=date(2020, 7, 30))
    shown = text(client.get(ADDRESS, {"unit": ["U01", "U02", "U03"], "month": "2020-06"}))
    assert '<input type="checkbox" name="duty" value="T-1::U01" checked>' in shown
    assert 'value="T-1::U03" checked' in shown
    assert "T-1::U02" not in shown
    assert "七月任务" not in shown


def test_duties_are_offered_one_by_one_whatever_their_code_holds(desk, client):
    Requirement.objects.update(code="2020:06/a")
    monthly = desk.district.requirement(code="M", name="访谈稿", recurrence="每月")
    query = f"?duty={quote('2020:06/a:once:U01')}&duty={monthly.code}:2020-06:U02&duty=nothing&duty=M:2020-13:U02"
    shown = text(client.get(ADDRESS + query))
    assert 'value="2020:06/a::U01" checked' in shown
    assert 'value="M:2020-06:U02" checked' in shown
    assert shown.count('name="duty"') == 2


def test_the_ticked_units_of_one_task_are_offered_for_it_alone(desk, client):
    desk.district.requirement(code="T-2", name="访谈稿")
    address = {"requirement": "T-1", "term": "", "unit": ["U01", "U02"], "kind": "exemption"}
    shown = text(client.get(ADDRESS, address))
    assert shown.count('name="duty"') == 2
    assert "访谈稿" not in shown
    assert re.search(r'name="kind" value="exemption"[^>]* checked', shown)
    assert client.get(ADDRESS, address | {"requirement": "T-9"}).status_code == 404
    assert client.get(ADDRESS, address | {"term": "2020-06"}).status_code == 404


def test_without_duties_it_says_so(client):
    assert "没有可以办理的任务。" in text(client.get(ADDRESS))
    assert client.get(ADDRESS, {"unit": "U01", "month": "June"}).status_code == 404


def test_in_the_drawer_it_is_a_fragment_that_leads_back(desk, client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/duties/matrix/?month=2020-06"}
    shown = text(client.get(ADDRESS, {"duty": "T-1::U01"}, headers=headers))
    assert "<html" not in shown
    assert 'name="next" value="/duties/matrix/?month=2020-06"' in shown


def test_an_extension_is_granted_to_each_and_taken_back_at_one_stroke(desk, client):
    shown = text(post(client, "T-1::U01", "T-1:once:U02", next="/duties/matrix/?month=2020-06"))
    assert "已为 2 项任务办理延期。" in shown
    assert "报送情况表" in shown
    assert set(DutyExtension.objects.values_list("due_on", flat=True)) == {date(2026, 12, 31)}
    undo = undo_of(shown)
    shown = text(client.post(undo, {"next": "/duties/matrix/?month=2020-06"}, follow=True))
    assert "已撤回 2 项任务的办理，恢复为原来的情况。" in shown
    assert not DutyExtension.objects.in_force().exists()
    assert "没有可以撤回的办理。" in text(client.post(undo, follow=True))


def test_who_may_not_have_it_is_told_and_the_others_have_it(desk, client):
    desk.accept(desk.hand_in())
    shown = text(post(client, "T-1::U01", "T-1::U02"))
    assert "其余 1 项已办理。" in shown
    assert "兰山街道的“实施方案”：这个单位已按时完成，不需要延期。" in shown
    assert DutyExtension.objects.get().unit == desk.district.town


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until": ""}, "请选择延期至哪一天。"),
        ({"until": "soon"}, "日期应写作 2020-06-01。"),
        ({"reason": " "}, "请填写理由，说明依据的文件或情况。"),
        ({"kind": "holiday"}, "请选择延期或标记不适用。"),
        ({"duty": []}, "请勾选要办理的任务。"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(desk, client, changed, words):
    shown = text(post(client, "T-1::U01", **changed))
    assert words in shown
    assert not DutyExtension.objects.exists()


def test_an_exemption_is_asked_for_by_a_clerk_and_granted_by_who_may(desk, client):
    at_once, later = "您有批准权限，办理后立即生效。", "提交后由审核人员或签发领导批准。"
    shown = text(client.get(ADDRESS, {"duty": "T-1::U01"}))
    assert later in shown
    assert at_once not in shown
    shown = text(post(client, "T-1::U01", kind="exemption", until=""))
    assert "已申请将 1 项任务标记为不适用，批准后生效。" in shown
    reviewer = signed_in(desk.reviewer)
    shown = text(reviewer.get(ADDRESS, {"duty": "T-1::U02"}))
    assert at_once in shown
    assert later not in shown
    assert "已将 1 项任务标记为不适用。" in text(post(reviewer, "T-1::U02", kind="exemption", until=""))
    assert DutyExemption.objects.undecided().count() == 1


def test_one_is_taken_back_from_the_duty_itself(desk, client):
    extension = desk.extend(timezone.localdate() + timedelta(days=5))
    response = client.post(reverse("extensions_revoke", args=[extension.pk]), follow=True)
    assert "已撤销延期。" in response.content.decode()
    assert response.redirect_chain[0][0] == "/duties/T-1/once/U01/"
    again = client.post(reverse("extensions_revoke", args=[extension.pk]), follow=True)
    assert "这项延期已经撤销，不需要重复撤销。" in again.content.decode()
    exemption = desk.ask_exemption(by=desk.reviewer, unit=desk.district.town)
    refused = client.post(reverse("exemptions_revoke", args=[exemption.pk]), follow=True)
    assert "不适用标记已经批准，只有可以批准的人员才能撤销。" in refused.content.decode()


def test_it_never_leads_away_from_the_portal(desk, client):
    response = post(client, "T-1::U01", next="https://example.org/")
    assert response.redirect_chain[-1][0] == "/rows/duties/"
