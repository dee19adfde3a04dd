"""Notices: as the data are, as drafts, as they were issued."""

from tests.meta.answers import (
    ADMINISTRATOR,
    AUDITOR,
    CLERKS,
    EVERY_READER,
    GO,
    LEADER,
    LIAISON,
    NEIGHBOUR,
    NO,
    NOT_THERE,
    OFFICE,
    OFFICE_PEOPLE,
    OK,
    OWN,
    REVIEWER,
    STAFF,
    UNIT_LEADER,
    UNTAKEN,
    Address,
    answers,
    instead,
)

DRAFTERS = answers(GO, ADMINISTRATOR, STAFF)
ITS_HANDS = answers(GO, ADMINISTRATOR, STAFF, REVIEWER)
RETURNERS = answers(GO, ADMINISTRATOR, REVIEWER, LEADER)
RECEIVER = answers(GO, LIAISON, otherwise=NOT_THERE) | dict.fromkeys((REVIEWER, LEADER, UNIT_LEADER, AUDITOR), NO)
ANSWERER = answers(UNTAKEN, LIAISON, otherwise=NOT_THERE) | dict.fromkeys((REVIEWER, LEADER, UNIT_LEADER, AUDITOR), NO)
ANSWERERS = answers(UNTAKEN, ADMINISTRATOR, STAFF, LIAISON) | {NEIGHBOUR: NOT_THERE}
VERIFIERS = answers(UNTAKEN, ADMINISTRATOR, STAFF, REVIEWER)
UNIT_ARCHIVE = {who: GO if answer == OK else answer for who, answer in OWN.items()}

ADDRESSES = (
    Address("notice", "通报预览", OFFICE, ("2020-06",)),
    Address("notice", "通报初稿", OFFICE, ("2020-05",)),
    Address("notice_pdf", "通报版面", OFFICE, ("2020-06",)),
    Address("notice_file", "下载通报：纯文本", OFFICE, ("2020-06", "text")),
    Address("notice_file", "下载通报：数据", OFFICE, ("2020-06", "json")),
    Address("notice_file", "没有的格式", instead(OFFICE, NOT_THERE), ("2020-06", "odt")),
    Address("drafts_begin", "开始编制通报", DRAFTERS, ("2020-06",), method="POST"),
    Address("drafts_paragraph", "修改段落", CLERKS, ("{draft}", "closing.1")),
    Address(
        "drafts_act", "删去、恢复、移动段落", instead(DRAFTERS, NOT_THERE), ("{draft}", "closing.1"), method="POST"
    ),
    Address("drafts_add", "新增段落", DRAFTERS, ("{draft}",), method="POST"),
    Address("drafts_history", "通报修改记录", OFFICE, ("{draft}",)),
    Address("drafts_particulars", "版面和发文字号", CLERKS, ("{draft}",)),
    Address("drafts_word", "采用 Word 修改", CLERKS, ("{draft}",)),
    Address("drafts_sign_off", "说明核对提醒", ITS_HANDS, ("{draft}",), method="POST"),
    Address("drafts_submit", "通报送审", DRAFTERS, ("{draft}",), method="POST"),
    Address("drafts_pass", "通报审核通过", answers(GO, ADMINISTRATOR, REVIEWER), ("{draft}",), method="POST"),
    Address("drafts_return", "退回通报", RETURNERS, ("{draft}",), method="POST"),
    Address("drafts_approve", "签发通报", answers(GO, ADMINISTRATOR, LEADER), ("{draft}",), method="POST"),
    Address("drafts_abandon", "作废初稿", DRAFTERS, ("{draft}",), method="POST"),
    Address("drafts_consult", "发送预通报", DRAFTERS, ("{draft}",), method="POST"),
    Address("consultation", "一个单位的预通报", OWN, ("{consulted}",)),
    Address("consultation_answer", "回复预通报", ANSWERER, ("{consulted}",), method="POST"),
    Address(
        "drafts_decide",
        "答复预通报异议",
        answers(UNTAKEN, ADMINISTRATOR, STAFF),
        ("{consulted}",),
        method="POST",
    ),
    Address("consultation_file", "异议的佐证材料", OWN, ("{consulted}", "{evidence}")),
    Address("issued_all", "印发的通报", EVERY_READER),
    Address("issued_verify", "核验文件", EVERY_READER),
    Address("issued", "一份印发的通报", EVERY_READER, ("{issued}",)),
    Address("issued_file", "下载印发的通报", EVERY_READER, ("{issued}", "text")),
    Address("issued_figure", "印发时一个数字的依据", OFFICE, ("{issued}", "{figure}")),
    Address("issued_archive", "导出通报存档", answers(GO, *OFFICE_PEOPLE), ("{issued}",), method="POST"),
    Address("issued_compare", "通报对照", EVERY_READER, ("{issued}",)),
    Address("issued_compare", "与没有的通报对照", instead(EVERY_READER, NOT_THERE), ("{issued}",), "?with=0"),
    Address("units_archive", "导出一个单位的通报存档，单位人员只导出本单位", UNIT_ARCHIVE, ("U01",), method="POST"),
    Address("issued_receive", "签收通报", RECEIVER, ("{issued}", "U01"), method="POST"),
    Address("issued_remind", "提醒签收通报", answers(GO, ADMINISTRATOR, STAFF, REVIEWER), ("{issued}",), method="POST"),
    Address("issued_correct", "办理更正", CLERKS, ("{issued}",)),
    Address("issued_correct", "开始更正", answers(UNTAKEN, ADMINISTRATOR, STAFF), ("{issued}",), method="POST"),
    Address("issued_tasks", "工作安排", CLERKS, ("{issued}",)),
    Address(
        "issued_tasks", "将工作安排布置为任务", answers(UNTAKEN, ADMINISTRATOR, STAFF), ("{issued}",), method="POST"
    ),
    Address("rectifications", "整改", EVERY_READER),
    Address("rectifications_open", "开立整改", DRAFTERS, ("{issued}",), method="POST"),
    Address("rectifications_one", "一个单位的整改", OWN, ("{rectification}",)),
    Address("rectifications_print", "打印整改通知", OWN, ("{rectification}",)),
    Address("rectifications_file", "下载整改材料", OWN, ("{rectification}", "{rectified}")),
    Address("rectifications_answer", "回复整改情况", ANSWERERS, ("{rectification}",), method="POST"),
    Address("rectifications_decide", "核验、退回、重开整改", VERIFIERS, ("{rectification}",), method="POST"),
)
