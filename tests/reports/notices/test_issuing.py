"""From hand to hand to the issued notice; what is issued cannot be changed by anybody."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from disclosures import jobs
from disclosures.models import Job, Message
from reports.actions import approval, drafting
from reports.actions.drafting import DraftRefused
from reports.freezing import digest, freeze, thaw
from reports.frozen_rows import table_of
from reports.models import (
    FrozenFigure,
    IssuedFile,
    IssuedNotice,
    NamedUnit,
    NoticeDraft,
    NoticeReceipt,
    NoticeSettings,
    ParagraphRevision,
)
from reports.preparation import prepare_draft
from tests.people import liaison
from tests.reports.notices.conftest import AT

pytestmark = pytest.mark.django_db

Stage = NoticeDraft.Stage


class TestTheWay:
    def test_a_warning_needs_a_reason_by_name(self, bureau):
        draft = bureau.begin()
        drafting.add(draft=draft, section="published", words="共3个重点领域。", by=bureau.clerk, at=AT)
        blocked = approval.what_blocks(draft, prepare_draft(draft))
        assert blocked == ["有1处提醒还没有说明，请逐条核对，写明理由。"]
        with pytest.raises(DraftRefused, match="^有1处提醒还没有说明，请逐条核对，写明理由。$"):
            approval.submit(draft=draft, seen=bureau.seen(draft), by=bureau.clerk, at=AT)
        bureau.submit(draft)
        draft.refresh_from_db()
        assert draft.stage == Stage.REVIEW

    def test_an_error_blocks_whatever_anybody_says(self, bureau):
        draft = bureau.begin()
        words = next(each.text for each in prepare_draft(draft).notice.paragraphs() if each.key == "published.1")
        drafting.change(
            draft=draft, key="published.1", words=words.replace("发布", "公开"), version=0, by=bureau.clerk, at=AT
        )
        bureau.district.item(bureau.district.street)
        prepared = prepare_draft(draft)
        error = next(each for each in prepared.findings if each.level == "error")
        assert approval.what_blocks(draft, prepared)[0].startswith("核对发现")
        with pytest.raises(DraftRefused, match="^错误不能说明了事，请改正后再送审。$"):
            approval.sign_off(
                draft=draft, code=str(error.code), message=error.message, reason="无妨", by=bureau.clerk, at=AT
            )

    def test_what_moved_since_it_was_looked_at_is_looked_at_again(self, bureau):
        draft = bureau.begin()
        bureau.answer_for_warnings(draft)
        seen = bureau.seen(draft)
        bureau.district.item(bureau.district.town)
        with pytest.raises(DraftRefused, match="^数据或文字刚刚有变化，请重新查看全文后再办理。$"):
            approval.submit(draft=draft, seen=seen, by=bureau.clerk, at=AT)

    def test_three_different_people(self, bureau):
        draft = bureau.submit(bureau.begin())
        with pytest.raises(DraftRefused, match="^编制、审核、签发应由不同人员办理，请由其他人员办理这一步。$"):
            approval.pass_on(draft=draft, seen=bureau.seen(draft), by=bureau.clerk, at=AT)

    def test_a_small_office_lets_one_do_two_of_the_three_and_says_so(self, bureau):
        NoticeSettings.objects.create(office=bureau.district.office, two_roles_by_one=True)
        draft = bureau.submit(bureau.begin())
        draft = approval.pass_on(draft=draft, seen=bureau.seen(draft), by=bureau.clerk, at=AT)
        with pytest.raises(DraftRefused):
            approval.approve(draft=draft, seen=bureau.seen(draft), by=bureau.clerk, at=AT)
        jobs.run(bureau.approve(draft).pk)
        assert IssuedNotice.objects.get().record["two_roles_by_one"]

    def test_given_back_it_is_changed_and_comes_again(self, bureau):
        draft = bureau.submit(bureau.begin())
        with pytest.raises(DraftRefused, match="^通报已进入“审核”环节，不能修改；需要修改的，请先退回。$"):
            drafting.leave_out(draft=draft, key="mailbox.1", version=0, by=bureau.clerk, at=AT)
        with pytest.raises(DraftRefused, match="^请写明退回原因。$"):
            approval.give_back(draft=draft, reason=" ", by=bureau.reviewer, at=AT)
        approval.give_back(draft=draft, reason="信箱一段请核实。", by=bureau.reviewer, at=AT)
        drafting.leave_out(draft=draft, key="mailbox.1", version=0, by=bureau.clerk, at=AT)
        draft = bureau.submit(draft)
        assert draft.return_reason == ""


class TestIssued:
    def test_it_is_kept_whole(self, bureau):
        person = liaison(bureau.district.town)
        notice = bureau.issue(bureau.begin())
        assert notice.record["drafted"]["by"] == "李经办"
        assert notice.record["reviewed"]["by"] == "王审核"
        assert notice.record["approved"]["by"] == "刘签发"
        assert {file.form for file in notice.files.all()} == {"html", "pdf", "docx", "text", "json"}
        for file in notice.files.all():
            assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
        thawed = thaw(notice.content)
        assert freeze(thawed) == notice.content
        assert digest(thawed) == notice.digest
        assert not thawed.layout.draft
        for frozen in notice.figures.all():
            assert len(frozen.rows) == frozen.value * frozen.each, frozen.name
        assert {(each.unit_name, each.text) for each in notice.named.all()} >= {
            ("李官镇", "截至7月6日，仍有2个单位未按时上传主动公开基本目录：李官镇、……。")
        }
        message = Message.objects.get(user=person)
        assert message.title == f"{notice.title}已印发，点到本单位"

    def test_pressed_twice_it_is_issued_once(self, bureau):
        draft = bureau.pass_on(bureau.submit(bureau.begin()))
        seen = bureau.seen(draft)
        first = approval.approve(draft=draft, seen=seen, by=bureau.leader, at=AT)
        second = approval.approve(draft=draft, seen=seen, by=bureau.leader, at=AT)
        assert first == second
        jobs.run(first.pk)
        Job.objects.filter(pk=first.pk).update(state=Job.State.QUEUED)
        jobs.run(first.pk)
        assert IssuedNotice.objects.count() == 1
        assert approval.approve(draft=draft, seen=seen, by=bureau.leader, at=AT) == first

    def test_data_that_move_between_approval_and_issue_stop_it(self, bureau):
        draft = bureau.pass_on(bureau.submit(bureau.begin()))
        job = bureau.approve(draft)
        bureau.district.item(bureau.district.street)
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.sentence == "签发以后数据有变化，没有印发。通报仍在“签发”环节，请重新查看后签发。"
        draft.refresh_from_db()
        assert (draft.stage, draft.approved_at) == (Stage.APPROVAL, None)
        assert not IssuedNotice.objects.exists()
        jobs.run(bureau.approve(draft).pk)
        assert IssuedNotice.objects.exists()

    @pytest.mark.parametrize(
        "model", [IssuedNotice, IssuedFile, FrozenFigure, NamedUnit, NoticeReceipt, ParagraphRevision]
    )
    def test_nothing_of_it_can_be_changed_or_removed(self, bureau, model):
        draft = bureau.begin()
        drafting.leave_out(draft=draft, key="mailbox.1", version=0, by=bureau.clerk, at=AT)
        notice = bureau.issue(draft)
        NoticeReceipt.objects.create(notice=notice, unit=bureau.district.street, by=bureau.clerk, at=AT)
        row = model.objects.first()
        column = next(
            field
            for field in model._meta.fields
            if field.get_internal_type() in ("TextField", "CharField") or field.name == "at"
        )
        value = AT + timedelta(days=1) if column.name == "at" else "改动"
        attempts = [
            lambda: model.objects.filter(pk=row.pk).update(**{column.name: value}),
            lambda: model.objects.bulk_update([_set(row, column.name, value)], [column.name]),
            lambda: _set(row, column.name, value).save(),
            lambda: _raw(f"UPDATE {model._meta.db_table} SET {column.column} = {column.column}"),
            lambda: _raw(f"DELETE FROM {model._meta.db_table}"),
            lambda: model.objects.all()._raw_delete("default"),
        ]
        if connection.vendor == "postgresql":
            # PostgreSQL does not truncate where foreign keys are still to be looked at.
            connection.check_constraints()
            attempts.append(lambda: _raw(f"TRUNCATE {model._meta.db_table} CASCADE"))
        for attempt in attempts:
            with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
                attempt()
        assert model.objects.filter(pk=row.pk).exists()


def _set(row, name, value):
    setattr(row, name, value)
    return row


def _raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_rows_kept_hold_no_number_by_which_an_applicant_is_found(bureau):
    bureau.district.application(bureau.district.street, content="征收方案，电话13800001234")
    figures = [each for each in prepare_draft(bureau.begin()).notice.figures() if each.query.kind == "applications"]
    tables = [table_of(each.query, bureau.district.office) for each in figures]
    said = " ".join(value for table in tables for row in table.rows for value in row)
    assert "征收方案" in said
    assert "13800001234" not in said
