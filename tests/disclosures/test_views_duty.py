"""The page of one duty: what it says, handing in and taking back, receipts, files, and who gets which of them."""

import hashlib
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from disclosures.models import HandIn, Requirement, Submission
from lanshan_portal.periods import chinese_date
from tests.desk import PDF, Desk, docx, pdf
from tests.people import administrator, liaison, signed_in, unit_leader
from units.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk.of_today()


@pytest.fixture
def client(desk):
    return signed_in(desk.liaison)


def page(client, desk, unit=None) -> str:
    response = client.get(reverse("duty", args=[desk.task.code, desk.term, (unit or desk.unit).code]))
    assert response.status_code == 200
    return response.content.decode()


def uploaded(name: str = "方案.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client, desk, *files, unit=None, follow: bool = True, **fields):
    address = reverse("duty_hand_in", args=[desk.task.code, desk.term, (unit or desk.unit).code])
    headers = fields.pop("headers", {})
    data = {"title": "实施方案", "note": "", "brought": list(files)} | fields
    return client.post(address, data, follow=follow, headers=headers)


# --- what it says


def test_open_it_says_by_when_and_how_many_working_days_are_left(desk, client):
    assert f"请在{chinese_date(desk.task.due_on)}前报送，还剩 <b>" in page(client, desk)
    assert "报送材料</h2>" in page(client, desk)


def test_what_is_asked_stands_beside_it(desk, client):
    Requirement.objects.update(explanation="不超过两千字。", basis="国办发〔2019〕54号", lock_after_days=5)
    shown = page(client, desk)
    assert "不超过两千字。" in shown
    assert "国办发〔2019〕54号" in shown
    assert f"{chinese_date(desk.task.due_on + timedelta(days=6))}起不再接收，办理延期后可以报送" in shown


def test_overdue_it_says_by_how_much_and_that_it_is_taken(client, desk):
    Requirement.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    shown = page(client, desk)
    assert "已逾期 <b>3</b> 天。逾期报送照常接收，并注明逾期。" in shown
    assert "<form" in shown.partition('id="hand-in"')[2]


def test_locked_it_says_since_when_and_what_opens_it(client, desk):
    Requirement.objects.update(due_on=timezone.localdate() - timedelta(days=9), lock_after_days=5)
    locked = chinese_date(timezone.localdate() - timedelta(days=3))
    shown = page(client, desk)
    assert f"该任务自{locked}起锁定，不再接收材料。确需补报的，请联系政务公开工作机构办理延期" in shown
    assert 'id="hand-in"' not in shown


def test_returned_the_reason_stands_on_top(client, desk):
    desk.return_(desk.hand_in(), "缺少公章。")
    shown = page(client, desk)
    assert "由李经办退回</strong>：" in shown
    assert "缺少公章。" in shown
    assert "重新报送</h2>" in shown


def test_waiting_it_may_be_taken_back_or_replaced(client, desk):
    desk.hand_in()
    shown = page(client, desk)
    assert "等待审核。审核前可以撤回，也可以报送新的版本，提交日期不变。" in shown
    assert "撤回</button>" in shown


def test_taking_back_says_first_what_it_leaves(client, desk):
    """Nothing, or the version before it that waited as well, or the return that the unit answered."""
    desk.hand_in()
    nothing = "撤回后按未报送计算，重新报送的日期为新的提交日期。只更换文件的，直接报送新的版本即可。"
    assert f'data-once data-confirm="{nothing}" data-confirm-verb="撤回"' in page(client, desk)
    second = desk.hand_in()
    assert 'data-confirm="撤回后恢复为第1版，提交日期不变。"' in page(client, desk)
    desk.return_(second)
    desk.hand_in()
    assert f'data-confirm="{nothing}"' in page(client, desk)


def test_accepted_nothing_more_is_asked(client, desk):
    desk.accept(desk.hand_in())
    shown = page(client, desk)
    assert "已审核通过。" in shown
    assert 'id="hand-in"' not in shown
    assert "撤回</button>" not in shown


def test_what_was_published_is_shown_and_linked(client, desk):
    Requirement.objects.update(action="公开", column="公开-机构职能", assigned_on=date(2020, 1, 1))
    item = desk.district.item(desk.unit, on=timezone.localdate())
    type(item).objects.update(column="公开-机构职能", title="机构职能")
    shown = page(client, desk)
    assert "已满足该任务，不需要另行报送。" in shown
    assert reverse("record", args=["published_items", item.pk]) in shown


def test_of_several_versions_the_newest_has_the_verdict(client, desk):
    returned = desk.hand_in()
    desk.return_(returned)
    desk.hand_in()
    desk.accept(desk.hand_in())
    versions = page(client, desk).partition('class="versions"')[2].partition("</ul>")[0].split("<li")[1:]
    assert [">通过</span>" in version for version in versions] == [True, False, False]
    assert "已被替换" in versions[1]


def test_the_history_tells_every_step(client, desk):
    first = desk.hand_in()
    desk.return_(first, "缺少附件。")
    desk.withdraw(desk.hand_in())
    desk.extend(timezone.localdate() + timedelta(days=30))
    shown = page(client, desk)
    for step in ("报送材料", "退回修改", "撤回报送", "办理延期"):
        assert f"<strong>{step}</strong>" in shown
    assert "已撤回" in shown
    assert "（原定" in shown


def test_a_leader_of_the_unit_reads_only(desk):
    desk.hand_in()
    shown = page(signed_in(unit_leader(desk.unit)), desk)
    assert "等待审核" in shown
    assert 'id="hand-in"' not in shown
    assert "撤回</button>" not in shown


def test_the_office_goes_on_to_the_review(desk):
    version = desk.hand_in()
    shown = page(signed_in(desk.clerk), desk)
    assert reverse("reviews_one", args=[version.submission_id]) in shown
    assert "代兰山街道报送" in shown


def test_a_sheets_hand_in_is_part_of_the_history(client, desk):
    desk.district.submission(desk.task, desk.unit, timezone.localdate())
    shown = page(client, desk)
    assert "报送材料（表格导入）" in shown
    assert "材料由表格导入，没有上传文件。" in shown


def test_a_code_may_hold_any_character(client, desk):
    Requirement.objects.update(code="2020/06（1）?#")
    desk.task.refresh_from_db()
    assert "请在" in page(client, desk)
    assert send(client, desk, uploaded()).status_code == 200
    assert HandIn.objects.count() == 1


def test_a_page_takes_a_few_queries_however_many_units_and_versions(client, desk, django_assert_max_num_queries):
    desk.hand_in()
    with django_assert_max_num_queries(45) as few:
        page(client, desk)
    for number in range(15):
        desk.district.unit(f"单位{number}")
    for _ in range(4):
        desk.hand_in()
    with django_assert_max_num_queries(len(few)):
        page(client, desk)


# --- handing in


def test_handed_in_it_gets_a_receipt_and_can_be_taken_back(desk, client):
    response = send(client, desk, uploaded(), uploaded("说明.docx", docx("说明")), note="已盖章")
    version = HandIn.objects.get()
    assert f"已报送，回执编号 {version.receipt}。审核前可以撤回或更换。" in response.content.decode()
    assert {file.name for file in version.files.all()} == {"方案.pdf", "说明.docx"}
    assert version.submission.submitted_on == timezone.localdate()
    response = client.post(reverse("duty_withdraw", args=[version.pk]), follow=True)
    assert "已撤回第1版，材料保留在报送记录中，可以重新报送。" in response.content.decode()
    assert not Submission.objects.exists()


def test_what_is_wrong_is_told_and_what_was_typed_stays(desk, client):
    response = send(client, desk, uploaded("说明.exe", b"MZ"), title="兰山街道方案", note="已盖章")
    shown = response.content.decode()
    assert "“说明.exe”不是可以报送的文件类型，支持 docx、xlsx、pdf、ofd、png、jpg、zip。" in shown
    assert 'value="兰山街道方案"' in shown
    assert "已盖章</textarea>" in shown
    assert not HandIn.objects.exists()


def test_by_script_the_page_stays_and_is_told_alone_what_is_wrong(desk, client):
    wrong = send(client, desk, title="", headers={"HX-Request": "true"})
    assert "请填写材料名称。" in wrong.content.decode()
    assert "<html" not in wrong.content.decode()
    right = send(client, desk, uploaded(), headers={"HX-Request": "true"}, follow=False)
    assert (right.status_code, right["HX-Redirect"]) == (204, reverse("duty", args=["T-1", "", "U01"]))


def test_the_office_hands_in_for_a_unit(desk):
    send(signed_in(desk.clerk), desk, uploaded(), unit=desk.district.town)
    version = HandIn.objects.get()
    assert (version.unit, version.handed_in_by) == (desk.district.town, desk.clerk)


def test_nobody_hands_in_or_takes_back_for_a_neighbour(desk):
    neighbour = signed_in(liaison(desk.district.town))
    assert send(neighbour, desk, uploaded()).status_code == 404
    version = desk.hand_in()
    assert neighbour.post(reverse("duty_withdraw", args=[version.pk])).status_code == 404
    leader = signed_in(unit_leader(desk.unit))
    assert send(leader, desk, uploaded()).status_code == 403
    assert leader.post(reverse("duty_withdraw", args=[version.pk])).status_code == 403


def test_what_cannot_be_taken_back_says_why(desk, client):
    version = desk.hand_in()
    desk.accept(version)
    response = client.post(reverse("duty_withdraw", args=[version.pk]), follow=True)
    assert "材料已经审核，不能撤回。" in response.content.decode()


# --- receipts and files


def test_a_receipt_names_the_files_by_their_fingerprints(desk, client):
    version = desk.hand_in(pdf("方案.pdf"), title="兰山街道方案")
    response = client.get(reverse("duty_receipt", args=[version.receipt]))
    for words in ("文件名和校验码（SHA-256）", "文件内容与校验码一致的，即为当时报送的文件。"):
        assert words in response.content.decode()
    shown = response.content.decode()
    for words in (
        version.receipt,
        "兰山区兰山街道",
        "兰山街道方案（第1版）",
        "赵联络",
        "，按时",
        hashlib.sha256(PDF).hexdigest(),
    ):
        assert words in shown
    assert "临沂市兰山区人民政府办公室" in shown


def test_a_late_receipt_says_so_and_one_that_was_withdrawn_too(client, desk):
    Requirement.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    version = desk.withdraw(desk.hand_in())
    shown = client.get(reverse("duty_receipt", args=[version.receipt])).content.decode()
    assert "逾期3天" in shown
    assert "本回执对应的材料已于" in shown


def test_a_file_comes_back_as_it_came_under_its_name_and_that_is_noted(desk, client):
    version = desk.withdraw(desk.hand_in(pdf("方案（终稿）.pdf")))
    file = version.files.get()
    address = reverse("duty_file", args=[version.pk, file.pk])
    response = client.get(address)
    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert response["Content-Disposition"].startswith("attachment; ")
    assert unquote(response["Content-Disposition"]).endswith("方案（终稿）.pdf")
    assert client.get(address, {"inline": "1"})["Content-Disposition"].startswith("inline; ")
    event = AuditEvent.objects.filter(verb="file.downloaded").first()
    assert (event.by, event.data) == (desk.liaison, {"file": "方案（终稿）.pdf", "of": "实施方案"})


def test_a_document_is_never_opened_in_the_page(desk, client):
    version = desk.hand_in(pdf("a.pdf"), *[])
    file = version.files.get()
    file.kind = "docx"
    file.save()
    response = client.get(reverse("duty_file", args=[version.pk, file.pk]), {"inline": "1"})
    assert response["Content-Disposition"].startswith("attachment; ")


def test_duties_files_and_receipts_of_others_are_not_there(desk):
    version = desk.hand_in()
    other = desk.hand_in(unit=desk.district.town, by=desk.clerk)
    file, neighbour = version.files.get(), signed_in(liaison(desk.district.town))
    addresses = [
        reverse("duty", args=[desk.task.code, "", desk.unit.code]),
        reverse("duty_file", args=[version.pk, file.pk]),
        reverse("duty_receipt", args=[version.receipt]),
        # A file of one hand-in is not one of another, whoever asks.
        reverse("duty_file", args=[other.pk, file.pk]),
    ]
    assert [neighbour.get(address).status_code for address in addresses] == [404] * 4
    office = signed_in(administrator(desk.office))
    assert [office.get(address).status_code for address in addresses] == [200, 200, 200, 404]


def test_the_successor_has_the_files_of_the_unit_that_went_into_it(desk):
    version = desk.hand_in()
    desk.unit.dissolved_on, desk.unit.successor = timezone.localdate(), desk.district.town
    desk.unit.save()
    heir = signed_in(liaison(desk.district.town))
    assert heir.get(reverse("duty_file", args=[version.pk, version.files.get().pk])).status_code == 200
    assert "兰山街道报送" in page(heir, desk, desk.district.town)


@pytest.mark.parametrize("arguments", [("T-1", "2020-06", "U01"), ("T-9", "", "U01"), ("T-1", "", "U99")])
def test_what_is_no_duty_is_not_there(desk, client, arguments):
    assert client.get(reverse("duty", args=arguments)).status_code == 404


def test_an_attachment_is_for_who_is_asked(desk, client):
    from disclosures.files.keeping import keep

    file = keep(name="模板.pdf", content=PDF, office=desk.office, by=desk.clerk, at=desk.now)
    desk.task.attachments.add(file)
    address = reverse("requirements_file", args=[desk.task.pk, file.pk])
    assert "模板.pdf" in page(client, desk)
    assert client.get(address).content == PDF
    desk.task.scope = "listed"
    desk.task.save()
    desk.task.units.set([desk.district.town])
    assert client.get(address).status_code == 404
    assert signed_in(desk.clerk).get(address).status_code == 200
