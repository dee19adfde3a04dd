"""结语: what named units must do, what follows, and where to write."""

from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import SectionDraft
from reports.texts import NoticeTexts
from reports.wording import text


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """The office's own words, or the standard ones, and the contact line where one is given."""
    office = texts.office
    rectify = "对本次通报指出的问题，有关单位要立即研究分析，制定整改措施，限期整改到位。"
    standard = (
        rectify if any(duty.named for duty in figures.problems) else ""
    ) + f"{office.short_name}将持续对{office.whole_area}各单位政务公开工作实行通报和问题反馈限期整改制度。"
    paragraphs = [text(texts.closing or standard)]
    if texts.contact:
        paragraphs.append(text(texts.contact))
    return (SectionDraft("closing", tuple(paragraphs)),)
