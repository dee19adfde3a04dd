"""预通报: each named unit is sent its own sentences, confirms or objects; the office decides; silence is kept as silence."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from disclosures.files.keeping import Brought, FilesRefused
from disclosures.models import Message, Requirement
from reports.actions import approval, consultation, drafting
from reports.actions.drafting import DraftRefused
from reports.consultation_state import state_of
from reports.models import Consultation, ConsultedUnit, NoticeSettings
from reports.preparation import prepare_draft
from tests.people import liaison, signed_in, unit_leader
from tests.reading import words
from tests.reports.notices.asking import confirm, decide, mended, object_to, row_of, said, send
from tests.reports.notices.conftest import AT
from units.models import AuditEvent

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


class TestSending:
    def test_each_named_unit_reads_its_own_sentences_and_nobody_elses_name(self, bureau, draft, town):
        sent = send(bureau, draft)
        assert sent.answer_by == date(2020, 7, 8)
        assert [row.unit_name for row in sent.units.all()] == ["李官镇", "区司法局"]
        row = row_of(bureau.district.town)
        assert said(row) == ["截至7月6日，仍有2个单位未按时上传主动公开基本目录：李官镇、……。"]
        assert "区司法局" not in str(row.entries)
        message = Message.objects.get(user=town)
        assert (message.kind, message.urgent) == (Message.Kind.NOTICE, True)
        assert message.title == "2020年6月预通报请核对"
        assert message.body == "通报初稿有1处点到李官镇，请在7月8日前确认或者提出异议，没有回复的按未回复记录。"
        assert message.address == reverse("consultation", args=[row.pk])
        event = AuditEvent.objects.get(verb="consultation.sent")
        assert event.data["units"] == ["李官镇", "区司法局"]

    def test_the_unit_s_leader_is_told_too_and_units_not_named_are_not(self, bureau, draft):
        leader, other = unit_leader(bureau.district.town), liaison(bureau.district.street)
        send(bureau, draft)
        assert Message.objects.filter(user=leader).count() == 1
        assert not Message.objects.filter(user=other).exists()

    def test_the_office_sets_how_long(self, bureau, draft):
        NoticeSettings.objects.create(office=bureau.district.office, consult_days=5)
        assert send(bureau, draft).answer_by == date(2020, 7, 13)

    def test_a_draft_that_names_nobody(self, bureau, draft):
        mended(bureau)
        bureau.district.submission(Requirement.objects.get(), bureau.district.justice, date(2020, 6, 29))
        with pytest.raises(DraftRefused, match="^初稿没有点到任何单位，不需要预通报。$"):
            send(bureau, draft)

    def test_only_while_it_is_drafted(self, bureau, draft):
        bureau.submit(draft)
        with pytest.raises(DraftRefused, match="^通报已进入“审核”环节，不能办理预通报。$"):
            send(bureau, draft)

    def test_nothing_has_changed(self, bureau, draft):
        send(bureau, draft)
        with pytest.raises(DraftRefused, match="^各单位的内容没有变化，不需要重新发送。$"):
            send(bureau, draft)

    def test_again_answers_to_what_stands_are_kept(self, bureau, draft, town):
        send(bureau, draft)
        confirm(row_of(bureau.district.town), town)
        bureau.district.check(bureau.district.education, problem="超期更新")
        send(bureau, draft, at=AT + timedelta(days=1))
        assert Consultation.objects.get().answer_by == date(2020, 7, 9)
        assert row_of(bureau.district.town).is_confirmed
        assert Message.objects.filter(user=town).count() == 1
        assert row_of(bureau.district.education).answer == ""

    def test_again_what_changed_is_asked_anew_and_the_objection_stays_on_record(self, bureau, draft, town):
        justice = liaison(bureau.district.justice)
        send(bureau, draft)
        before = row_of(bureau.district.town)
        object_to(before, town)
        mended(bureau)
        assert state_of(draft, prepare_draft(draft)).moved == ("区司法局", "李官镇")
        with pytest.raises(DraftRefused, match="^李官镇的异议还没有答复，请先办理，再重新发送。$"):
            send(bureau, draft)
        decide(bureau, before, "upheld", "情况属实，已更正。")
        send(bureau, draft, at=AT + timedelta(hours=1))
        assert not ConsultedUnit.objects.current().filter(unit=bureau.district.town).exists()
        assert Message.objects.filter(user=town).first().title == "2020年6月预通报已修改，不再点到李官镇"
        assert Message.objects.filter(user=justice).first().title == "2020年6月预通报有修改，请重新核对"
        state = state_of(draft, prepare_draft(draft))
        assert ([each.unit_name for each in state.units], [each.unit_name for each in state.past]) == (
            ["区司法局"],
            ["李官镇"],
        )
        with pytest.raises(DraftRefused, match="^通报初稿已修改，这些内容不再使用，不需要回复。$"):
            confirm(before, town)


class TestAnswering:
    def test_it_may_be_changed_until_it_is_decided(self, bureau, draft, town):
        send(bureau, draft)
        row = row_of(bureau.district.town)
        assert confirm(row, town).answer_in_words == "确认"
        row = object_to(row, town, files=[Brought("截图.pdf", PDF)])
        assert (row.answer_in_words, row.words) == ("有异议", "6月30日已经上传。")
        (first,) = row.files.all()
        row = object_to(row, town, "7月1日已经上传。", files=[Brought("回执.pdf", PDF)], kept=[first.pk])
        assert [file.name for file in row.files.all()] == ["截图.pdf", "回执.pdf"]
        decide(bureau, row)
        with pytest.raises(DraftRefused, match="^办公室已答复，不能再修改回复。$"):
            confirm(row, town)

    def test_confirming_takes_the_objection_back(self, bureau, draft, town):
        send(bureau, draft)
        row = object_to(row_of(bureau.district.town), town, files=[Brought("截图.pdf", PDF)])
        row = confirm(row, town)
        assert (row.words, row.files.count()) == ("", 0)
        assert approval.what_blocks(draft, prepare_draft(draft)) == []

    def test_until_the_last_day(self, bureau, draft, town):
        send(bureau, draft)
        row = row_of(bureau.district.town)
        with pytest.raises(DraftRefused, match="^回复期限7月8日已过，按未回复记录。$"):
            confirm(row, town, at=AT + timedelta(days=3))
        confirm(row, town, at=AT + timedelta(days=2))
        with pytest.raises(DraftRefused, match="^回复期限7月8日已过，不能再修改回复。$"):
            object_to(row, town, at=AT + timedelta(days=3))

    def test_until_the_draft_is_sent_to_be_reviewed(self, bureau, draft, town):
        send(bureau, draft)
        bureau.submit(draft)
        with pytest.raises(DraftRefused, match="^通报已送审，不能再回复。$"):
            confirm(row_of(bureau.district.town), town)

    def test_a_draft_given_up(self, bureau, draft, town):
        send(bureau, draft)
        drafting.abandon(draft=draft, by=bureau.clerk, at=AT)
        with pytest.raises(DraftRefused, match="^通报初稿已作废，不需要回复。$"):
            confirm(row_of(bureau.district.town), town)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"answer": "objected", "words": "  "}, "请写明异议理由。"),
            ({"answer": "perhaps"}, "请选择“确认无误”或者“提出异议”。"),
            ({"answer": "objected", "words": "字" * 2001}, "异议理由有2001个字，请压缩到2000个字以内。"),
            (
                {"answer": "objected", "words": "有。", "files": [Brought("甲.pdf", PDF)] * 11},
                "佐证材料最多 10 个文件，请打包成 zip 后上传。",
            ),
        ],
    )
    def test_what_is_lacking(self, bureau, draft, town, given, sentence):
        send(bureau, draft)
        with pytest.raises(DraftRefused, match=f"^{sentence}$"):
            consultation.answer(row=row_of(bureau.district.town), by=town, at=AT, **given)

    def test_a_file_of_no_kind_is_refused_and_nothing_is_kept(self, bureau, draft, town):
        send(bureau, draft)
        with pytest.raises(FilesRefused):
            object_to(row_of(bureau.district.town), town, files=[Brought("程序.exe", b"MZ")])
        assert row_of(bureau.district.town).answer == ""

    def test_the_drafter_is_told_of_an_objection(self, bureau, draft, town):
        send(bureau, draft)
        object_to(row_of(bureau.district.town), town)
        message = Message.objects.get(user=bureau.clerk)
        assert message.title == "李官镇对2020年6月预通报有异议"
        assert (message.body, message.urgent) == ("6月30日已经上传。", True)
        assert message.address == "/2020-06/notice/#consultation"


class TestDeciding:
    def test_the_draft_waits_for_it(self, bureau, draft, town):
        send(bureau, draft)
        row = object_to(row_of(bureau.district.town), town)
        bureau.answer_for_warnings(draft)
        with pytest.raises(DraftRefused, match="^有1家单位的异议还没有答复，请先办理。$"):
            approval.submit(draft=draft, seen=bureau.seen(draft), by=bureau.clerk, at=AT)
        before = bureau.seen(draft)
        decide(bureau, row, "upheld", "情况属实。")
        assert bureau.seen(draft) == before, "nothing is changed by itself"
        bureau.submit(draft)
        message = Message.objects.filter(user=town).first()
        assert (message.title, message.body) == ("2020年6月预通报异议采纳", "情况属实。")

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"words": " "}, "请写明采纳或者不采纳的理由。"),
            ({"decision": ""}, "请选择“采纳”或者“不采纳”。"),
            ({"words": "字" * 2001}, "理由有2001个字，请压缩到2000个字以内。"),
        ],
    )
    def test_what_is_lacking(self, bureau, draft, town, given, sentence):
        send(bureau, draft)
        row = object_to(row_of(bureau.district.town), town)
        with pytest.raises(DraftRefused, match=f"^{sentence}$"):
            decide(bureau, row, **given)

    def test_an_objection_that_moved_before_it_was_decided(self, bureau, draft, town):
        send(bureau, draft)
        row = object_to(row_of(bureau.district.town), town)
        seen = row.answered_at.isoformat()
        given = {"decision": "refused", "words": "不属实。", "seen": seen, "by": bureau.clerk, "at": AT}
        object_to(row, town, "另有佐证。", at=AT + timedelta(minutes=5))
        with pytest.raises(DraftRefused, match="^李官镇刚刚修改了异议，请重新核对后再办理。$"):
            consultation.decide(row=row, **given)
        confirm(row, town)
        with pytest.raises(DraftRefused, match="^李官镇已撤回异议，请刷新页面。$"):
            consultation.decide(row=row, **given)

    def test_it_is_decided_once(self, bureau, draft, town):
        send(bureau, draft)
        row = decide(bureau, object_to(row_of(bureau.district.town), town))
        with pytest.raises(DraftRefused, match="^李经办已答复这一异议。$"):
            decide(bureau, row, "upheld")


class TestTheRecord:
    def test_the_issued_notice_keeps_who_objected_and_who_said_nothing(self, bureau, draft, town):
        send(bureau, draft)
        row = object_to(row_of(bureau.district.town), town, files=[Brought("截图.pdf", PDF)])
        decide(bureau, row)
        notice = bureau.issue(draft)
        kept = notice.record["consultation"]
        assert (kept["units"], kept["confirmed"], kept["objected"], kept["unanswered"]) == (2, 0, 1, 1)
        assert kept["answers"] == [{"unit": "李官镇", "answer": "有异议"}, {"unit": "区司法局", "answer": "未回复"}]
        (objection,) = kept["objections"]
        assert objection["sentences"] == said(row)
        assert (objection["words"], objection["by"]) == ("6月30日已经上传。", "张联络")
        assert [file["name"] for file in objection["files"]] == ["截图.pdf"]
        assert (objection["decision"], objection["decision_words"]) == ("不采纳", "后台没有上传记录。")
        assert objection["decided_by"] == "李经办"
        page = words(signed_in(bureau.reviewer).get(reverse("issued", args=[notice.pk])))
        assert "送 2 家，确认 0 家，有异议 1 家，未回复 1 家。" in page
        assert "未回复：区司法局" in page
        assert "不采纳：后台没有上传记录。" in page
        assert "后台没有上传记录" not in words(signed_in(town).get(reverse("issued", args=[notice.pk])))

    def test_an_objection_to_sentences_since_replaced_is_kept(self, bureau, draft, town):
        send(bureau, draft)
        decide(bureau, object_to(row_of(bureau.district.town), town), "upheld", "情况属实，已更正。")
        mended(bureau)
        send(bureau, draft)
        kept = bureau.issue(draft).record["consultation"]
        assert (kept["units"], kept["objected"], kept["unanswered"]) == (1, 0, 1)
        assert [(each["unit"], each["decision"]) for each in kept["objections"]] == [("李官镇", "采纳")]

    def test_nobody_was_asked(self, bureau, draft):
        assert bureau.issue(draft).record["consultation"] is None


def test_what_may_still_be_answered(bureau, draft):
    send(bureau, draft)
    awaited = ConsultedUnit.objects.awaited
    assert awaited(bureau.district.office, date(2020, 7, 8)).count() == 2
    assert not awaited(bureau.district.office, date(2020, 7, 9)).exists()
