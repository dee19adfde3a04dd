"""What a named unit does after the notice: opened for all at once, answered, verified, sent back, reopened; who sees it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from disclosures.files.keeping import Brought, FilesRefused
from disclosures.models import Message
from lanshan_portal.periods import Period
from reports.actions import corrections, rectification
from reports.actions.rectification import RectificationRefused
from reports.models import IssuedNotice, NamedUnit, NoticeDraft, Rectification, RectificationStep
from reports.rectifying import counted, due_proposed, subjects_of
from tests.desk import PDF, pdf
from tests.pages import page_at, text
from tests.people import liaison, signed_in, unit_leader
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

AT = datetime(2020, 7, 7, 2, tzinfo=UTC)
DUE = date(2020, 7, 20)
LATER = AT + timedelta(days=20)
SENTENCE = "截至7月6日，仍有2个单位未按时上传主动公开基本目录：李官镇、……。"


@pytest.fixture
def uploads(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def town(bureau, notice, uploads) -> Rectification:
    """What 李官镇 is to rectify."""
    made = rectification.open_all(issued=notice, due_on=DUE, by=bureau.clerk, at=AT)
    return next(each for each in made if each.unit_id == bureau.district.town.pk)


@pytest.fixture
def person(bureau):
    return liaison(bureau.district.town, display_name="赵联络")


def answered(town, person, **given):
    what = {"words": "已上传目录。", "files": [pdf("目录.pdf")], "by": person, "at": AT} | given
    return rectification.answer(rectification=town, **what)


def seen(town):
    return town.steps.first().pk


def earlier(bureau, month: int, unit, subjects) -> Rectification:
    """What a unit was to rectify after the notice of that month of 2020."""
    office, issued_on = bureau.district.office, date(2020, month + 1, 6)
    period = str(Period.month(2020, month))
    draft = NoticeDraft.objects.create(
        office=office, period=period, issued_on=issued_on, stage="issued", drafted_by=bureau.clerk, drafted_at=AT
    )
    issued = IssuedNotice.objects.create(
        office=office,
        draft=draft,
        period=period,
        issued_on=issued_on,
        title="通报",
        content={},
        findings=[],
        record={},
        digest="",
        template_version="v1",
        fonts=[],
        issued_by=bureau.clerk,
        issued_at=AT,
    )
    return Rectification.objects.create(
        notice=issued,
        unit=unit,
        subjects=subjects,
        due_on=issued_on,
        state="closed",
        opened_by=bureau.clerk,
        opened_at=AT,
    )


class TestOpening:
    def test_one_for_each_unit_with_all_its_sentences(self, bureau, notice, town):
        named = set(notice.named.values_list("unit", flat=True))
        assert set(Rectification.objects.values_list("unit", flat=True)) == named
        assert SENTENCE in [each.text for each in town.sentences]
        assert "task.T-1" in town.subjects
        step = town.steps.get()
        assert (step.act, step.due_on, step.words) == ("opened", DUE, f"通报点名{town.sentences.count()}处")
        event = AuditEvent.objects.get(verb="rectification.opened")
        assert event.data == {"period": "2020-06", "units": len(named), "due_on": "2020-07-20"}

    def test_units_are_told_at_once(self, bureau, notice, person):
        leading = unit_leader(bureau.district.town)
        rectification.open_all(issued=notice, due_on=DUE, by=bureau.clerk, at=AT)
        for each in (person, leading):
            message = Message.objects.get(user=each, title__startswith="整改")
            assert message.title == "整改通知：2020年6月通报点到李官镇，整改期限2020年7月20日"
            assert message.urgent
            assert SENTENCE in message.body

    def test_what_is_refused(self, bureau, notice):
        given = {"issued": notice, "by": bureau.clerk, "at": AT}
        with pytest.raises(RectificationRefused, match="^整改期限不能早于今天。$"):
            rectification.open_all(due_on=date(2020, 7, 6), **given)
        rectification.open_all(due_on=DUE, **given)
        with pytest.raises(RectificationRefused, match="^被点名的单位都已开立整改，不需要重复开立。$"):
            rectification.open_all(due_on=DUE, **given)

    def test_a_correction_opens_only_what_is_new(self, bureau, notice, town):
        draft = corrections.begin(issued=notice, reason="数字有误。", by=bureau.clerk, at=AT)
        corrected = bureau.issue(draft)
        with pytest.raises(RectificationRefused, match="^这份通报已经更正，请在更正的通报中开立整改。$"):
            rectification.open_all(issued=notice, due_on=DUE, by=bureau.clerk, at=AT)
        with pytest.raises(RectificationRefused, match="^被点名的单位都已开立整改，不需要重复开立。$"):
            rectification.open_all(issued=corrected, due_on=DUE, by=bureau.clerk, at=AT)

    def test_the_day_proposed_is_ten_working_days_after_the_issue(self, bureau):
        assert due_proposed(date(2020, 7, 6), date(2020, 7, 7)) == DUE
        assert due_proposed(date(2020, 7, 6), date(2020, 8, 3)) == date(2020, 8, 17)

    def test_a_subject_is_the_same_in_every_notice(self):
        rows = [
            NamedUnit(queries=["duties?requirement=T-1&as_of=2020-07-06", "mailbox_cases?from=2020-06-01"]),
            NamedUnit(queries=["duties?requirement=T-1&as_of=2020-08-06"]),
        ]
        assert subjects_of(rows) == ["task.T-1", "mailbox_cases"]


class TestRepetition:
    def test_the_same_in_two_notices_on_end(self, bureau, notice):
        town = bureau.district.town
        april, may = (earlier(bureau, month, town, ["task.T-1"]) for month in (4, 5))
        rectification.open_all(issued=notice, due_on=DUE, by=bureau.clerk, at=AT)
        found = Rectification.objects.get(notice=notice, unit=town)
        assert (found.repeat_of, found.in_a_row) == (may, 3)
        assert april.repeated_by.count() == 0

    def test_not_on_end_and_something_else(self, bureau, notice):
        town, justice = bureau.district.town, bureau.district.justice
        march = earlier(bureau, 3, town, ["task.T-1"])
        earlier(bureau, 5, justice, ["nothing of the kind"])
        rectification.open_all(issued=notice, due_on=DUE, by=bureau.clerk, at=AT)
        found = Rectification.objects.get(notice=notice, unit=town)
        assert (found.repeat_of, found.in_a_row) == (march, 1)
        other = Rectification.objects.get(notice=notice, unit=justice)
        assert (other.repeat_of, other.in_a_row) == (None, 1)

    def test_what_went_into_the_unit_counts_as_the_unit_s(self, bureau, notice):
        town = bureau.district.town
        gone = bureau.district.unit("方城镇", dissolved_on=date(2020, 6, 1), successor=town)
        may = earlier(bureau, 5, gone, ["task.T-1"])
        rectification.open_all(issued=notice, due_on=DUE, by=bureau.clerk, at=AT)
        found = Rectification.objects.get(notice=notice, unit=town)
        assert (found.repeat_of, found.in_a_row) == (may, 2)


class TestAnswering:
    def test_the_unit_answers_and_the_office_is_told_once(self, bureau, town, person):
        answered(town, person)
        step = answered(town, person, words="补充说明。", files=[], link="https://www.lanshan.gov.cn/1")
        town.refresh_from_db()
        assert town.state == "answered"
        assert (step.words, step.link) == ("补充说明。", "https://www.lanshan.gov.cn/1")
        message = Message.objects.get(user=bureau.reviewer, title="有整改情况等待核验")
        assert message.body == "李官镇回复了2020年6月通报的整改情况。"

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"words": " "}, "请写明整改情况。"),
            ({"files": []}, "请上传整改材料，或填写整改后的网址，至少一项。"),
            (
                {"files": [], "link": "www.lanshan.gov.cn"},
                "网址应以 http:// 或 https:// 开头，请从浏览器地址栏完整复制。",
            ),
            ({"files": [pdf()] * 21}, "一次最多上传 20 个文件，请打包成 zip。"),
        ],
    )
    def test_what_is_lacking(self, town, person, given, sentence):
        with pytest.raises(RectificationRefused) as refused:
            answered(town, person, **given)
        assert str(refused.value) == sentence
        assert town.steps.count() == 1

    def test_a_file_of_no_known_kind_is_not_taken(self, town, person):
        with pytest.raises(FilesRefused):
            answered(town, person, files=[Brought("整改.exe", b"MZ")])
        assert town.steps.count() == 1


class TestVerifying:
    def test_done(self, bureau, town, person):
        answered(town, person)
        rectification.verify(rectification=town, seen=seen(town), by=bureau.reviewer, at=AT)
        town.refresh_from_db()
        assert town.state == "closed"
        assert Message.objects.filter(user=person, title="2020年6月通报整改已核验通过").exists()
        with pytest.raises(RectificationRefused, match="^整改已办结，不需要再回复。$"):
            answered(town, person)
        with pytest.raises(RectificationRefused, match="^整改已办结，不需要重复办理。$"):
            rectification.verify(rectification=town, seen=seen(town), by=bureau.reviewer, at=AT)

    def test_only_what_was_answered_and_looked_at(self, bureau, town, person):
        given = {"rectification": town, "by": bureau.reviewer, "at": AT}
        with pytest.raises(RectificationRefused, match="^单位还没有回复整改情况，不能核验。$"):
            rectification.verify(seen=seen(town), **given)
        answered(town, person)
        looked = seen(town)
        answered(town, person, words="再补充。")
        with pytest.raises(RectificationRefused, match="^单位刚刚补充了整改情况，请查看后再核验。$"):
            rectification.verify(seen=looked, **given)

    def test_sent_back_and_reopened_with_a_reason_and_a_day(self, bureau, town, person):
        answered(town, person)
        given = {"rectification": town, "by": bureau.reviewer, "at": AT}
        day = date(2020, 7, 27)
        with pytest.raises(RectificationRefused, match="^请写明退回原因，说明还有哪些问题没有整改到位。$"):
            rectification.send_back(seen=seen(town), reason=" ", due_on=day, **given)
        with pytest.raises(RectificationRefused, match="^整改期限不能早于今天。$"):
            rectification.send_back(seen=seen(town), reason="不全。", due_on=date(2020, 7, 1), **given)
        with pytest.raises(RectificationRefused, match="^整改尚未办结，不需要重开。$"):
            rectification.reopen(reason="不全。", due_on=day, **given)
        rectification.send_back(seen=seen(town), reason="目录不全。", due_on=day, **given)
        town.refresh_from_db()
        assert (town.state, town.due_on) == ("again", day)
        message = Message.objects.get(user=person, title__contains="退回")
        assert (message.title, message.body) == ("2020年6月通报整改退回，请于2020年7月27日前重新整改", "目录不全。")
        answered(town, person)
        rectification.verify(seen=seen(town), **given)
        with pytest.raises(RectificationRefused, match="^请写明重开原因。$"):
            rectification.reopen(reason="", due_on=day, **given)
        rectification.reopen(reason="抽查发现目录又被撤下。", due_on=day, **given)
        acts = [step.get_act_display() for step in town.steps.all()]
        assert acts == ["重开", "核验通过", "回复", "退回", "回复", "开立"]

    def test_overdue_is_whoever_has_not_answered_by_the_day(self, bureau, notice, town, person):
        others = Rectification.objects.count() - 1
        assert counted(Rectification.objects.all(), DUE).overdue == 0
        assert counted(Rectification.objects.all(), DUE + timedelta(days=3)).overdue == others + 1
        assert town.days_over(DUE + timedelta(days=3)) == 3
        answered(town, person)
        counts = counted(Rectification.objects.all(), DUE + timedelta(days=3))
        assert (counts.overdue, counts.by_state["answered"]) == (others, 1)

    @pytest.mark.parametrize("model", [RectificationStep, RectificationStep.files.through])
    def test_no_step_can_be_changed_or_removed(self, town, person, model):
        answered(town, person)
        table = model._meta.db_table
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="written once"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


class TestPages:
    def test_the_notice_opens_them_all(self, bureau, notice, uploads):
        client = signed_in(bureau.clerk)
        address = reverse("issued", args=[notice.pk])
        number = notice.named.values("unit").distinct().count()
        assert f"向被点名的 {number} 家单位开立整改" in page_at(client, address)
        refused = client.post(reverse("rectifications_open", args=[notice.pk]), {"due_on": "明天"}, follow=True)
        assert "日期应写作 2020-06-01。" in text(refused)
        done = client.post(reverse("rectifications_open", args=[notice.pk]), {"due_on": "2090-07-20"}, follow=True)
        page = text(done)
        assert f"已向 {number} 家单位开立整改，并发送整改通知。" in page
        assert f"全部 {number} 家" in page
        assert "开立整改</button>" not in page

    def test_the_list_has_what_is_overdue_first_and_says_what_comes_again(self, bureau, notice, uploads):
        town = bureau.district.town
        earlier(bureau, 5, town, ["task.T-1"])
        rectification.open_all(issued=notice, due_on=DUE, by=bureau.clerk, at=AT)
        page = page_at(signed_in(bureau.clerk), reverse("rectifications"))
        assert "连续2期" in page
        assert page.index("逾期") < page.index("2020年5月")
        closed = page_at(signed_in(bureau.clerk), reverse("rectifications") + "?state=closed")
        assert "2020年6月" not in closed.partition("<table")[2]
        assert "没有这种状态的整改" in page_at(signed_in(bureau.clerk), reverse("rectifications") + "?state=again")

    def test_a_unit_sees_its_own_alone(self, bureau, notice, town, person):
        client = signed_in(person)
        page = page_at(client, reverse("rectifications"))
        assert "李官镇" in page
        assert "区司法局" not in page
        other = Rectification.objects.exclude(pk=town.pk).first()
        for name in ("rectifications_one", "rectifications_print"):
            assert client.get(reverse(name, args=[town.pk])).status_code == 200
            assert client.get(reverse(name, args=[other.pk])).status_code == 404
        assert client.post(reverse("rectifications_answer", args=[other.pk]), {}).status_code == 404
        assert reverse("rectifications_one", args=[town.pk]) in page_at(client, reverse("issued", args=[notice.pk]))

    def test_whoever_answers_for_a_unit_that_is_gone_sees_its_too(self, bureau, town):
        heir = bureau.district.unit("柳青街道")
        town.unit.dissolved_on, town.unit.successor = date(2020, 7, 10), heir
        town.unit.save()
        client = signed_in(liaison(heir))
        assert "回复整改情况" in page_at(client, reverse("rectifications_one", args=[town.pk]))

    def test_from_the_answer_to_the_end(self, bureau, town, person):
        unit, office = signed_in(person), signed_in(bureau.reviewer)
        one = reverse("rectifications_one", args=[town.pk])
        answer, decide = (reverse(f"rectifications_{name}", args=[town.pk]) for name in ("answer", "decide"))
        lacking = unit.post(answer, {"words": "已上传。"})
        assert lacking.status_code == 422
        assert "请上传整改材料，或填写整改后的网址，至少一项。" in lacking.content.decode()
        beside = unit.post(answer, {"words": ""}, headers={"HX-Request": "true"})
        assert "请写明整改情况。" in text(beside)
        sent = unit.post(answer, {"words": "已上传。", "brought": [SimpleUploadedFile("目录.pdf", PDF)]}, follow=True)
        assert "已回复整改情况，等待办公室核验。" in text(sent)
        file = RectificationStep.objects.first().files.get()
        address = reverse("rectifications_file", args=[town.pk, file.pk])
        assert address in page_at(office, one)
        assert office.get(address).content == PDF
        back = office.post(decide, {"verdict": "return", "seen": seen(town), "words": "", "due_on": "2090-08-01"})
        assert "请写明退回原因，说明还有哪些问题没有整改到位。" in back.content.decode()
        undated = office.post(decide, {"verdict": "return", "seen": seen(town), "words": "不全。", "due_on": ""})
        assert "请选择日期。" in undated.content.decode()
        done = office.post(decide, {"verdict": "pass", "seen": seen(town)}, follow=True)
        assert "已核验通过，整改办结。" in text(done)
        assert "请选择办理意见。" in office.post(decide, {}).content.decode()
        again = {"verdict": "reopen", "words": "又被撤下。", "due_on": "2090-08-01"}
        assert "已重开，单位重新整改。" in text(office.post(decide, again, follow=True))

    def test_the_notice_to_print(self, bureau, town):
        Rectification.objects.filter(pk=town.pk).update(in_a_row=2)
        page = page_at(signed_in(bureau.clerk), reverse("rectifications_print", args=[town.pk]))
        assert '<p class="addressees">兰山区李官镇：</p>' in page
        assert SENTENCE in page
        assert "同类问题已连续2期被通报，请认真分析原因，采取有效措施，防止再次发生。" in page
        assert "请对照上述问题逐项整改，于2020年7月20日前将整改情况和相关材料通过" in page
        assert "<p>临沂市兰山区人民政府办公室</p><p>2020年7月7日</p>" in page
