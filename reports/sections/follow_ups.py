"""上期通报中重点工作完成情况: who has not yet done what the last notice asked."""

from reports.figures.duties import DutyFigures
from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import BASICS, SectionDraft
from reports.sections.duties import still_missing, verb
from reports.texts import NoticeTexts
from reports.wording import Phrase, day, sentence


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """One paragraph a requirement; no section where the last notice asked for nothing."""
    # What is not due yet, or was asked of nobody, is neither done nor missing.
    told = [duty for duty in figures.follow_ups if duty.missing or duty.all_done]
    if not told:
        return ()
    paragraphs = tuple(_paragraph(duty, figures) for duty in told)
    codes = tuple(f"{duty.code}.{duty.term}" if duty.term else duty.code for duty in told)
    title = "上期通报中重点工作完成情况"
    return (SectionDraft("follow_ups", paragraphs, part=BASICS, title=title, names=codes),)


def _paragraph(duty: DutyFigures, figures: NoticeFigures) -> Phrase:
    """5月份通报中要求…，截至7月6日，仍有6个单位未上传：… ; or 各单位均已上传, 有关单位 where not all were asked."""
    source = f"{duty.source.in_text}通报中" if duty.source else "前期"
    lead = f"{source}要求{verb(duty)}{duty.name}，"
    if duty.missing:
        return sentence(lead, still_missing(duty, told_on=figures.issued_on, failure=f"未{verb(duty)}"))
    who = "各单位" if duty.of_everybody else "有关单位"
    return sentence(lead, f"截至{day(duty.as_of, told_on=figures.issued_on)}，{who}均已{verb(duty)}。")
