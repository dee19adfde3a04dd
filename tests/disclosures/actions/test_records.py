"""Single records by hand: the same keys and rules as sheets, nothing overwritten unseen, nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from disclosures.actions import records
from disclosures.actions.imports import undo_batch
from disclosures.history import history_of
from disclosures.models import DisclosureApplication, MailboxCase, MediaAccount, MediaCheck, RemovedRecord
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.record_form import RecordForm, cells_of
from tests.people import staff
from tests.sheets import imported, xlsx
from units.models import AuditEvent, Office, User

HEAD = ["编号", "单位", "来信日期", "标题", "答复日期"]
AT = datetime(2020, 7, 1, 1, tzinfo=UTC)


@pytest.fixture
def clerk(office: Office) -> User:
    return staff(office, display_name="李经办")


@pytest.fixture
def case(office: Office) -> MailboxCase:
    imported("mailbox_cases", xlsx([HEAD, ["N-1", "区教育局", "2020-06-03", "咨询入学", ""]]))
    return MailboxCase.objects.get()


def checked(kind: str, office: Office, cells: dict[str, str]):
    form = RecordForm(cells, kind=kind, office=office)
    assert form.is_valid(), form.errors
    return form.record


def changed(kind: str, kept, by: User | None, *, at: datetime | None = None, version: str = "", **cells: str):
    """Change cells of a record as the form does."""
    office = kept.office
    resource = SHEET_KINDS[kind].resource(office)
    before = cells_of(kind, office, records.stored_values(resource, kept))
    return records.edit(
        kind=kind,
        office=office,
        pk=kept.pk,
        record=checked(kind, office, before | cells),
        version=version or records.version_of(resource, kept),
        by=by,
        at=at or timezone.now(),
    )


# --- entering


def test_a_record_entered_by_hand_is_found_by_the_sheet_that_brings_it_later(office, clerk):
    record = checked("mailbox_cases", office, {"number": "N-1", "unit_id": "教育局", "received_on": "2020.6.3"})
    made = records.add(kind="mailbox_cases", office=office, record=record, by=clerk, at=AT)
    assert (made.batch, made.sheet_row, made.edited_by, made.edited_at) == (None, None, clerk, AT)
    event = AuditEvent.objects.get(verb="record.added")
    assert (event.by, event.target_id, event.data) == (clerk, str(made.pk), {"kind": "mailbox_cases", "name": "N-1"})
    report = imported("mailbox_cases", xlsx([HEAD, ["N-1", "区教育局", "2020-06-03", "", ""]]))
    assert report.summary == "新增 0，更新 0，未变 1"


def test_what_is_there_already_is_not_entered_twice(office, case):
    record = checked("mailbox_cases", office, {"number": "N-1", "unit_id": "兰山街道", "received_on": "2020-06-09"})
    with pytest.raises(records.RecordRefused, match="^已有相同的记录（编号相同），请修改那一条，或核对填写的内容。$"):
        records.add(kind="mailbox_cases", office=office, record=record, by=None, at=AT)
    assert MailboxCase.objects.get().unit == case.unit


# --- changing


def test_a_change_keeps_the_origin_and_tells_what_it_was(office, case, clerk):
    told = changed("mailbox_cases", case, clerk, answered_on="2020-06-05", title="咨询入学政策")
    assert [(each.column, each.before, each.after) for each in told] == [
        ("标题", "咨询入学", "咨询入学政策"),
        ("答复日期", "", "2020-06-05"),
    ]
    case.refresh_from_db()
    assert (case.sheet_row, case.edited_by, case.edited_since_batch) == (2, clerk, True)
    event = AuditEvent.objects.get(verb="record.edited")
    assert event.data["before"] == {"标题": "咨询入学", "答复日期": ""}
    assert event.data["after"] == {"标题": "咨询入学政策", "答复日期": "2020-06-05"}
    steps = history_of(case, "mailbox_cases")
    assert [(step.words, step.who) for step in steps] == [("修改", "李经办"), ("导入", "命令行")]
    assert steps[0].changes == (("标题", "咨询入学", "咨询入学政策"), ("答复日期", "", "2020-06-05"))


def test_no_change_writes_nothing(case, clerk):
    assert changed("mailbox_cases", case, clerk) == []
    case.refresh_from_db()
    assert case.edited_at is None
    assert not AuditEvent.objects.filter(verb="record.edited").exists()


def test_a_key_may_change_but_not_to_anothers(office, case, clerk):
    imported("mailbox_cases", xlsx([HEAD, ["N-2", "区教育局", "2020-06-04", "", ""]]))
    with pytest.raises(records.RecordRefused, match="^已有相同的记录（编号相同）"):
        changed("mailbox_cases", case, clerk, number="N-2")
    changed("mailbox_cases", case, clerk, number="N-9")
    report = imported("mailbox_cases", xlsx([HEAD, ["N-9", "区教育局", "2020-06-03", "咨询入学", ""]]))
    assert report.summary == "新增 0，更新 0，未变 1"


def test_whoever_was_quicker_is_told_of_and_not_overwritten(case, clerk):
    other = staff(case.office, name="colleague", display_name="王经办")
    resource = SHEET_KINDS["mailbox_cases"].resource(case.office)
    seen = records.version_of(resource, case)
    changed("mailbox_cases", case, other, answered_on="2020-06-05")
    case.refresh_from_db()
    with pytest.raises(records.ChangedMeanwhile) as meanwhile:
        changed("mailbox_cases", case, clerk, version=seen, answered_on="2020-06-08", title="改")
    assert meanwhile.value.who == "王经办"
    assert meanwhile.value.at == case.edited_at
    assert [(each.column, each.before, each.after) for each in meanwhile.value.differences] == [
        ("标题", "改", "咨询入学"),
        ("答复日期", "2020-06-08", "2020-06-05"),
    ]
    changed("mailbox_cases", case, clerk, version=meanwhile.value.version, answered_on="2020-06-08")
    case.refresh_from_db()
    assert case.answered_on.day == 8


def test_a_sheet_in_between_counts_as_somebody_quicker(case, clerk):
    resource = SHEET_KINDS["mailbox_cases"].resource(case.office)
    seen = records.version_of(resource, case)
    imported("mailbox_cases", xlsx([HEAD, ["N-1", "区教育局", "2020-06-03", "换了标题", ""]]))
    with pytest.raises(records.ChangedMeanwhile) as meanwhile:
        changed("mailbox_cases", case, clerk, version=seen, title="我的标题")
    assert meanwhile.value.who == "命令行"


def test_what_a_citizen_wrote_goes_into_the_log_with_its_numbers_blotted_out(office, clerk):
    record = checked(
        "applications",
        office,
        {"number": "1号", "unit_id": "区教育局", "channel_id": "网站", "received_on": "2020-06-01"},
    )
    made = records.add(kind="applications", office=office, record=record, by=clerk, at=AT)
    changed("applications", made, clerk, content="电话13800001234", remark="身份证371302199001011234")
    event = AuditEvent.objects.get(verb="record.edited")
    assert event.data["after"] == {"申请内容": "电话138****1234", "备注": "身份证371302********4"}
    assert DisclosureApplication.objects.get().content == "电话13800001234"


# --- sheets after a change by hand


def test_a_sheet_says_that_it_takes_back_what_was_changed_by_hand(case, clerk):
    changed("mailbox_cases", case, clerk, title="手工改的标题")
    rows = [HEAD, ["N-0", "区教育局", "2020-06-03", "", ""], ["N-1", "区教育局", "2020-06-03", "咨询入学", ""]]
    report = imported("mailbox_cases", xlsx(rows))
    assert report.warnings == ("第3行的记录曾由手工登记或修改（共1行），导入后将改为表中的内容，请核对。",)
    (row,) = [row for row in report.preview if row.change == "更新"]
    assert row.values["标题"] == "咨询入学（原为手工改的标题）"
    case.refresh_from_db()
    assert not case.edited_since_batch
    assert imported("mailbox_cases", xlsx([HEAD, ["N-1", "区教育局", "2020-06-03", "又改", ""]])).warnings == ()


def test_undoing_a_batch_gives_back_what_was_changed_by_hand(case, clerk):
    changed("mailbox_cases", case, clerk, title="手工改的标题", at=timezone.now())
    batch = imported("mailbox_cases", xlsx([HEAD, ["N-1", "区教育局", "2020-06-03", "表中的标题", ""]])).batch
    undo_batch(batch=batch, by=clerk, at=timezone.now() + timedelta(seconds=1))
    case.refresh_from_db()
    assert (case.title, case.edited_since_batch) == ("手工改的标题", True)


# --- removing and bringing back


def test_a_removed_record_comes_back_as_it_was(case, clerk):
    changed("mailbox_cases", case, clerk, answered_on="2020-06-05")
    case.refresh_from_db()
    removed = records.remove(kind="mailbox_cases", office=case.office, pk=case.pk, by=clerk, at=AT)
    assert not MailboxCase.objects.exists()
    assert (removed.title, removed.removed_by) == ("N-1", clerk)
    records.restore(removed=removed, by=clerk, at=AT)
    back = MailboxCase.objects.get()
    for field in MailboxCase._meta.concrete_fields:
        assert getattr(back, field.attname) == getattr(case, field.attname), field.name
    with pytest.raises(records.RecordRefused, match="^这条记录已经恢复。$"):
        records.restore(removed=removed, by=clerk, at=AT)
    assert [step.words for step in history_of(back, "mailbox_cases")][:3] == ["恢复", "删除", "修改"]


def test_the_log_of_a_removal_holds_no_contents(case, clerk):
    records.remove(kind="mailbox_cases", office=case.office, pk=case.pk, by=clerk, at=AT)
    assert AuditEvent.objects.get(verb="record.removed").data == {"kind": "mailbox_cases", "name": "N-1"}


def test_a_record_that_has_been_replaced_does_not_come_back(case, clerk):
    removed = records.remove(kind="mailbox_cases", office=case.office, pk=case.pk, by=clerk, at=AT)
    imported("mailbox_cases", xlsx([HEAD, ["N-1", "区教育局", "2020-06-03", "", ""]]))
    with pytest.raises(records.RecordRefused, match="^已有编号相同的记录，不能恢复。$"):
        records.restore(removed=removed, by=clerk, at=AT)


def test_what_others_refer_to_is_not_removed(office, clerk):
    imported("media_accounts", xlsx([["账号名称", "平台", "主办单位"], ["兰山教育", "微博", "区教育局"]]))
    head = ["检查批次", "检查日期", "账号名称", "平台"]
    imported("media_checks", xlsx([head, ["第1次", "2020-07-08", "兰山教育", "微博"]]))
    account = MediaAccount.objects.get()
    with pytest.raises(records.RecordRefused, match="^这条记录已被新媒体检查引用，不能删除。$"):
        records.remove(kind="media_accounts", office=office, pk=account.pk, by=clerk, at=AT)
    assert not RemovedRecord.objects.exists()
    assert not AuditEvent.objects.filter(verb="record.removed").exists()


# --- checks keep the unit of their day


def test_a_check_keeps_its_unit_unless_it_becomes_one_of_another_account(office, clerk):
    accounts = [["账号名称", "平台", "主办单位"], ["兰山教育", "微博", "区教育局"], ["李官发布", "微博", "李官镇"]]
    imported("media_accounts", xlsx(accounts))
    head = ["检查批次", "检查日期", "账号名称", "平台", "问题类型"]
    imported("media_checks", xlsx([head, ["第1次", "2020-07-08", "兰山教育", "微博", "错别字"]]))
    check = MediaCheck.objects.get()
    kept = check.unit
    MediaAccount.objects.filter(name="兰山教育").update(unit=MediaAccount.objects.get(name="李官发布").unit)
    changed("media_checks", check, clerk, description="标题")
    check.refresh_from_db()
    assert check.unit == kept
    changed("media_checks", check, clerk, account_name="李官发布")
    check.refresh_from_db()
    assert check.unit == MediaAccount.objects.get(name="李官发布").unit
