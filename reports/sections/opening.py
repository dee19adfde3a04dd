"""引言: why and what was checked."""

from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import SectionDraft
from reports.texts import NoticeTexts
from reports.wording import text


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """The office's own words, or the standard ones."""
    office = texts.office
    standard = (
        f"为认真贯彻落实国家、省、市政务公开工作要点精神，进一步推进{office.whole_area}政务公开工作，"
        f"{office.short_name}近期对{figures.period.in_text}{office.whole_area}政务公开工作情况进行了全面检查，"
        "现将检查情况通报如下："
    )
    return (SectionDraft("opening", (text(texts.opening or standard),)),)
