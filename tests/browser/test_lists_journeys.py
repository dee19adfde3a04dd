"""Lists, records, rounds and imports as a clerk works with them, end to end, at a desk and on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from disclosures.models import MailboxCase, MediaAccount, MediaCheck, MediaRound, MediaRoundEntry, SavedFilter
from tests.people import staff
from units.models import Unit, UnitAlias

pytestmark = pytest.mark.slow

HEAD = "编号\t单位\t来信日期\t标题\n"
BLOCK = (
    HEAD + "N-1\t区教肓局\t2020-06-03\t咨询入学\nN-2\t区教肓局\t2020-06-04\t咨询转学\nN-3\t区司法局\t2020-06-31\t公证\n"
)


def unexpected(page: Page) -> list[str]:
    return [said for said in page.complaints if "Failed to load resource" not in said]


# --- imports


@pytest.mark.parametrize("width", [1440, 390])
def test_clerk_pastes_remembers_a_name_and_imports_what_is_faultless(portal, as_person, width):
    page = as_person(portal.staff, width=width)
    page.goto("/imports/mailbox_cases/")
    page.get_by_label(re.compile("把表格中的区域")).fill(BLOCK)
    page.get_by_role("button", name="核对粘贴的内容").click()
    expect(page.get_by_text("有 3 处错误，整张表没有写入")).to_be_visible()

    page.get_by_role("list", name="相近的单位").get_by_role("button", name="区教育局").click()
    expect(page.get_by_label(re.compile("^区教肓局"))).to_have_value("区教育局")
    page.get_by_role("button", name="记住并重新核对").click()
    expect(page.get_by_text("已记住：“区教肓局”即区教育局。")).to_be_visible()
    expect(page.get_by_text("有 1 处错误，整张表没有写入")).to_be_visible()
    assert UnitAlias.objects.get(name="区教肓局").unit == portal.district.education

    with page.expect_download() as faulty:
        page.get_by_role("link", name="下载有错误的行").click()
    assert faulty.value.suggested_filename == "粘贴的内容（有错误的行）.xlsx"
    page.get_by_role("button", name="只导入没有错误的 2 行").click()
    expect(page.get_by_text("只含“粘贴的内容.csv”中没有错误的2行，有错误的1行不在其中")).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已写入 2 行，统计和通报随之更新。")).to_be_visible()
    assert set(MailboxCase.objects.filter(batch__isnull=False).values_list("number", flat=True)) == {"N-1", "N-2"}

    page.goto("/imports/mailbox_cases/")
    page.get_by_label(re.compile("把表格中的区域")).fill(HEAD + "N-4\t区教肓局\t2020-06-05\t又一封\n")
    page.get_by_role("button", name="核对粘贴的内容").click()
    expect(page.get_by_text("没有发现错误，尚未写入")).to_be_visible()
    assert not unexpected(page)


def test_clerk_brings_a_whole_folder(portal, as_person, tmp_path):
    folder = tmp_path / "六月报送"
    (folder / "信箱").mkdir(parents=True)
    (folder / "账号.csv").write_text("账号名称,平台,主办单位\n兰山教育,微博,区教育局\n")
    (folder / "检查.csv").write_text("检查批次,检查日期,账号名称,平台\n2020年7月第9次,2020-07-08,兰山教育,微博\n")
    (folder / "信箱" / "六月.csv").write_text("编号,单位,来信日期\nF-1,区教育局,2020-06-03\n")
    (folder / "信箱" / "~$六月.xlsx").write_bytes(b"x")
    (folder / "说明.txt").write_text("六月报送")
    page = as_person(portal.staff)
    page.goto("/imports/")
    page.get_by_label("选择文件夹").set_input_files(folder)
    expect(page.get_by_text(re.compile("^共 4 个文件"))).to_be_visible()
    page.locator("form", has=page.locator("#id_sheets")).get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="核对 4 个文件")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^说明.txt"))).to_contain_text("不能导入")
    expect(page.get_by_role("row", name=re.compile("^检查.csv"))).to_contain_text("1 处错误")
    page.get_by_role("button", name="导入 2 个文件").click()
    expect(page.get_by_text("已导入2个文件。")).to_be_visible()
    page.get_by_role("button", name="重新核对").click()
    page.get_by_role("button", name="导入 1 个文件").click()
    expect(page.get_by_role("row", name=re.compile("^检查.csv"))).to_contain_text("已导入")
    assert MediaCheck.objects.filter(round="2020年7月第9次").count() == 1
    assert not unexpected(page)


def test_a_folder_dropped_on_the_field_is_walked_through(portal, as_person):
    """The browser hands a script the tree of what was dropped; here a tree is handed to it."""
    page = as_person(portal.staff)
    page.goto("/imports/")
    page.evaluate(
        """() => {
          const file = (name) => ({ isFile: true, isDirectory: false, file: (take) => take(new File(["x"], name)) });
          const folder = (...members) => ({ isFile: false, isDirectory: true, createReader: () => {
            const parts = [members, []];
            return { readEntries: (take) => take(parts.shift() || []) };
          } });
          const tree = folder(file("一.csv"), folder(file("二.csv"), file("desktop.ini")));
          const drop = new Event("drop", { bubbles: true, cancelable: true });
          drop.dataTransfer = { items: [{ webkitGetAsEntry: () => tree }] };
          document.querySelector("[data-file-drop]").dispatchEvent(drop);
        }"""
    )
    expect(page.get_by_text("一.csv、二.csv")).to_be_visible()
    expect(page.get_by_text(re.compile("^共 2 个文件"))).to_be_visible()


# --- lists and records


def test_clerk_keeps_a_filter_chooses_columns_and_finds_by_two_characters(portal, as_person):
    page = as_person(portal.staff)
    page.goto("/rows/published_items/?from=2020-06-01&to=2020-06-30")
    page.get_by_role("combobox", name="类别").select_option("政务主动公开类")
    page.get_by_role("button", name="筛选", exact=True).click()
    expect(page.get_by_text("共 1 条")).to_be_visible()
    page.get_by_role("button", name="我的筛选").click()
    page.get_by_label("把现在的条件保存为").fill("主动公开")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存筛选“主动公开”。")).to_be_visible()

    page.goto("/rows/published_items/?from=2020-05-01&to=2020-05-31")
    page.get_by_role("button", name="我的筛选").click()
    page.get_by_role("link", name="主动公开", exact=True).click()
    expect(page.get_by_role("combobox", name="类别")).to_have_value("政务主动公开类")
    assert "from=2020-05-01" in page.url

    page.get_by_role("button", name="显示", exact=True).click()
    page.get_by_label("栏目").uncheck()
    page.get_by_label("行距紧凑").check()
    page.get_by_role("button", name="应用").click()
    page.goto("/rows/published_items/?from=2020-06-01&to=2020-06-30")
    expect(page.get_by_role("columnheader", name="栏目")).to_have_count(0)

    page.keyboard.press("/")
    page.keyboard.type("信息")
    page.keyboard.press("Enter")
    expect(page.get_by_text("共 10 条")).to_be_visible()

    page.goto("/filters/")
    page.get_by_role("button", name="删除主动公开").click()
    expect(page.get_by_text("已删除筛选“主动公开”。")).to_be_visible()
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_text("已恢复筛选“主动公开”。")).to_be_visible()
    assert SavedFilter.objects.get().user == portal.staff
    assert not unexpected(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_two_clerks_change_one_record_and_neither_is_lost(portal, as_person, width):
    case = MailboxCase.objects.filter(answered_on__isnull=True).get()
    colleague = staff(portal.district.office, name="colleague", display_name="王经办")
    mine, theirs = as_person(portal.staff, width=width), as_person(colleague, width=width)
    for page in (mine, theirs):
        page.goto(f"/rows/mailbox_cases/{case.pk}/")
        page.get_by_role("link", name="修改").click()
    theirs.get_by_label("答复日期").fill("2020-06-05")
    theirs.get_by_role("button", name="保存", exact=True).click()
    expect(theirs.get_by_text("已保存修改：答复日期。")).to_be_visible()

    mine.get_by_label("答复日期").fill("2020-06-09")
    mine.get_by_label("标题").fill("咨询入学政策")
    mine.get_by_role("button", name="保存", exact=True).click()
    expect(mine.get_by_text("此记录刚被王经办修改，您填写的内容尚未保存")).to_be_visible()
    expect(mine.get_by_text("答复日期：现为“2020-06-05”，您填写的是“2020-06-09”")).to_be_visible()
    expect(mine.get_by_label("标题")).to_have_value("咨询入学政策")
    case.refresh_from_db()
    assert case.answered_on == date(2020, 6, 5)
    mine.get_by_role("button", name="保存", exact=True).click()
    expect(mine.get_by_text("已保存修改：标题、答复日期。")).to_be_visible()
    expect(mine.get_by_text("答复日期：2020-06-05 改为 2020-06-09")).to_be_visible()

    mine.get_by_role("button", name="删除").click()
    expect(mine.get_by_text(f"已删除“{case.number}”。")).to_be_visible()
    mine.get_by_role("button", name="撤回").click()
    expect(mine.get_by_text(f"已恢复“{case.number}”。")).to_be_visible()
    assert not unexpected(mine)


def test_clerk_enters_a_record_by_pinyin_and_goes_on_to_the_next(portal, as_person):
    Unit.objects.filter(pk=portal.district.education.pk).update(initials="qjyj")
    page = as_person(portal.staff)
    page.goto("/rows/published_items/new/")
    option = page.locator("#unit-names option", has_text="").nth(2)
    assert option.get_attribute("label").startswith("qjyj ")
    page.get_by_label("标题", exact=False).first.fill("区教育局公开招生政策")
    page.get_by_role("combobox", name="单位").fill("区教育局")
    page.get_by_label("类别").select_option("政务主动公开类")
    page.get_by_label("发布日期").fill("2020-06-02")
    page.get_by_role("button", name="保存并登记下一条").click()
    expect(page.get_by_text("已登记“区教育局公开招生政策”。")).to_be_visible()
    expect(page.get_by_role("combobox", name="单位")).to_have_value("区教育局")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("标题：必填，不能为空。")).to_be_visible()


# --- search everywhere


@pytest.mark.parametrize("width", [1440, 390])
def test_everything_is_found_from_any_page(portal, as_person, width):
    page = as_person(portal.staff, width=width)
    page.goto("/jobs/")
    if width > 860:
        page.keyboard.press("/")
        page.keyboard.type("目录")
        page.keyboard.press("Enter")
    else:
        page.get_by_role("link", name="在全部数据中查找").click()
        page.get_by_role("searchbox", name="查找内容").fill("目录")
        page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("heading", name="工作任务")).to_be_visible()
    page.get_by_role("link", name="主动公开基本目录").click()
    expect(page.get_by_role("heading", name="主动公开基本目录")).to_be_visible()
    assert not unexpected(page)


# --- the account keeper's round


@pytest.fixture
def accounts(portal) -> list[str]:
    """Four accounts in the order of the grid."""
    district = portal.district
    for unit, name in ((district.street, "兰山之声"), (district.education, "兰山教育"), (district.justice, "兰山普法")):
        account = district.check(unit, on=date(2020, 6, 6), round="2020年6月第1次").account
        MediaAccount.objects.filter(pk=account.pk).update(name=name)
    MediaAccount.objects.filter(unit=district.town).update(name="李官发布")
    rows = MediaAccount.objects.order_by("platform__position", "unit__position", "pk")
    return list(rows.values_list("name", flat=True))


def test_keeper_checks_a_round_by_keyboard_alone(portal, as_person, accounts):
    page = as_person(portal.staff)
    page.goto("/media/rounds/new/")
    page.get_by_label("检查日期").fill("2020-07-20")
    page.get_by_label("整改期限").fill("2020-07-27")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2020年7月第2次")).to_be_visible()
    first = page.get_by_label(f"{accounts[0]}，最近更新日期")
    first.focus()
    # Down the column with Enter; the year follows by itself.
    page.keyboard.type("7-1")
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"{accounts[1]}，最近更新日期")).to_be_focused()
    page.keyboard.type("0718")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("7.19")
    page.keyboard.press("Enter")
    expect(first).to_have_value("2020-07-01")
    row = page.get_by_role("row", name=re.compile(accounts[0]))
    expect(row).to_contain_text("超期，19天")
    expect(row).to_contain_text("已保存")
    # Along the row with Tab: the fourth account could not be opened.
    expect(page.get_by_label(f"{accounts[3]}，最近更新日期")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.type("页面打不开")
    page.keyboard.press("Tab")
    page.keyboard.type("7-30")
    page.keyboard.press("Control+s")
    expect(page.get_by_label(f"{accounts[3]}，检查结果")).to_have_value("无法访问")
    expect(page.locator(".round-progress")).to_contain_text("已检查 4 / 4")

    finish = page.get_by_role("button", name="完成检查")
    finish.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("本轮检查已完成，检查4个账号，发现问题2次。")).to_be_visible()
    found = MediaCheck.objects.filter(round="2020年7月第2次").exclude(problem="").order_by("pk")
    assert [(check.account.name, check.problem, check.rectify_by) for check in found] == [
        (accounts[0], "超期更新", date(2020, 7, 27)),
        (accounts[3], "无法访问", date(2020, 7, 30)),
    ]

    # The second look stands beside the first.
    page.get_by_label(f"{accounts[0]}，复查日期").focus()
    page.keyboard.type("7-25")
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name=re.compile(accounts[0]))).to_contain_text("已保存")
    assert MediaCheck.objects.get(account__name=accounts[0], round="2020年7月第2次").rectified_on == date(2020, 7, 25)
    assert not unexpected(page)


def a_round(page: Page) -> MediaRound:
    page.goto("/media/rounds/new/")
    page.get_by_label("检查日期").fill("2020-07-20")
    page.get_by_role("button", name="开始检查").click()
    expect(page.get_by_role("heading", name="2020年7月第2次")).to_be_visible()
    return MediaRound.objects.get()


def test_a_column_and_a_picture_are_pasted_into_the_grid(portal, as_person, accounts):
    page = as_person(portal.staff)
    a_round(page)
    page.get_by_label(f"{accounts[0]}，最近更新日期").focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "2020/7/18\\t错别字\\t标题有误\\r\\n7月19日\\r\\n\\t未发现问题\\r\\n");
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_text("已粘贴3行。")).to_be_visible()
    expect(page.locator(".round-progress")).to_contain_text("已检查 3 / 4")
    expect(page.get_by_label(f"{accounts[1]}，最近更新日期")).to_have_value("2020-07-19")
    rows = MediaRoundEntry.objects.order_by("position")
    assert [(row.last_updated_on and row.last_updated_on.day, row.result) for row in rows] == [
        (18, "错别字"),
        (19, ""),
        (None, "无"),
        (None, ""),
    ]
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
          data.items.add(new File([png], "image.png", { type: "image/png" }));
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_role("link", name="图1")).to_be_visible()
    assert rows[0].screenshots.get().name == "image.png"
    assert not unexpected(page)


def test_two_keepers_in_one_round_do_not_overwrite_each_other_unseen(portal, as_person, accounts):
    colleague = staff(portal.district.office, name="colleague", display_name="王经办")
    mine, theirs = as_person(portal.staff), as_person(colleague)
    begun = a_round(mine)
    theirs.goto(f"/media/rounds/{begun.pk}/")
    field = f"{accounts[0]}，最近更新日期"
    theirs.get_by_label(field).fill("7-18")
    theirs.get_by_label(field).press("Tab")
    theirs.get_by_label(f"{accounts[1]}，最近更新日期").focus()
    expect(theirs.get_by_role("row", name=re.compile(accounts[0]))).to_contain_text("已保存")

    mine.get_by_label(field).fill("7-10")
    mine.get_by_label(field).press("Enter")
    row = mine.get_by_role("row", name=re.compile(accounts[0]))
    expect(row).to_contain_text("王经办刚刚修改了这一行。")
    assert MediaRoundEntry.objects.order_by("position")[0].last_updated_on == date(2020, 7, 18)
    mine.get_by_role("button", name="完成检查").click()
    expect(mine.get_by_text("还有1行没有保存，请先处理。")).to_be_visible()
    mine.get_by_role("button", name="采用对方的").click()
    expect(mine.get_by_label(field)).to_have_value("2020-07-18")
    mine.get_by_label(field).fill("7-12")
    mine.get_by_label(field).press("Enter")
    expect(row).to_contain_text("已保存")
    theirs.reload()
    expect(theirs.get_by_label(field)).to_have_value("2020-07-12")


def test_what_was_typed_while_the_portal_was_away_is_not_lost(portal, as_person, accounts):
    page = as_person(portal.staff)
    begun = a_round(page)
    page.route("**/save/", lambda route: route.abort())
    field = page.get_by_label(f"{accounts[0]}，最近更新日期")
    field.fill("7-18")
    field.press("Enter")
    expect(page.get_by_role("row", name=re.compile(accounts[0]))).to_contain_text("尚未保存")
    expect(page.get_by_text("暂时没有保存上，稍后自动重试，已填写的内容保留在本机。")).to_be_visible()
    page.unroute("**/save/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/jobs/")
    page.goto(f"/media/rounds/{begun.pk}/")
    expect(page.get_by_role("row", name=re.compile(accounts[0]))).to_contain_text("已保存", timeout=20_000)
    expect(field).to_have_value("2020-07-18")
    assert MediaRoundEntry.objects.order_by("position")[0].last_updated_on == date(2020, 7, 18)


def test_the_rounds_read_well_on_a_phone(portal, as_person, accounts):
    page = as_person(portal.staff, width=390)
    begun = a_round(page)
    page.goto("/rows/media_rounds/?from=2020-07-01&to=2020-07-31")
    expect(page.get_by_text("已检查 0 / 4")).to_be_visible()
    page.get_by_role("link", name="继续录入").click()
    page.get_by_label(f"{accounts[0]}，检查结果").select_option("无")
    expect(page.locator(".round-progress")).to_contain_text("已检查 1 / 4")
    assert begun.entries.exclude(result="").count() == 1
