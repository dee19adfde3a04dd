"""What letters say where there is much, little, or no name."""

from disclosures.mail.words import MOST_ITEMS, MOST_TOLD, Sender, Told, body, subject

SENDER = Sender("区政府办公室政务公开科", "", "兰山区政务公开管理平台", "")
TASK = Told("新任务", "新任务：访谈稿", "/messages/1/")


def reminder(number: int) -> Told:
    return Told("催办", "催办", "/messages/2/", unit="区教育局", items=tuple(f"来信{each}" for each in range(number)))


def test_who_has_no_name_is_greeted_without_one():
    assert body("", [TASK], SENDER, daily=False).startswith("您好：\n")


def test_without_a_telephone_none_is_told():
    assert "\n区政府办公室政务公开科\n本邮件由系统自动发出" in body("赵联络", [TASK], SENDER, daily=False)


def test_only_a_reminder_can_be_done_already():
    assert "如已办理，请忽略本邮件。" in body("赵联络", [reminder(1)], SENDER, daily=False)
    assert "如已办理" not in body("赵联络", [TASK], SENDER, daily=False)


def test_several_urgent_things_are_one_letter():
    assert subject([TASK, TASK], SENDER, daily=False) == "【兰山区政务公开管理平台】新任务：访谈稿等2条消息"
    text = body("赵联络", [TASK, reminder(1)], SENDER, daily=False)
    assert "【新任务】新任务：访谈稿" in text
    assert "提醒贵单位（区教育局）以下事项：" in text


def test_much_is_counted():
    assert f"{MOST_ITEMS}. 来信{MOST_ITEMS - 1}\n另有5项，请登录平台查看。" in body(
        "赵联络", [reminder(MOST_ITEMS + 5)], SENDER, daily=False
    )
    text = body("赵联络", [TASK] * (MOST_TOLD + 7), SENDER, daily=True)
    assert f"平台上有以下{MOST_TOLD + 7}条消息尚未阅读：" in text
    assert "另有7条，请登录平台查看。" in text


def test_a_subject_is_never_too_long_to_keep():
    assert len(subject([Told("新任务", "长" * 300, "/")], SENDER, daily=False)) == 200
