"""主动公开情况: the table of categories by groups in one sentence."""

from reports.figures.figure import Figure
from reports.figures.notice_figures import NoticeFigures
from reports.figures.shares import Share
from reports.sections.draft import BASICS, SectionDraft
from reports.texts import NoticeTexts
from reports.wording import Phrase, breakdown, counted, joined, sentence

MEASURE = "条"


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """N条，其中A n条，B n条；发布甲类N条，其中…；发布乙类N条，其中…。"""
    published, office = figures.published, texts.office
    when, website = published.period.in_text, f"{office.own_government}门户网站"
    if not published.total:
        words = sentence(f"{when}，{office.whole_area}未通过{website}发布信息。")
    else:
        clauses: list[Phrase | str] = [
            f"{when}，{office.whole_area}通过{website}共发布信息",
            *_with_groups(published.total, published.by_group),
        ]
        for category in published.by_category:
            clauses.append("；")
            if category.total.figure:
                clauses += [f"发布{category.total.wording}", *_with_groups(category.total.figure, category.by_group)]
            else:
                clauses.append(f"未发布{category.total.wording}")
        words = sentence(*clauses, "。")
    return (SectionDraft("published", (words,), part=BASICS, title="主动公开情况"),)


def _with_groups(total: Figure, groups: tuple[Share, ...]) -> list[Phrase | str]:
    """N条，其中A n条，B n条，C未发布; when one group published all of it, 均为A发布; an office with one group tells none."""
    publishing = [share for share in groups if share.figure]
    words: list[Phrase | str] = [counted(total, MEASURE)]
    if len(groups) < 2:
        return words
    if len(publishing) == 1:
        every = "均" if total.value > 1 else ""
        return [*words, f"，{every}为{publishing[0].wording}发布"]
    silent = joined(share.wording for share in groups if not share.figure)
    return [*words, "，其中", breakdown(publishing, MEASURE), f"，{silent}未发布" if silent else ""]
