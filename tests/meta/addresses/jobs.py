"""Work in the background: everybody sees the own."""

from tests.meta.answers import GO, NOT_THERE, OK, SIGNED_IN, STAFF, Address, answers, instead

ITS_OWNER = answers(OK, STAFF, otherwise=NOT_THERE)

ADDRESSES = (
    Address("jobs", "本人的导入导出进度", SIGNED_IN),
    Address("jobs_mine", "本人后台任务的进度", SIGNED_IN),
    Address("jobs_cancel", "取消后台任务，只有提交人可以", instead(ITS_OWNER, GO), ("{job}",), method="POST"),
    Address("jobs_put_away", "收起后台任务，只有提交人可以", instead(ITS_OWNER, GO), ("{job}",), method="POST"),
    Address("jobs_result", "下载后台任务的结果，只有提交人可以", ITS_OWNER, ("{job}",)),
)
