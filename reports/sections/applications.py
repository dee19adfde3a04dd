"""依申请公开情况: applications by channel and how they were answered."""

from reports.figures.notice_figures import NoticeFigures
from reports.sections.answers import MEASURE, answer_clause
from reports.sections.draft import BASICS, SectionDraft
from reports.texts import NoticeTexts
from reports.wording import Phrase, apart, breakdown, counted, sentence


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """共收到政府信息公开申请N件，其中…，相关单位均按时进行了规范答复。"""
    applications, government = figures.applications, texts.office.own_government
    source = f"{applications.period.in_text}，{government}"
    if not applications.total:
        words = sentence(source, "未收到政府信息公开申请。")
    else:
        clauses: list[Phrase | str] = [source, "共收到政府信息公开申请", counted(applications.total, MEASURE)]
        clauses += [
            "，其中",
            breakdown(applications.by_channel, MEASURE, rest=applications.unnamed, rest_name="收到其他渠道申请"),
        ]
        answers = answer_clause(applications.answers, who="相关单位", answered="规范答复")
        clauses += [apart(answers), answers, "。"]
        words = sentence(*clauses)
    return (SectionDraft("applications", (words,), part=BASICS, title="依申请公开情况"),)
