"""Setting tasks on the page: the form, whom it asks, what a change moves, copies, ending, removing and setting again."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from disclosures.models import Requirement
from tests.desk import PDF, Desk
from tests.district import DEPARTMENTS, District
from tests.pages import text, undo_of
from tests.people import signed_in, staff
from units.models import UnitGroup

pytestmark = pytest.mark.django_db

NEW = "/requirements/new/"


@pytest.fixture
def district() -> District:
    return District()


@pytest.fixture
def client(district):
    return signed_in(staff(district.office))


def form(**changed):
    given = {
        "code": "RW-202006-01",
        "name": "公开年度总结",
        "action": "上传",
        "recurrence": "一次",
        "assigned_on": "2020-06-10",
        "due_on": "2020-06-30",
        "scope": "all",
        "placement": "不通报",
    }
    return {name: value for name, value in (given | changed).items() if value is not None}


def send(client, address: str = NEW, **changed):
    return client.post(address, form(**changed), follow=True)


def test_a_task_is_set_with_all_it_says(district, client):
    response = send(
        client,
        explanation="不超过两千字。",
        basis="国办发〔2019〕54号",
        lock_after_days="5",
        counted_until="2020-07-06",
        placement="存在问题",
        problem_title="个别单位报送不及时",
        source_month="2020-5",
        brought=[SimpleUploadedFile("模板.pdf", PDF)],
    )
    assert "来源通报应写作 2020-05。" in text(response)
    response = send(
        client,
        lock_after_days="5",
        placement="存在问题",
        problem_title="个别单位报送不及时",
        source_month="2020-05",
        brought=[SimpleUploadedFile("模板.pdf", PDF)],
    )
    made = Requirement.objects.get()
    assert response.redirect_chain == [("/rows/duties/?requirement=RW-202006-01", 302)]
    assert "已布置“公开年度总结”。" in text(response)
    assert (made.lock_after_days, made.problem_title, made.source_month) == (5, "个别单位报送不及时", "2020-05")
    assert [file.name for file in made.attachments.all()] == ["模板.pdf"]


def test_setting_a_task_is_taken_back(district, client):
    shown = text(send(client))
    undo = undo_of(shown)
    shown = text(client.post(undo, follow=True))
    assert "已删除“公开年度总结”。" in shown
    assert not Requirement.objects.exists()
    again = undo_of(shown)
    assert "已恢复“公开年度总结”。" in text(client.post(again, follow=True))
    assert Requirement.objects.get().name == "公开年度总结"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"code": ""}, "任务编号：请填写任务编号。"),
        ({"name": ""}, "任务名称：请填写任务名称。"),
        ({"due_on": ""}, "截止日期：请选择日期。"),
        ({"due_on": "2020-06-01"}, "截止日期：截止日期早于布置日期，请核对。"),
        ({"counted_until": "2020-06-20"}, "统计截止日期：统计截止日期早于截止日期，请核对。"),
        ({"ends_on": "2020-07-20"}, "停止日期：一次性任务不需要停止日期，请清空。"),
        ({"recurrence": "每月", "ends_on": "2020-06-01"}, "停止日期：停止日期早于布置日期，请核对。"),
        ({"scope": "group"}, "分组：请选择要报送的分组。"),
        ({"scope": "listed"}, "单位：请至少勾选一家单位。"),
        ({"scope": None}, "范围：请选择报送范围。"),
        ({"placement": "存在问题"}, "问题标题：在“存在问题”中通报的任务，请填写问题标题。"),
        ({"due_on": "9999-01-01", "assigned_on": ""}, "截止日期：日期应在1950年至2099年之间。"),
        ({"lock_after_days": "-1"}, "逾期锁定天数"),
        ({"brought": [SimpleUploadedFile("模板.exe", b"MZ")]}, "“模板.exe”不是可以报送的文件类型"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(district, client, changed, words):
    shown = text(send(client, explanation="不超过两千字。", **changed))
    assert words in shown
    assert "不超过两千字。</textarea>" in shown
    assert not Requirement.objects.exists()


def test_a_code_that_is_taken_is_refused(district, client):
    send(client)
    assert "任务编号“RW-202006-01”已经使用，请换一个编号。" in text(send(client, name="别的"))


def test_the_form_proposes_the_next_code_of_the_month(district, client):
    month = f"{timezone.localdate():%Y%m}"
    assert f'value="RW-{month}-01"' in text(client.get(NEW))
    district.requirement(code=f"RW-{month}-01")
    assert f'value="RW-{month}-02"' in text(client.get(NEW))


def test_units_are_found_by_name_and_pinyin_and_ticked(district, client):
    district.education.initials = "qjyj"
    district.education.save()
    shown = text(client.get(NEW))
    assert 'data-words="区教育局 兰山区区教育局 U03 qjyj"' in shown
    send(client, scope="listed", units=[district.education.pk, district.town.pk])
    made = Requirement.objects.get()
    assert set(made.units.all()) == {district.education, district.town}
    shown = text(client.get(reverse("requirements_edit", args=[made.pk])))
    assert f'name="units" value="{district.education.pk}" checked' in shown
    assert f'name="units" value="{district.street.pk}" >' in shown


# --- whom it asks


def asked(client, **changed) -> str:
    return text(client.post("/requirements/asked/", form(**changed)))


def test_the_preview_names_the_units_of_the_due_date(district, client):
    district.justice.dissolved_on = date(2020, 6, 15)
    district.justice.save()
    assert "<b>3</b> 家单位" in asked(client)
    assert "<b>4</b> 家单位" in asked(client, due_on="2020-06-10")
    group = UnitGroup.objects.get(name=DEPARTMENTS).pk
    assert "政府各部门 1 家" in asked(client, scope="group", group=group)
    assert "<li>李官镇</li>" in asked(client, scope="listed", units=[district.town.pk])
    assert "还没有选定单位。" in asked(client, scope="listed")
    assert "填写截止日期后，这里列出应报送的单位。" in asked(client, due_on="")


def test_the_preview_says_what_the_days_mean(district, client):
    assert "照常接收，标明逾期天数" in asked(client)
    assert "2020年7月6日起不再接收" in asked(client, lock_after_days="5")
    assert "这一天是休息日，前一个工作日为6月24日" in asked(client, due_on="2020-06-27")
    assert "25日截止，自2020年6月25日起" in asked(client, due_on="2020-06-25", recurrence="每月")


# --- changing


def test_a_change_that_moves_something_is_confirmed_first():
    desk = Desk()
    desk.hand_in()
    client = signed_in(desk.clerk)
    address = reverse("requirements_edit", args=[desk.task.pk])
    changed = {"due_on": "2020-06-15", "assigned_on": "", "placement": "不通报"}
    shown = text(send(client, address, **changed))
    assert "已有单位报送材料，保存后会有以下变化，请核对后确认。" in shown
    assert "由“按时”变为“逾期完成” 1 家：兰山街道。" in shown
    assert 'name="confirmed" value="yes"' in shown
    desk.task.refresh_from_db()
    assert desk.task.due_on == date(2020, 6, 30)
    shown = text(send(client, address, confirmed="yes", **changed))
    assert "已保存“公开年度总结”。" in shown
    desk.task.refresh_from_db()
    assert (desk.task.due_on, desk.task.code) == (date(2020, 6, 15), "T-1")


def test_a_change_that_moves_nothing_is_saved_at_once():
    desk = Desk()
    desk.hand_in()
    address = reverse("requirements_edit", args=[desk.task.pk])
    shown = text(send(signed_in(desk.clerk), address, name="实施方案（修订）", assigned_on=""))
    assert "已保存“实施方案（修订）”。" in shown


def test_a_unit_that_is_no_more_stays_listed(district, client):
    task = district.requirement(units=(district.justice, district.town))
    district.justice.dissolved_on = timezone.localdate() - timedelta(days=1)
    district.justice.save()
    shown = text(client.get(reverse("requirements_edit", args=[task.pk])))
    assert f'name="units" value="{district.justice.pk}" checked' in shown


def test_of_a_neighbouring_office_nothing_is_there(district, client):
    task = district.requirement()
    other = type(district.office).objects.create(code="371311", level="区", name="罗庄区政府办公室")
    Requirement.objects.filter(pk=task.pk).update(office=other)
    assert client.get(reverse("requirements_edit", args=[task.pk])).status_code == 404


# --- ending and removing


def test_a_monthly_task_is_ended_and_that_is_taken_back(district, client):
    task = district.requirement(recurrence="每月")
    address = reverse("requirements_end", args=[task.pk])
    shown = text(client.post(address, {"ends_on": "2020-12-31"}, follow=True))
    assert "“实施方案”自2020-12-31以后不再布置。" in shown
    undo = undo_of(shown)
    assert "“实施方案”恢复每月布置。" in text(client.post(undo, follow=True))
    task.refresh_from_db()
    assert task.ends_on is None
    assert "停止日期应写作 2020-06-01。" in text(client.post(address, {"ends_on": "soon"}, follow=True))


def test_what_cannot_be_removed_says_why(district, client):
    task = district.requirement()
    district.submission(task, district.street, date(2020, 6, 20))
    shown = text(client.post(reverse("requirements_delete", args=[task.pk]), follow=True))
    assert "已有单位报送材料，不能删除。不再需要的每月任务，可以停止布置。" in shown
    assert "删除任务" not in shown


# --- copies


def test_a_task_is_set_after_another(district, client):
    district.requirement(code="OLD", name="公开目录", units=(district.town,), lock_after_days=3, basis="办发1号")
    shown = text(client.get(NEW, {"copy": "OLD"}))
    for words in ('value="公开目录"', 'value="办发1号"', f'value="{district.town.pk}" checked', 'value="3"'):
        assert words in shown
    assert client.get(NEW, {"copy": "NONE"}).status_code == 404


def test_last_months_tasks_are_set_again_with_other_names_and_days(district, client):
    june = district.requirement(code="OLD-1", name="6月份公开台账", due_on=date(2020, 6, 30), units=(district.town,))
    district.requirement(code="OLD-2", name="访谈稿", due_on=date(2020, 6, 25), recurrence="每月")
    other = district.requirement(code="OLD-3", name="实施方案", due_on=date(2020, 6, 10))
    address = reverse("requirements_copy", query={"month": "2020-07"})
    shown = text(client.get(address))
    assert 'value="7月份公开台账"' in shown
    assert 'value="2020-07-30"' in shown
    assert "访谈稿" not in shown
    data = {"task": [june.pk], f"name-{june.pk}": "", f"due-{june.pk}": "2020-07-30"}
    assert "请填写任务名称，不超过 200 字。" in text(client.post(address, data))
    assert "请勾选要复制的任务。" in text(client.post(address, {}))
    data |= {f"name-{june.pk}": "7月份台账", f"name-{other.pk}": "", f"due-{other.pk}": ""}
    response = client.post(address, data, follow=True)
    assert "已布置 1 项任务。" in text(response)
    made = Requirement.objects.get(name="7月份台账")
    assert (made.due_on, list(made.units.all())) == (date(2020, 7, 30), [district.town])
    assert "上月没有可以复制的任务" in text(client.get(reverse("requirements_copy", query={"month": "2021-07"})))
