"""部门信箱办理情况: letters by unit and how they were answered."""

from reports.figures.notice_figures import NoticeFigures
from reports.sections.answers import MEASURE, answer_clause
from reports.sections.draft import BASICS, SectionDraft
from reports.texts import NoticeTexts
from reports.wording import counted, counts_by_unit, only_unit, sentence


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """共收到部门信箱N件，涉及A n件，B、C各n件，各单位均按时进行了答复。

    各单位, where the June 2020 notice says 各部门: two of those who answered are streets.
    """
    mailbox = figures.mailbox
    source = f"{mailbox.period.in_text}，{texts.office.own_government}网站后台"
    if not mailbox.total:
        words = sentence(source, "未收到部门信箱来信。")
    else:
        if len(mailbox.by_unit) == 1:
            each = "均" if mailbox.total.value > 1 else ""
            units = sentence(f"{each}涉及", only_unit(mailbox.by_unit))
        else:
            units = sentence("涉及", counts_by_unit(mailbox.by_unit, MEASURE, merge_ties=texts.merge_mailbox_ties))
        words = sentence(
            source,
            "共收到部门信箱",
            counted(mailbox.total, MEASURE),
            "，",
            units,
            "，",
            answer_clause(mailbox.answers, who="各单位", answered="答复", units_told=True),
            "。",
        )
    return (SectionDraft("mailbox", (words,), part=BASICS, title="部门信箱办理情况"),)
