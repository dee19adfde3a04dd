"""Two people at the same duty at the same moment: one is first, the other is told; nothing is lost, nothing doubled."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from disclosures.actions import hand_ins, requirements, reviews
from disclosures.actions.duties import DutyRefused
from disclosures.actions.requirements import RequirementRefused
from disclosures.models import DutyEvent, HandIn, Requirement, Submission
from tests.desk import Desk, pdf
from tests.people import liaison
from tests.sheets import imported, xlsx

pytestmark = pytest.mark.django_db(transaction=True)

BLOCKED_WITHIN = 0.4
"""Seconds after which an act that was started is waiting for the lock."""
Act = Callable[[], Any]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def at_once(task: Requirement, *acts: Act) -> list[Any]:
    """What each act gave or raised. All of them begin while somebody holds the task, and go on when it is let go."""

    def acting(act: Act) -> Any:
        try:
            return act()
        except (DutyRefused, RequirementRefused) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            Requirement.objects.select_for_update(no_key=True).get(pk=task.pk)
            started: list[Future[Any]] = []
            for act in acts:
                started.append(pool.submit(acting, act))
                time.sleep(BLOCKED_WITHIN)
            assert not any(future.done() for future in started), "the acts do not wait for the task"
        return [future.result(timeout=30) for future in started]


def refusals(outcomes: list[Any]) -> list[str]:
    return [str(outcome) for outcome in outcomes if isinstance(outcome, DutyRefused | RequirementRefused)]


def test_of_two_reviewers_one_decides(desk):
    version = desk.hand_in()
    looked = desk.looked(version)
    outcomes = at_once(
        desk.task,
        lambda: reviews.accept(looked=looked, by=desk.clerk, at=desk.now),
        lambda: reviews.return_(looked=looked, reason="缺少公章。", by=desk.reviewer, at=desk.now),
    )
    record = Submission.objects.get()
    (refusal,) = refusals(outcomes)
    told = {
        Submission.Review.ACCEPTED: "这份材料已由李经办审核通过，不能重复审核。",
        Submission.Review.RETURNED: "这份材料已由王审核退回，不能重复审核。",
    }
    assert refusal == told[Submission.Review(record.review)]
    assert DutyEvent.objects.filter(kind__in=("accepted", "returned")).count() == 1


def test_a_withdrawal_and_an_acceptance_exclude_each_other(desk):
    version = desk.hand_in()
    outcomes = at_once(
        desk.task,
        lambda: hand_ins.withdraw(hand_in=version, by=desk.liaison, at=desk.now),
        lambda: reviews.accept(looked=desk.looked(version), by=desk.clerk, at=desk.now),
    )
    (refusal,) = refusals(outcomes)
    version.refresh_from_db()
    if version.withdrawn_at:
        assert refusal == "单位已撤回这份材料，不需要审核。"
        assert not Submission.objects.exists()
    else:
        assert refusal == "材料已经审核，不能撤回。确需更换的，请联系政务公开工作机构。"
        assert Submission.objects.get().review == Submission.Review.ACCEPTED


def handing_in(desk: Desk, task: Requirement, by: Any, name: str) -> Act:
    return lambda: hand_ins.hand_in(
        requirement=task, term="", unit=desk.unit, files=[pdf(name)], title=name, by=by, at=desk.now
    )


def test_two_uploads_are_two_versions_of_one_record(desk):
    colleague = liaison(desk.unit, name="colleague")
    outcomes = at_once(
        desk.task,
        handing_in(desk, desk.task, desk.liaison, "甲.pdf"),
        handing_in(desk, desk.task, colleague, "乙.pdf"),
    )
    assert not refusals(outcomes)
    record = Submission.objects.get()
    versions = HandIn.objects.order_by("number")
    assert [(version.number, version.submission) for version in versions] == [(1, record), (2, record)]
    assert record.title == versions[1].title
    assert {file.name for version in versions for file in version.files.all()} == {"甲.pdf", "乙.pdf"}


def test_receipts_stay_apart_although_the_tasks_do_not_wait_for_each_other(desk):
    tasks = [desk.district.requirement(code=f"T-{number}", name="材料") for number in range(2, 6)]

    def acting(task: Requirement) -> str:
        try:
            return handing_in(desk, task, desk.liaison, "方案.pdf")().receipt
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        receipts = sorted(pool.map(acting, tasks))
    assert receipts == [f"20200620-000{number}" for number in range(1, 5)]


def test_a_task_is_removed_or_handed_in_for(desk):
    outcomes = at_once(
        desk.task,
        lambda: requirements.delete(requirement=desk.task, by=desk.clerk, at=desk.now),
        handing_in(desk, desk.task, desk.liaison, "方案.pdf"),
    )
    (refusal,) = refusals(outcomes)
    if Requirement.objects.filter(pk=desk.task.pk).exists():
        assert refusal == "已有单位报送材料，不能删除。不再需要的每月任务，可以停止布置。"
        assert HandIn.objects.count() == 1
    else:
        assert refusal == "该任务已被删除，请返回工作任务列表查看。"
        assert not HandIn.objects.exists()


def test_a_sheet_and_a_page_meet_in_one_record(desk):
    head, row = ["任务编号", "单位", "提交日期", "审核结果"], ["T-1", "兰山街道", date(2020, 6, 20), "待审"]

    def importing() -> Any:
        return imported("submissions", xlsx([head, row]))

    def acting(act: Act) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        futures = [
            pool.submit(acting, act) for act in (importing, handing_in(desk, desk.task, desk.liaison, "方案.pdf"))
        ]
        report, version = [future.result(timeout=30) for future in futures]
    assert not report.errors
    assert Submission.objects.get() == HandIn.objects.get(pk=version.pk).submission
