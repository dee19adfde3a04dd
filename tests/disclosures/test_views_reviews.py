"""The review queue: what it lists, one after another, several at once, exemptions; all of it undoable."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from disclosures.models import DutyExemption, Message, Requirement, Submission
from tests.desk import Desk, docx, pdf
from tests.pages import text, undo_of
from tests.people import leader, signed_in

pytestmark = pytest.mark.django_db

Review = Submission.Review


@pytest.fixture
def desk() -> Desk:
    return Desk.of_today()


@pytest.fixture
def client(desk):
    return signed_in(desk.clerk)


def queue(client, **parameters: str) -> str:
    return text(client.get(reverse("reviews"), parameters))


def one(client, version, **parameters: str) -> str:
    return text(client.get(reverse("reviews_one", args=[version.submission_id]), parameters))


def decide(client, version, verdict: str, reason: str = "", **parameters: str):
    address = reverse("reviews_one", args=[version.submission_id], query=parameters or None)
    data = {"version": version.number, "verdict": verdict, "reason": reason}
    return client.post(address, data, follow=True)


# --- the queue


def test_the_queue_lists_what_waits_earliest_first_with_how_late_it_came(desk, client):
    Requirement.objects.update(due_on=timezone.localdate() - timedelta(days=4))
    desk.hand_in(unit=desk.district.town, at=timezone.now() - timedelta(days=4))
    desk.hand_in(title="兰山街道方案")
    desk.hand_in(pdf(), pdf("二.pdf"), title="兰山街道方案")
    shown = queue(client)
    assert shown.index("李官镇") < shown.index("兰山街道方案")
    assert "逾期4天" in shown
    assert ">按时<" in shown
    assert "第2版" in shown
    assert "2 个" in shown


def test_the_navigation_counts_what_waits(desk, client):
    assert "项待办理" not in queue(client)
    desk.hand_in()
    desk.ask_exemption(unit=desk.district.town)
    assert '<span class="visually-hidden">，</span>1<span class="visually-hidden">项待办理</span>' in queue(client)
    both = queue(signed_in(desk.reviewer))
    assert '<span class="visually-hidden">，</span>2<span class="visually-hidden">项待办理</span>' in both


def test_an_empty_queue_says_so(client):
    assert "没有待审核的材料" in queue(client)
    assert "还没有审核过材料" in queue(client, show="done")


def test_the_queue_of_one_task(desk, client):
    other = desk.district.requirement(code="T-2", name="访谈稿")
    desk.hand_in()
    version = desk.hand_in(requirement=other, unit=desk.district.town)
    shown = queue(client, requirement="T-2")
    assert "李官镇" in shown
    assert f"/reviews/{version.submission_id}/?requirement=T-2" in shown
    assert "勾选兰山街道" not in shown


def test_a_page_of_the_queue_takes_as_many_queries_as_a_line(desk, client, django_assert_max_num_queries):
    desk.hand_in()
    with django_assert_max_num_queries(30) as few:
        queue(client)
    for unit in (desk.district.town, desk.district.education, desk.district.justice):
        desk.hand_in(pdf(), pdf("二.pdf"), unit=unit)
    with django_assert_max_num_queries(len(few)):
        queue(client)


def test_a_hand_in_of_a_term_that_the_task_has_no_more_can_still_be_reviewed(desk, client):
    version = desk.hand_in()
    Requirement.objects.update(recurrence="每月")
    assert "兰山街道" in queue(client)
    assert version.receipt in one(client, version)
    decide(client, version, "accept")
    version.submission.refresh_from_db()
    assert version.submission.review == Review.ACCEPTED


# --- one


def test_one_shows_what_was_brought_beside_the_verdict(desk, client):
    version = desk.hand_in(pdf(), pdf("附件.pdf"), title="兰山街道方案", note="已盖章")
    shown = one(client, version)
    first, second = version.files.all()
    assert f'src="{reverse("duty_file", args=[version.pk, first.pk])}?inline=1#' in shown
    assert f"?file={second.pk}" in shown
    assert f'src="{reverse("duty_file", args=[version.pk, second.pk])}?inline=1#' in one(
        client, version, file=str(second.pk)
    )
    for words in ("已盖章", version.receipt, "第 1 份，共 1 份", "缺少公章或负责人签字，请补齐后重新报送。"):
        assert words in shown


def test_a_document_is_read_in_the_page(desk, client):
    from disclosures.files.keeping import Brought

    version = desk.hand_in(Brought("方案.docx", docx("第一段", "<b>第二段</b>")))
    shown = one(client, version)
    assert "<p>第一段</p>" in shown
    assert "<p>&lt;b&gt;第二段&lt;/b&gt;</p>" in shown
    assert "只显示文字和表格，版式以下载的文件为准。" in shown


def test_a_file_that_is_lost_breaks_nothing(desk, client, tmp_path):
    from disclosures.files.keeping import Brought

    version = desk.hand_in(Brought("方案.docx", docx("第一段")))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()
    assert "文件内容无法预览，请下载后查看。" in one(client, version)


def test_accepted_it_goes_to_the_next_and_can_be_taken_back(desk, client):
    first = desk.hand_in()
    second = desk.hand_in(unit=desk.district.town)
    response = decide(client, first, "accept")
    assert response.redirect_chain == [(reverse("reviews_one", args=[second.submission_id]), 302)]
    shown = response.content.decode()
    assert "已通过兰山街道的“实施方案”。" in shown
    undo = undo_of(shown)
    assert "已撤销 1 份材料的审核，恢复为待审核。" in client.post(undo, follow=True).content.decode()
    first.submission.refresh_from_db()
    assert first.submission.review == Review.PENDING


def test_the_last_one_leads_back_to_the_queue(desk, client):
    response = decide(client, desk.hand_in(), "return", "缺少公章。")
    assert response.redirect_chain == [(reverse("reviews"), 302)]
    assert "已退回兰山街道的“实施方案”。" in response.content.decode()


def test_going_on_stays_within_the_task_one_is_at(desk, client):
    other = desk.district.requirement(code="T-2", name="访谈稿")
    first = desk.hand_in()
    desk.hand_in(requirement=other)
    last = desk.hand_in(unit=desk.district.town)
    response = decide(client, first, "accept", requirement="T-1")
    assert response.redirect_chain[0][0] == f"{reverse('reviews_one', args=[last.submission_id])}?requirement=T-1"


def test_a_return_without_a_reason_says_what_is_missing(desk, client):
    version = desk.hand_in()
    shown = text(decide(client, version, "return"))
    assert "请填写退回原因，说明哪里不符合要求、应如何修改。" in shown
    version.submission.refresh_from_db()
    assert version.submission.review == Review.PENDING


def test_a_version_that_came_meanwhile_is_shown_and_the_reason_typed_stays(desk, client):
    version = desk.hand_in()
    desk.hand_in()
    shown = text(decide(client, version, "return", "缺少公章。"))
    assert "单位报送了新的版本（第2版），请查看后再审核。" in shown
    assert "缺少公章。</textarea>" in shown
    assert 'name="version" value="2"' in shown


def test_a_decided_one_says_by_whom_and_can_be_reopened(desk, client):
    version = desk.hand_in()
    desk.return_(version, "缺少公章。")
    shown = one(client, version)
    assert "李经办" in shown
    assert "缺少公章。" in shown
    response = client.post(reverse("reviews_reopen", args=[version.submission_id]), follow=True)
    assert "兰山街道的“实施方案”恢复为待审核。" in response.content.decode()
    again = client.post(reverse("reviews_reopen", args=[version.submission_id]), follow=True)
    assert "这份材料正在等待审核，不需要撤销审核。" in again.content.decode()


def test_before_a_return_of_what_is_locked_the_extension_is_offered(desk, client):
    version = desk.hand_in()
    Requirement.objects.update(due_on=timezone.localdate() - timedelta(days=9), lock_after_days=2)
    assert "该任务已锁定，退回后单位不能重新报送" in one(client, version)


# --- several at once


def ticked(*versions) -> list[str]:
    return [f"{version.submission_id}:{version.number}" for version in versions]


def test_ticked_ones_are_accepted_together_and_taken_back_together(desk, client):
    versions = [desk.hand_in(unit=unit) for unit in (desk.unit, desk.district.town)]
    data = {"looked": ticked(*versions), "verdict": "accept"}
    shown = text(client.post(reverse("reviews_decide"), data, follow=True))
    assert "已通过 2 份材料。" in shown
    assert Submission.objects.filter(review=Review.ACCEPTED).count() == 2
    undo = undo_of(shown)
    client.post(undo)
    assert Submission.objects.filter(review=Review.PENDING).count() == 2
    assert not Message.objects.filter(kind="accepted").exists()


def test_who_cannot_be_decided_is_listed_with_the_reason(desk, client):
    versions = [desk.hand_in(unit=unit) for unit in (desk.unit, desk.district.town)]
    desk.accept(versions[0], by=desk.reviewer)
    data = {"looked": ticked(*versions), "verdict": "return", "reason": "缺少附件。"}
    shown = text(client.post(reverse("reviews_decide"), data))
    assert "已办理 1 份，以下 1 份没有办理" in shown
    assert "兰山街道的“实施方案”：这份材料已由王审核审核通过，不能重复审核。" in shown


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"verdict": "accept"}, "没有勾选要审核的材料。"),
        ({"verdict": "accept", "looked": ["x", "1:2:3", f"{'9' * 40}:1"]}, "没有勾选要审核的材料。"),
        ({"verdict": "return", "looked": ["1:1"], "reason": " "}, "退回材料须填写原因，请重新勾选后填写。"),
    ],
)
def test_what_makes_no_sense_is_said(desk, client, data, words):
    assert words in text(client.post(reverse("reviews_decide"), data, follow=True))


def test_nothing_of_others_is_taken_back(desk, client):
    at = timezone.now()
    assert "没有可以撤销的审核。" in text(client.post(reverse("reviews_undo", args=[at]), follow=True))


# --- exemptions


def test_an_exemption_is_approved_and_taken_back(desk):
    desk.ask_exemption(reason="职责已划转")
    client = signed_in(leader(desk.office))
    shown = queue(client)
    assert "职责已划转" in shown
    assert "待审核<i>" not in shown
    exemption = DutyExemption.objects.get()
    shown = text(client.post(reverse("reviews_exemption", args=[exemption.pk]), {"verdict": "approve"}, follow=True))
    assert "已批准将兰山街道的“实施方案”标记为不适用。" in shown
    undo = reverse("exemptions_revoke", args=[exemption.pk])
    assert f'action="{undo}"' in shown
    assert client.post(undo).status_code == 302
    exemption.refresh_from_db()
    assert exemption.revoked_at is not None


def test_an_exemption_of_a_month_names_it_in_words(desk):
    desk.task, desk.term = desk.district.requirement(code="M", name="访谈稿", recurrence="每月"), "2020-06"
    desk.ask_exemption()
    assert "访谈稿（2020年6月）" in queue(signed_in(desk.reviewer), show="exemptions")


def test_a_verdict_is_taken_back_from_the_list_of_the_last_ones(desk, client):
    desk.accept(desk.hand_in())
    record = Submission.objects.get()
    assert f'action="{reverse("reviews_reopen", args=[record.pk])}"' in queue(client, show="done")
    shown = text(client.post(reverse("reviews_reopen", args=[record.pk]), follow=True))
    assert "兰山街道的“实施方案”恢复为待审核。" in shown


def test_an_exemption_is_declined_with_a_reason(desk):
    desk.ask_exemption()
    client = signed_in(desk.reviewer)
    address = reverse("reviews_exemption", args=[DutyExemption.objects.get().pk])
    refused = client.post(address, {"verdict": "return", "reason": " "})
    assert refused.status_code == 422
    assert '_error">请填写不同意的理由。</div>' in refused.content.decode()
    assert "<details open>" in refused.content.decode()
    data = {"verdict": "return", "reason": "职责未划转。"}
    assert "未同意将兰山街道的“实施方案”标记为不适用。" in text(client.post(address, data, follow=True))
    assert "没有待批准的申请" in queue(client, show="exemptions")
