"""Notices before they are issued."""

from tests.meta.answers import NOT_THERE, OFFICE, Address, instead

ADDRESSES = (
    Address("notice", "通报预览", OFFICE, ("2020-06",)),
    Address("notice_pdf", "通报版面", OFFICE, ("2020-06",)),
    Address("notice_file", "下载通报：纯文本", OFFICE, ("2020-06", "text")),
    Address("notice_file", "下载通报：数据", OFFICE, ("2020-06", "json")),
    Address("notice_file", "没有的格式", instead(OFFICE, NOT_THERE), ("2020-06", "odt")),
)
