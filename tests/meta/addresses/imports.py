"""Sheets coming in, and batches going back."""

from tests.meta.answers import CLERKS, GO, ITS_UPLOADER, NOT_THERE, STAFF, Address, instead

ADDRESSES = (
    Address("imports", "选择要导入的种类", CLERKS),
    Address("imports_kind", "上传部门信箱表", CLERKS, ("mailbox_cases",)),
    Address("imports_kind", "上传账号表", CLERKS | {STAFF: NOT_THERE}, ("accounts",)),
    Address("imports_kind", "上传单位表", CLERKS | {STAFF: NOT_THERE}, ("units",)),
    Address("imports_template", "下载模板", CLERKS, ("mailbox_cases",)),
    Address("imports_check", "核对结果，只有上传人可见", ITS_UPLOADER, ("mailbox_cases", "{token}")),
    Address("imports_marked", "标出错误的表格，只有上传人可见", ITS_UPLOADER, ("mailbox_cases", "{bad_token}")),
    Address(
        "imports_confirm",
        "确认导入，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("mailbox_cases", "{token}"),
        method="POST",
    ),
    Address(
        "imports_discard",
        "放弃导入，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("mailbox_cases", "{token}"),
        method="POST",
    ),
    Address(
        "imports_marked",
        "只含有错误的行，只有上传人可见",
        ITS_UPLOADER,
        ("mailbox_cases", "{bad_token}"),
        "?rows=faulty",
    ),
    Address(
        "imports_faultless",
        "只导入没有错误的行，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("mailbox_cases", "{bad_token}"),
        method="POST",
    ),
    Address(
        "imports_aliases",
        "记住单位别名并重新核对，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("mailbox_cases", "{bad_token}"),
        method="POST",
    ),
    Address(
        "imports_aliases_forget",
        "不再记住刚才的别名，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("mailbox_cases", "{bad_token}", "0"),
        method="POST",
    ),
    Address("imports_bundle", "多个文件的核对结果，只有上传人可见", ITS_UPLOADER, ("{bundle}",)),
    Address(
        "imports_bundle_confirm",
        "导入多个文件，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("{bundle}",),
        method="POST",
    ),
    Address(
        "imports_bundle_again",
        "重新核对多个文件，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("{bundle}",),
        method="POST",
    ),
    Address("batches", "导入记录", CLERKS),
    Address("batches_one", "一批导入", CLERKS, ("{batch}",)),
    Address("batches_undo", "撤销一批导入", instead(CLERKS, GO), ("{batch}",), method="POST"),
)
