"""The guides: one a role, with pictures that are there and links that open."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from lanshan_portal.components import picture_size
from tests import people
from tests.district import District
from units.models import User
from units.roles import ROLES
from units.views.guides import GUIDES

pytestmark = pytest.mark.django_db

PICTURES = settings.BASE_DIR / "lanshan_portal" / "static" / "portal" / "help"
MAKERS = {
    "administrator": people.administrator,
    "office_staff": people.staff,
    "office_reviewer": people.reviewer,
    "issuing_leader": people.leader,
    "auditor": people.auditor,
    "unit_liaison": people.liaison,
    "unit_leader": people.unit_leader,
}


@pytest.fixture
def district():
    made = District()
    made.office.phone, made.office.section = "0539-8203456", "区政府办公室政务公开科"
    made.office.save()
    return made


def client_of(district, role):
    return people.signed_in(MAKERS[role.key](district.street if role.for_unit else district.office))


def text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_everybody_finds_the_own_guide_and_its_links_open(district, role):
    client = client_of(district, role)
    page = text(client, reverse("help"))
    assert f"<h1>{role.display_name}使用指南</h1>" in page
    assert 4 <= page.count("<h2>", page.index("guide-steps"), page.index("guide-questions")) <= 7
    assert page.count("<dt>", page.index("guide-questions"), page.index("guide-contact")) >= 3
    links = re.findall(r'<a class="btn btn-line btn-small no-print" href="([^"]+)"', page)
    assert links
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_another_roles_guide_is_read_without_its_links(district, role):
    page = text(people.signed_in(people.unit_leader(district.town)), reverse("help", args=[role.key.replace("_", "-")]))
    assert f"<h1>{role.display_name}使用指南</h1>" in page
    assert ("btn-small no-print" in page) == (role.key == "unit_leader")


def test_whoever_has_no_role_yet_reads_the_liaisons(district):
    nobody = User.objects.create_user("nobody", password=people.PASSWORD)
    assert "<h1>单位联络员使用指南</h1>" in text(people.signed_in(nobody), reverse("help"))


def test_a_liaison_reads_what_holds_on_a_phone_as_well(district):
    page = text(client_of(district, ROLES["unit_liaison"]), reverse("help"))
    for sentence in (
        "点任务的“报送”，把文件拖到虚线框内",
        "最后点下方的“报送”，这一步完成才算报送。",
        "点“回执”，在电脑上可以打印留存，手机上可以截图；",
        "由表格导入的退回没有写明原因的，请联系区政府办公室政务公开科。",
        "撤回后按未报送计算，重新报送的日期为新的提交日期。",
        "点右上角的姓名，打开“本人账号”，填写邮箱后",
    ):
        assert sentence in page


def test_it_says_whom_to_ask_and_the_rules_that_hold(district, settings):
    settings.AXES_FAILURE_LIMIT = 4
    page = text(client_of(district, ROLES["unit_liaison"]), reverse("help"))
    assert "仍有疑问，请联系区政府办公室政务公开科，电话 0539-8203456。" in page
    assert "连续4次填错密码，账号锁定30分钟，到时自动解除。" in page
    assert f"合计不超过 {settings.UPLOAD_MAX_BYTES // 1024**2} MB" in page


def test_every_picture_shown_is_there_and_every_one_kept_is_shown(district):
    client = client_of(district, ROLES["office_staff"])
    shown = set()
    for slug in GUIDES:
        shown |= set(re.findall(r"portal/help/([\w-]+)(?:\.\w+)?\.png", text(client, reverse("help", args=[slug]))))
    assert shown == {path.stem for path in PICTURES.glob("*.png")}
    assert 10 <= len(shown) <= 16
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) < 1_200_000


def test_a_picture_keeps_its_place_until_it_is_needed(district):
    """The page says how large each is, before it is fetched; a click shows it as large as it was taken."""
    page = text(client_of(district, ROLES["unit_liaison"]), reverse("help"))
    figures = re.findall(r"<figure>.*?</figure>", page)
    assert len(figures) == page.count("<img") >= 4
    for figure in figures:
        name, width, height, alt = re.search(
            r'<a href="[^"]*?([\w-]+)(?:\.\w{12})?\.png".*width="(\d+)" height="(\d+)" loading="lazy" alt="([^"]+)"',
            figure,
        ).groups()
        with Image.open(PICTURES / f"{name}.png") as picture:
            assert picture.size == (int(width), int(height))
        assert f"<figcaption>{alt}</figcaption>" in figure


def test_a_picture_that_is_not_there_is_not_shown_broken():
    with pytest.raises(FileNotFoundError):
        picture_size("portal/help/none.png")


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_only_whoever_fills_in_forms_is_told_how_they_are_kept(district, role):
    page = text(client_of(district, role), reverse("help"))
    assert ("填到一半离开了、做错了怎么办？" in page) == (role.key not in ("auditor", "unit_leader"))


def test_an_administrator_is_told_how_passwords_are_given_and_mistakes_mended(district):
    page = text(client_of(district, ROLES["administrator"]), reverse("help"))
    for sentence in (
        "新建的账号当场显示密码条；按表建立的，在导入结果页点“生成密码条”；遗失的，在“账号”中勾选后重新生成，原来的作废。",
        "忘记密码的，在“账号”点姓名，再点“发放初始密码”。",
        "录入有误的点“更正”；停用有误的在单位页“恢复单位”；变更有误的在单位页“撤销最近变更”。",
    ):
        assert sentence in page


def test_what_a_guide_quotes_stands_on_a_page():
    """A button that was renamed is renamed in the guide as well."""
    root = settings.BASE_DIR
    pages = [path for path in (root / "templates").rglob("*.html") if path.parent.name != "help"]
    pages += [
        path for floor in ("lanshan_portal", "units", "disclosures", "reports") for path in (root / floor).rglob("*.py")
    ]
    words = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    guides = "\n".join(path.read_text(encoding="utf-8") for path in (root / "templates" / "help").glob("*.html"))
    quoted = set(re.findall(r"“([^”{]+)”", guides))
    assert len(quoted) > 30
    assert not {each for each in quoted if each not in words}
