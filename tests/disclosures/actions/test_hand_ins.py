"""Handing in: what is taken and what is not, versions, receipts, taking back; who is told, what is noted."""

import re
from datetime import date

import pytest

from disclosures.actions.duties import DutyRefused
from disclosures.actions.imports import UndoRefused, undo_batch
from disclosures.compliance import Standing
from disclosures.files.keeping import Brought, FilesRefused
from disclosures.models import DutyEvent, HandIn, Message, StoredFile, Submission
from disclosures.sheets.export import export
from tests.desk import PDF, Desk, pdf, with_macro
from tests.sheets import imported, xlsx
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

Review = Submission.Review


@pytest.fixture
def desk() -> Desk:
    return Desk()


def steps(desk: Desk) -> list[str]:
    """What was done, oldest first."""
    return [event.get_kind_display() for event in DutyEvent.objects.filter(unit=desk.unit).order_by("at", "id")]


def refused(words: str):
    return pytest.raises(DutyRefused, match=f"^{re.escape(words)}$")


def test_a_hand_in_is_a_record_a_version_with_its_files_and_a_receipt(desk):
    version = desk.hand_in(pdf("方案.pdf"), pdf("附件.pdf", b"2"), title="兰山街道实施方案", note="已盖章")
    record = version.submission
    assert (record.review, record.submitted_on, record.title) == (Review.PENDING, date(2020, 6, 20), "兰山街道实施方案")
    assert (version.number, version.receipt, version.note) == (1, "20200620-0001", "已盖章")
    assert [file.name for file in version.files.all()] == ["方案.pdf", "附件.pdf"]
    assert desk.duty().standing is Standing.DONE
    assert steps(desk) == ["报送材料"]
    event = AuditEvent.objects.get(verb="duty.handed_in")
    assert (event.by, event.data["unit"], event.data["receipt"]) == (desk.liaison, "兰山街道", "20200620-0001")


def test_receipts_count_through_the_day_whoever_hands_in(desk):
    other = desk.district.requirement(code="T-2", name="访谈稿")
    receipts = [
        desk.hand_in().receipt,
        desk.hand_in(unit=desk.district.town).receipt,
        desk.hand_in(requirement=other).receipt,
    ]
    assert receipts == ["20200620-0001", "20200620-0002", "20200620-0003"]
    desk.on(date(2020, 6, 21))
    assert desk.hand_in().receipt == "20200621-0001"


def test_the_day_is_that_of_the_district_not_of_greenwich(desk):
    version = desk.hand_in(at=desk.now.replace(hour=17))
    assert version.submission.submitted_on == date(2020, 6, 21)


def test_before_the_review_a_new_version_stands_for_the_same_record_and_day(desk):
    first = desk.hand_in(title="初稿")
    desk.on(date(2020, 7, 2))
    second = desk.hand_in(title="定稿")
    assert second.submission == first.submission
    assert (second.number, second.submission.submitted_on, second.submission.title) == (2, date(2020, 6, 20), "定稿")
    assert desk.duty().standing is Standing.DONE
    assert Submission.objects.count() == 1


def test_after_a_return_it_counts_from_its_own_day(desk):
    first = desk.hand_in()
    desk.return_(first)
    assert desk.duty().standing is Standing.AWAITED
    desk.on(date(2020, 7, 2))
    assert desk.duty().standing is Standing.MISSING
    second = desk.hand_in()
    assert (second.submission != first.submission, second.submission.submitted_on) == (True, date(2020, 7, 2))
    assert desk.duty().standing is Standing.LATE
    assert DutyEvent.objects.get(hand_in=second).words == "第2版，退回后重新报送，逾期2天"


def test_on_the_day_of_the_return_the_same_record_waits_again(desk):
    first = desk.hand_in()
    desk.return_(first, "缺少公章。")
    second = desk.hand_in()
    assert second.submission == first.submission
    assert second.submission.review == Review.PENDING
    assert Submission.objects.count() == 1


def test_a_sheet_meets_the_record_of_the_page(desk):
    desk.hand_in(title="兰山街道实施方案")
    sheet = export("submissions", desk.office)
    report = imported("submissions", sheet)
    assert (report.new, report.updated, report.unchanged) == (0, 0, 1)


def test_a_month_is_handed_in_for_itself():
    desk = Desk(recurrence="每月")
    version = desk.hand_in()
    assert (version.term, version.submission.term) == ("2020-06", "2020-06")
    with refused("该任务没有要求本单位报送。"):
        desk.hand_in(term="")
    assert imported("submissions", export("submissions", desk.office)).unchanged == 1


# --- what is not taken


def test_nothing_more_is_taken_once_it_is_accepted_until_the_office_reopens(desk):
    record = desk.accept(desk.hand_in())
    with refused("材料已审核通过，不能再次报送。确需更换的，请联系政务公开工作机构撤销审核。"):
        desk.hand_in()
    desk.reopen(record)
    assert desk.hand_in().submission == record


def test_a_lock_names_its_day_and_an_extension_opens_it():
    desk = Desk(lock_after_days=3)
    desk.on(date(2020, 7, 3))
    assert desk.hand_in().submission.submitted_on == date(2020, 7, 3)
    desk.on(date(2020, 7, 4))
    words = "该任务自2020年7月4日起锁定，不再接收材料。确需补报的，请联系政务公开工作机构办理延期，延期后即可报送。"
    town = desk.district.town
    with refused(words):
        desk.hand_in(unit=town)
    desk.extend(date(2020, 7, 10), unit=town)
    desk.hand_in(unit=town)
    assert desk.duty(town).standing is Standing.DONE


def test_who_is_exempt_is_not_asked(desk):
    desk.ask_exemption(by=desk.reviewer)
    with refused("该任务对本单位已标记为不适用，不需要报送。"):
        desk.hand_in()


def test_who_was_never_asked_hands_nothing_in(desk):
    listed = desk.district.requirement(code="T-2", units=(desk.district.town,))
    with refused("该任务没有要求本单位报送。"):
        desk.hand_in(requirement=listed)


def test_a_month_after_the_end_is_not_asked():
    desk = Desk(recurrence="每月", ends_on=date(2020, 7, 1))
    with refused("该任务没有要求本单位报送。"):
        desk.hand_in(term="2020-07")


def test_a_task_that_is_gone_says_so(desk):
    gone = desk.district.requirement(code="T-2")
    type(gone).objects.filter(pk=gone.pk).delete()
    with refused("该任务已被删除，请返回工作任务列表查看。"):
        desk.hand_in(requirement=gone)


def test_files_are_needed_or_where_something_is_published_its_address(desk):
    with refused("请选择要报送的文件。"):
        desk.hand_in(files=())
    with refused("请选择要报送的文件。"):
        desk.hand_in(files=(), address="http://www.example.gov.cn/1.html")
    publish = desk.district.requirement(code="T-2", action="公开", column="公开-机构职能")
    with refused("请上传材料，或填写公开信息的网址。"):
        desk.hand_in(requirement=publish, files=())
    with refused("网址应以 http:// 或 https:// 开头，请从浏览器地址栏完整复制。"):
        desk.hand_in(requirement=publish, files=(), address="www.example.gov.cn")
    version = desk.hand_in(requirement=publish, files=(), address="http://www.example.gov.cn/1.html")
    assert (version.address, version.files.count()) == ("http://www.example.gov.cn/1.html", 0)


def test_what_was_published_is_not_asked_for_again(desk):
    publish = desk.district.requirement(code="T-2", action="公开", column="公开-机构职能", assigned_on=date(2020, 6, 1))
    item = desk.district.item(desk.unit, on=date(2020, 6, 10))
    item.column, item.title = "公开-机构职能", "机构职能"
    item.save()
    with refused("网站2020年6月10日发布的“机构职能”已满足该任务，不需要另行报送。"):
        desk.hand_in(requirement=publish)


def test_every_file_that_is_refused_is_named_and_none_is_kept(desk, uploads):
    bad = Brought("说明.exe", b"MZ"), pdf(), Brought("台账.docx", with_macro()), Brought("空.pdf", b"")
    with pytest.raises(FilesRefused) as caught:
        desk.hand_in(*bad)
    assert [sentence.partition("”")[0] for sentence in caught.value.sentences] == ["“说明.exe", "“台账.docx", "“空.pdf"]
    assert not StoredFile.objects.exists()
    assert not Submission.objects.exists()
    assert not [path for path in uploads.rglob("*") if path.is_file()]


def test_more_files_than_anybody_reads_are_refused(desk):
    with refused("一次最多报送 20 个文件，请打包成 zip 或分次报送。"):
        desk.hand_in(*(Brought(f"{number}.pdf", PDF) for number in range(21)))


# --- taking back


def test_withdrawn_it_was_never_handed_in_and_stays_in_the_history(desk):
    version = desk.withdraw(desk.hand_in())
    assert desk.duty().standing is Standing.AWAITED
    assert not Submission.objects.exists()
    assert HandIn.objects.get() == version
    assert version.files.count() == 1
    assert version.withdrawn_at == desk.now
    assert steps(desk) == ["报送材料", "撤回报送"]


def test_the_version_before_holds_again_with_its_day_and_title(desk):
    first = desk.hand_in(title="初稿")
    desk.on(date(2020, 6, 25))
    desk.withdraw(desk.hand_in(title="定稿"))
    record = Submission.objects.get()
    assert (record.title, record.submitted_on, record.review) == ("初稿", date(2020, 6, 20), Review.PENDING)
    assert record.hand_ins.get() == first


def test_numbers_of_versions_are_not_used_twice(desk):
    desk.withdraw(desk.hand_in())
    again = desk.hand_in()
    assert (again.number, again.receipt) == (2, "20200620-0002")


def test_the_return_of_the_day_holds_again(desk):
    first = desk.hand_in()
    desk.return_(first, "缺少公章。")
    second, third = desk.hand_in(), desk.hand_in()
    desk.withdraw(third)
    assert Submission.objects.get().review == Review.PENDING
    desk.withdraw(second)
    record = Submission.objects.get()
    assert (record.review, record.review_words, record.reviewed_by) == (Review.RETURNED, "缺少公章。", desk.clerk)


def test_what_was_reviewed_is_not_taken_back(desk):
    version = desk.hand_in()
    desk.accept(version)
    with refused("材料已经审核，不能撤回。确需更换的，请联系政务公开工作机构。"):
        desk.withdraw(version)


def test_versions_are_taken_back_from_the_newest(desk):
    first = desk.hand_in()
    second = desk.hand_in()
    with refused("之后又报送了新的版本，请先撤回最新的一版。"):
        desk.withdraw(first)
    desk.withdraw(second)
    with refused("第2版已于6月20日09:04撤回，不需要重复撤回。"):
        desk.withdraw(second)


# --- with sheets


def by_sheet(desk: Desk, review: str) -> Submission:
    """A hand-in of the first day as a sheet brings it."""
    head, row = ["任务编号", "单位", "提交日期", "材料名称", "审核结果"], ["T-1", "兰山街道", "2020-06-20"]
    imported("submissions", xlsx([head, [*row, "表格中的名称", review]]))
    return Submission.objects.get()


def test_what_a_sheet_brought_waits_with_the_files_of_the_page_and_stays_without_them(desk):
    record = by_sheet(desk, Review.PENDING)
    version = desk.hand_in(title="在线材料")
    assert version.submission == record
    desk.withdraw(version)
    record.refresh_from_db()
    assert (record.title, record.review) == ("表格中的名称", Review.PENDING)


def test_what_a_sheet_returned_this_day_is_returned_again_after_a_withdrawal(desk):
    record = by_sheet(desk, Review.RETURNED)
    desk.withdraw(desk.hand_in())
    record.refresh_from_db()
    assert (record.review, record.title) == (Review.RETURNED, "表格中的名称")


def test_a_batch_is_kept_while_files_hang_on_what_it_brought(desk):
    record = by_sheet(desk, Review.PENDING)
    version = desk.hand_in()
    words = (
        "兰山街道已为该批次中的报送记录在线报送了材料（回执 20200620-0001），撤销后材料将没有记录。"
        "材料尚未审核的，请先由单位撤回。"
    )
    with pytest.raises(UndoRefused, match=f"^{re.escape(words)}$"):
        undo_batch(batch=record.batch, by=desk.clerk, at=desk.now)
    desk.withdraw(version)
    undo_batch(batch=record.batch, by=desk.clerk, at=desk.now)
    assert not Submission.objects.exists()


# --- telling


def test_reviewers_are_told_once_until_they_have_read(desk):
    desk.hand_in()
    desk.hand_in(unit=desk.district.town)
    told = Message.objects.filter(user=desk.clerk)
    assert [message.title for message in told] == ["有新报送的材料等待审核"]
    assert told.get().body == "兰山街道报送了“实施方案”的材料。"
    assert told.get().address == "/reviews/"
    told.update(read_at=desk.now)
    desk.hand_in(unit=desk.district.education)
    assert told.count() == 2
    assert Message.objects.filter(user=desk.reviewer).count() == 1


def test_who_hands_in_is_not_told_of_it(desk):
    desk.hand_in(by=desk.clerk)
    assert not Message.objects.filter(user=desk.clerk).exists()
