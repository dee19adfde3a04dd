"""The desk in the browser's eyes: what each person sees and may do, what is said when something cannot be done."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from reports.actions import approval, drafting
from reports.models import DraftParagraph, NoticeDraft, NoticeSettings, ParagraphRevision
from reports.preparation import prepare_draft
from reports.renderers import RENDERERS
from tests.pages import text
from tests.people import signed_in
from tests.reports.notices.conftest import AT

pytestmark = pytest.mark.django_db

DESK = "/2020-06/notice/"


@pytest.fixture
def clerk(bureau):
    return signed_in(bureau.clerk)


def said(client, address, **fields):
    """The page that follows a form."""
    return client.post(address, fields, follow=True).content.decode()


def words(draft, key):
    return next(each.text for each in prepare_draft(draft).notice.paragraphs() if each.key == key)


def test_a_clerk_begins_and_a_leader_only_reads(bureau, clerk):
    assert "开始编制" in text(clerk.get(f"{DESK}?issued_on=2020-07-06"))
    page = said(clerk, "/2020-06/draft/?issued_on=2020-07-06")
    assert "初稿环节，按7月6日印发计算" in page
    assert "修改这一段" in page
    leader = text(signed_in(bureau.leader).get(DESK))
    assert "经办人员正在编制。" in leader
    assert "修改这一段" not in leader
    assert "开始编制" not in text(signed_in(bureau.leader).get("/2020-07/notice/"))


def test_a_paragraph_is_changed_in_its_place_and_saved_by_itself(bureau, clerk):
    draft = bureau.begin()
    address = reverse("drafts_paragraph", args=[draft.pk, "mailbox.1"])
    form = text(clerk.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in form
    assert words(draft, "mailbox.1") in form
    changed = words(draft, "mailbox.1").replace("收到", "共收到")
    answer = clerk.post(address, {"words": changed, "version": "0", "auto": "yes"}, headers={"HX-Request": "true"})
    assert "已自动保存" in answer.content.decode()
    assert 'value="1"' in answer.content.decode()
    done = clerk.post(address, {"words": changed, "version": "1"}, headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    assert "共收到" in text(clerk.get(DESK))
    assert DraftParagraph.objects.get().version == 1


def test_who_comes_second_sees_both(bureau, clerk):
    draft = bureau.begin()
    drafting.change(draft=draft, key="closing.1", words="请各单位抓紧整改。", version=0, by=bureau.reviewer, at=AT)
    address = reverse("drafts_paragraph", args=[draft.pk, "closing.1"])
    page = text(clerk.post(address, {"words": "另一句话。", "version": "0"}))
    assert "王审核刚刚修改了这一段，请核对后再保存。" in page
    assert "对方的文字：请各单位抓紧整改。" in page
    assert "另一句话。</textarea>" in page


def test_the_steps_lead_from_hand_to_hand(bureau, clerk):
    draft = bureau.begin()
    reviewer, leader = signed_in(bureau.reviewer), signed_in(bureau.leader)
    bureau.answer_for_warnings(draft)
    page = said(clerk, reverse("drafts_submit", args=[draft.pk]), seen=bureau.seen(draft))
    assert "已送审核。" in page
    assert "等待审核。" in page
    page = said(reviewer, reverse("drafts_return", args=[draft.pk]), reason="信箱一段请核实。")
    assert "已退回编制人员修改。" in page
    assert "信箱一段请核实。" in text(clerk.get(DESK))
    assert "步，共 5 步" in text(clerk.get("/2020-06/?issued_on=2020-07-06"))
    said(clerk, reverse("drafts_submit", args=[draft.pk]), seen=bureau.seen(draft))
    assert "第 4 步，共 5 步" in text(clerk.get("/2020-06/?issued_on=2020-07-06"))
    page = said(reviewer, reverse("drafts_pass", args=[draft.pk]), seen=bureau.seen(draft))
    assert "审核通过，已送签发领导。" in page
    page = said(leader, reverse("drafts_approve", args=[draft.pk]), seen="old")
    assert "数据或文字刚刚有变化，请重新查看全文后再办理。" in page
    page = said(leader, reverse("drafts_approve", args=[draft.pk]), seen=bureau.seen(draft))
    assert "已签发，正在生成公文并分发各单位，完成后有提示。" in page
    assert "已签发，正在印发。" in text(clerk.get(DESK))


def test_particulars_propose_the_next_number_and_refuse_a_gap(bureau, clerk):
    NoticeSettings.objects.create(office=bureau.district.office, number_word="临兰政办字")
    draft = bureau.begin()
    address = reverse("drafts_particulars", args=[draft.pk])
    page = text(clerk.get(address))
    assert 'value="临兰政办字〔2020〕1号"' in page
    given = {"issued_on": "2020-07-06", "document_number": "临兰政办字(2020)1号", "version": draft.version}
    page = text(clerk.post(address, given))
    assert "的写法不对，应写作“临兰政办字〔2020〕31号”" in page
    assert approval.number_fault(draft) == "还没有发文字号，请在“版面和发文字号”中填写。"
    page = said(clerk, address, **given | {"document_number": "临兰政办字〔2020〕1号"})
    assert "版面和发文字号已保存。" in page
    draft.refresh_from_db()
    assert approval.number_fault(draft) == ""
    page = said(clerk, address, **given | {"document_number": "临兰政办字〔2020〕1号"})
    assert "通报刚刚被他人修改，请刷新页面后重试。" in page


def test_the_history_tells_every_step(bureau, clerk):
    draft = bureau.begin()
    address = reverse("drafts_history", args=[draft.pk])
    assert "还没有修改过" in text(clerk.get(address))
    drafting.leave_out(draft=draft, key="mailbox.1", version=0, by=bureau.clerk, at=AT)
    drafting.change(draft=draft, key="closing.1", words="请整改。", version=0, by=bureau.clerk, at=AT)
    page = text(clerk.get(address))
    assert re.findall(r"<li><strong>(.*?)</strong>", page) == ["修改", "删去"]
    assert "请整改。" in page


def edited(draft, old, new):
    """The draft's .docx with words put otherwise in it."""
    source = zipfile.ZipFile(io.BytesIO(RENDERERS["docx"](prepare_draft(draft).notice).content))
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert old in content.decode()
                content = content.decode().replace(old, new).encode()
            target.writestr(name, content)
    output.seek(0)
    output.name = "通报.docx"
    return output


def test_words_come_back_from_word(bureau, clerk):
    draft = bureau.begin()
    address = reverse("drafts_word", args=[draft.pk])
    page = text(clerk.post(address, {"file": edited(draft, "持续对", "继续对")}))
    assert "<del>持</del><ins>继</ins>" in page
    fields = dict(re.findall(r'name="((?:kind|key|after)-1)" value="([^"]*)"', page))
    assert fields["key-1"] == "closing.1"
    page = said(clerk, address, take=["1"], **fields)
    assert "已采用 Word 中的 1 处修改。" in page
    assert "继续对" in words(draft, "closing.1")
    assert ParagraphRevision.objects.get().act == ParagraphRevision.Act.FROM_WORD


def test_what_is_no_word_file_is_said(bureau, clerk):
    draft = bureau.begin()
    answer = clerk.post(reverse("drafts_word", args=[draft.pk]))
    assert "请选择改好的 Word 文件。" in answer.content.decode()
    assert answer.status_code == 422


def test_a_draft_that_is_given_up_makes_room_for_another(bureau, clerk):
    draft = bureau.begin()
    page = said(clerk, reverse("drafts_abandon", args=[draft.pk]))
    assert "初稿已作废，可以重新开始编制。" in page
    assert bureau.begin().pk != draft.pk
    assert NoticeDraft.objects.count() == 2
