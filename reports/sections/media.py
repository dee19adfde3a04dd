"""政务新媒体更新情况: check rounds, what they found, and whether it was put right."""

from reports.figures.media import MediaFigures
from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import BASICS, SectionDraft
from reports.texts import NoticeTexts
from reports.wording import Phrase, apart, counted, counts_by_name, counts_by_unit, only_unit, sentence

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
    told: list[Phrase] = []
    if media.stale:
        area = texts.office.whole_area
        told.append(sentence(f"{area}政务新媒体共出现", counted(media.stale, MEASURE), "超期更新情况"))
        told.append(_platforms(media, merge_ties=texts.merge_platform_ties))
    if media.other_problems:
        lead = "另发现" if media.stale else "未发现超期更新情况，发现"
        told.append(sentence(lead, counts_by_name(media.other_problems, MEASURE)))
    outcome = _rectification(media)
    between: list[Phrase | str] = [part for phrase in told[1:] for part in ("，", phrase)]
    return [told[0], *between, apart(outcome), outcome]


def _platforms(media: MediaFigures, *, merge_ties: bool) -> Phrase:
    if len(media.stale_by_platform) == 1:
        every = "均" if media.stale.value > 1 else ""
        return sentence(f"{every}为{media.stale_by_platform[0].wording}")
    return sentence("其中", counts_by_name(media.stale_by_platform, MEASURE, merge_ties=merge_ties))


def _rectification(media: MediaFigures) -> Phrase:
    """涉及单位均在规定时间内整改完成, said only where every finding was; otherwise who did not."""
    if media.found.value == 1:
        return _only_finding(media)
    if media.all_rectified:
        return sentence("涉及单位均在规定时间内整改完成")
    late = counts_by_unit(media.unrectified_by_unit, MEASURE, blamed=True)
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


def _only_finding(media: MediaFigures) -> Phrase:
    """Of a single finding nothing is said with 均."""
    if media.all_rectified:
        return sentence("涉及单位已在规定时间内整改完成")
    if media.pending:
        return sentence("尚在整改期限内")
    return sentence(only_unit(media.unrectified_by_unit, blamed=True), "未在规定时间内整改完成")
