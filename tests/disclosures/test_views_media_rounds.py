"""The pages of a round: beginning one, the grid, saving rows as they are typed, pictures, finishing and taking back."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disclosures.models import MediaAccount, MediaCheck, MediaRound
from tests.district import DEPARTMENTS, District
from tests.people import leader, liaison, signed_in, staff
from units.models import UnitGroup

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = District()
    for unit, platform in ((made.street, "微博"), (made.town, "抖音"), (made.education, "微博")):
        made.check(unit, platform=platform, round="2020年6月第1次")
    MediaCheck.objects.all().delete()
    for number, account in enumerate(MediaAccount.objects.order_by("pk")):
        MediaAccount.objects.filter(pk=account.pk).update(name=f"账号{'甲乙丙'[number]}")
    return made


@pytest.fixture
def clerk(district):
    return signed_in(staff(district.office, display_name="李经办"))


def begin(client, **fields: str):
    return client.post(reverse("rounds_new"), {"checked_on": "2020-07-08", "scope": "all"} | fields)


def text(response, status: int = 200) -> str:
    assert response.status_code == status, response
    return response.content.decode()


def save(client, media_round: MediaRound, *rows: dict) -> dict:
    response = client.post(
        reverse("rounds_save", args=[media_round.pk]), json.dumps({"rows": rows}), content_type="application/json"
    )
    assert response.status_code == 200
    return response.json()


@pytest.fixture
def begun(clerk):
    begin(clerk)
    return MediaRound.objects.get()


def test_a_round_begins_with_a_name_of_its_month(clerk, district):
    address = begin(clerk)["Location"]
    page = text(clerk.get(address))
    assert "2020年7月第1次" in page
    assert page.count("data-entry=") == 3
    assert "未检查<i" in page
    assert begin(clerk)["Location"] != address
    assert set(MediaRound.objects.values_list("name", flat=True)) == {"2020年7月第1次", "2020年7月第2次"}


def test_the_scope_chooses_the_accounts(clerk, district):
    group = UnitGroup.objects.get(name=DEPARTMENTS)
    platform = MediaAccount.objects.get(name="账号乙").platform
    begin(clerk, scope="group", group=str(group.pk))
    begin(clerk, scope="platform", platform=str(platform.pk))
    begin(clerk, scope="sample", sample="2")
    rounds = MediaRound.objects.order_by("pk")
    assert [(each.scope, each.entries.count()) for each in rounds] == [
        (f"分组：{DEPARTMENTS}", 1),
        ("平台：抖音", 1),
        ("随机抽查2个账号", 2),
    ]


def test_suspended_and_closed_accounts_are_left_out(clerk, district):
    MediaAccount.objects.filter(name="账号甲").update(state="暂停")
    MediaAccount.objects.filter(name="账号乙").update(state="已注销", closed_on="2020-07-08")
    MediaAccount.objects.filter(name="账号丙").update(opened_on="2020-07-08")
    begin(clerk)
    assert [entry.account.name for entry in MediaRound.objects.get().entries.all()] == ["账号丙"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"checked_on": ""}, "请填写检查日期。"),
        ({"scope": "group"}, "请选择要检查的分组。"),
        ({"scope": "platform"}, "请选择要检查的平台。"),
        ({"scope": "sample"}, "请填写抽查的账号数。"),
        ({"rectify_by": "2020-07-01"}, "整改期限早于检查日期，请核对。"),
    ],
)
def test_what_is_missing_is_said_at_its_field(clerk, district, fields, sentence):
    assert sentence in text(begin(clerk, **fields), 422)
    assert not MediaRound.objects.exists()


def test_an_empty_scope_is_refused(clerk, district):
    MediaAccount.objects.update(state="暂停")
    assert "所选范围内没有正常使用的账号，请换一个范围。" in text(begin(clerk), 422)


# --- rows


def test_rows_are_saved_as_they_are_typed_and_answered_one_by_one(clerk, begun):
    first, second, third = begun.entries.order_by("position")
    answer = save(
        clerk,
        begun,
        {"pk": first.pk, "version": 0, "last_updated_on": "6-1", "result": "", "description": "", "rectify_by": ""},
        {"pk": second.pk, "version": 0, "last_updated_on": "6-31", "result": ""},
        {"pk": third.pk, "version": 9, "result": "无"},
    )
    assert answer["counts"] == {"accounts": 3, "looked_at": 1, "open": 2, "found": 1}
    saved, faulty, changed = answer["rows"]
    assert (saved["state"], saved["version"], saved["counted"], saved["found"]) == (
        "saved",
        1,
        "超期，37天",
        ["超期更新"],
    )
    assert saved["texts"]["last_updated_on"] == "2020-06-01"
    assert (faulty["state"], faulty["errors"]) == ("faulty", {"last_updated_on": "“6-31”不存在，请核对月份和日期。"})
    assert (changed["state"], changed["sentence"], changed["version"]) == ("changed", "他人刚刚修改了这一行。", 0)


def test_what_came_through_but_was_never_answered_is_no_contest_with_oneself(clerk, begun):
    first = begun.entries.order_by("position").first()
    row = {"pk": first.pk, "version": 0, "last_updated_on": "6-1", "result": "", "description": "", "rectify_by": ""}
    save(clerk, begun, row)
    (again,) = save(clerk, begun, row)["rows"]
    assert (again["state"], again["version"], again["counted"]) == ("saved", 1, "超期，37天")
    (other,) = save(clerk, begun, {**row, "last_updated_on": "6-2"})["rows"]
    assert (other["state"], other["texts"]["last_updated_on"]) == ("changed", "2020-06-01")


@pytest.mark.parametrize("body", ["", "[]", '{"rows": 1}', '{"rows": [{"pk": "x", "version": 0}]}', '{"rows": [{}]}'])
def test_a_body_that_is_none_is_told_so(clerk, begun, body):
    response = clerk.post(reverse("rounds_save", args=[begun.pk]), body, content_type="application/json")
    assert (response.status_code, response.json()) == (400, {"sentence": "内容没有传上来，请刷新页面后重试。"})


def test_characters_nobody_types_are_refused(clerk, begun):
    row = {"pk": begun.entries.first().pk, "version": 0, "description": "a\0b"}
    response = clerk.post(
        reverse("rounds_save", args=[begun.pk]), json.dumps({"rows": [row]}), content_type="application/json"
    )
    assert response.status_code == 400


def test_the_number_of_queries_does_not_grow_with_accounts(district, clerk, django_assert_max_num_queries):
    begin(clerk)
    few_rows = MediaRound.objects.get()
    with django_assert_max_num_queries(50) as few:
        text(clerk.get(reverse("rounds_one", args=[few_rows.pk])))
    number = len(few)
    for _ in range(20):
        district.check(district.justice)
    begin(clerk)
    many_rows = MediaRound.objects.latest("pk")
    assert many_rows.entries.count() == 23
    with django_assert_max_num_queries(number):
        text(clerk.get(reverse("rounds_one", args=[many_rows.pk])))


# --- the round as a whole


def test_finishing_says_what_was_found_and_can_be_taken_back(clerk, begun):
    first = begun.entries.order_by("position").first()
    save(clerk, begun, {"pk": first.pk, "version": 0, "last_updated_on": "6-1"})
    page = text(clerk.post(reverse("rounds_finish", args=[begun.pk]), follow=True))
    assert "本轮检查已完成，检查1个账号，发现问题1次。" in page
    assert f'action="{reverse("rounds_reopen", args=[begun.pk])}"' in page
    assert "复查日期" in page
    assert "2020年7月第1次" in text(
        clerk.get(reverse("rows", args=["media_rounds"]), {"from": "2020-07-01", "to": "2020-07-31"})
    )
    page = text(clerk.post(reverse("rounds_reopen", args=[begun.pk]), follow=True))
    assert "已退回检查，可以继续录入。" in page
    assert not MediaCheck.objects.exists()


def test_what_cannot_be_done_is_said(clerk, begun):
    assert "还没有录入任何账号的检查情况。" in text(clerk.post(reverse("rounds_finish", args=[begun.pk]), follow=True))
    assert "本轮检查还没有完成。" in text(clerk.post(reverse("rounds_reopen", args=[begun.pk]), follow=True))


def test_giving_up_asks_first_and_says_what_goes(clerk, begun):
    first = begun.entries.order_by("position").first()
    save(clerk, begun, {"pk": first.pk, "version": 0, "result": "无"})
    page = text(clerk.get(reverse("rounds_one", args=[begun.pk])))
    assert 'data-confirm="将放弃“2020年7月第1次”，已录入的 1 个账号的检查情况和截图不再保留。"' in page
    page = text(clerk.post(reverse("rounds_abandon", args=[begun.pk]), follow=True))
    assert "已放弃“2020年7月第1次”（2020年7月8日）。" in page


def test_rounds_under_way_stand_above_the_month(clerk, begun):
    page = text(clerk.get(reverse("rows", args=["media_rounds"]), {"from": "2020-05-01", "to": "2020-05-31"}))
    assert "正在检查" in page
    assert "已检查 0 / 3" in page
    assert "所选日期内没有检查" in page


def test_a_leader_reads_the_grid_and_changes_nothing(district, clerk, begun):
    client = signed_in(leader(district.office))
    page = text(client.get(reverse("rounds_one", args=[begun.pk])))
    assert "data-save" not in page
    assert "<input class=" not in page
    assert client.post(reverse("rounds_finish", args=[begun.pk])).status_code == 403


# --- pictures


def bring(client, entry, content: bytes = PNG, name: str = "截图.png"):
    address = reverse("entry_screenshots_add", args=[entry.pk])
    return client.post(address, {"picture": SimpleUploadedFile(name, content, "image/png")})


def test_a_picture_is_kept_shown_taken_away_and_given_back(district, clerk, begun):
    entry = begun.entries.order_by("position").first()
    address = bring(clerk, entry).json()["address"]
    response = clerk.get(address)
    assert (response.content, response["Content-Type"]) == (PNG, "image/png")
    assert response["Content-Disposition"].startswith("inline")
    assert "图1</a>" in text(clerk.get(reverse("rounds_one", args=[begun.pk])))
    page = text(clerk.post(f"{address}remove/", follow=True))
    assert "的截图。" in page
    assert clerk.get(address).status_code == 404
    clerk.post(f"{address}restore/")
    assert clerk.get(address).status_code == 200


def test_what_is_no_picture_gets_a_sentence(clerk, begun):
    entry = begun.entries.first()
    response = bring(clerk, entry, b"%PDF-1.7", "材料.pdf")
    assert (response.status_code, response.json()) == (422, {"sentence": "截图应为 png 或 jpg 图片。"})
    assert clerk.post(reverse("entry_screenshots_add", args=[entry.pk])).status_code == 400


def test_the_unit_sees_the_pictures_of_its_own_findings(district, clerk, begun):
    entry = begun.entries.get(unit=district.street)
    bring(clerk, entry)
    save(clerk, begun, {"pk": entry.pk, "version": 0, "result": "错别字"})
    clerk.post(reverse("rounds_finish", args=[begun.pk]))
    check = MediaCheck.objects.get()
    picture = reverse("check_screenshot", args=[check.pk, check.screenshots.get().pk])
    own, other = signed_in(liaison(district.street)), signed_in(liaison(district.town))
    assert picture in text(own.get(reverse("record", args=["media_checks", check.pk])))
    assert own.get(picture).status_code == 200
    assert other.get(picture).status_code == 404
    assert own.get(reverse("rounds_one", args=[begun.pk])).status_code == 403
