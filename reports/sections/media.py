"""政务新媒体更新情况: check rounds, what they found, and whether it was put right."""

from reports.figures.media import MediaFigures
from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import BASICS, SectionDraft
from reports.texts import NoticeTexts
from reports.wording import Phrase, counted, counts_by_name, counts_by_unit, sentence

MEASURE = "次"


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """共组织…检查n次，共出现n次超期更新情况，其中…，涉及单位均在规定时间内整改完成。"""
    media, office = figures.media, texts.office
    source = f"{media.period.in_text}，{office.short_name}"
    if not media.rounds:
        words = sentence(source, "未组织政务新媒体检查。")
    else:
        words = sentence(
            source,
            f"共组织了{office.whole_area}范围内的政务新媒体检查",
            counted(media.rounds, MEASURE),
            "，",
            *_findings(media, texts),
            "。",
        )
    return (SectionDraft("media", (words,), part=BASICS, title="政务新媒体更新情况"),)


def _findings(media: MediaFigures, texts: NoticeTexts) -> list[Phrase | str]:
    if not media.found:
        return ["未发现超期更新等问题"]
    words: list[Phrase | str] = []
    if media.stale:
        words += [f"{texts.office.whole_area}政务新媒体共出现", counted(media.stale, MEASURE), "超期更新情况，"]
        if len(media.stale_by_platform) == 1:
            words += [f"均为{media.stale_by_platform[0].wording}，"]
        else:
            platforms = counts_by_name(media.stale_by_platform, MEASURE, merge_ties=texts.merge_platform_ties)
            # A second 其中 would read as part of the first.
            words += ["其中", platforms, "，" if media.all_rectified or media.other_problems else "；"]
    if media.other_problems:
        lead = "另发现" if media.stale else "未发现超期更新情况，发现"
        words += [lead, counts_by_name(media.other_problems, MEASURE), "，"]
    return [*words, _rectification(media)]


def _rectification(media: MediaFigures) -> Phrase:
    """涉及单位均在规定时间内整改完成, said only where every finding was; otherwise who did not."""
    if media.all_rectified:
        return sentence("涉及单位均在规定时间内整改完成")
    late = counts_by_unit(media.unrectified_by_unit, MEASURE)
    finished = media.found.value - media.unrectified.value - media.pending.value
    if not finished and not media.pending:
        return sentence("均未在规定时间内整改完成，涉及", late)
    if not finished and not media.unrectified:
        return sentence("均在整改期限内")
    clauses: list[Phrase | str] = ["其中"]
    if media.unrectified:
        clauses += [late, "未在规定时间内整改完成"]
    if media.pending:
        clauses += ["，" if media.unrectified else "", counted(media.pending, MEASURE), "尚在整改期限内"]
    if finished:
        clauses.append("，其余均在规定时间内整改完成")
    return sentence(*clauses)
