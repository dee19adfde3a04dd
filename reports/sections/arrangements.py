"""下月工作安排: what the office asks for the coming period, in the words people wrote."""

from lanshan_portal.periods import Period, PeriodKind
from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import SectionDraft
from reports.texts import NoticeTexts
from reports.wording import text


def part_title(period: Period) -> str:
    """7月份工作安排 in the notice of June, 第三季度工作安排 in that of the second quarter, else 下一步工作安排."""
    coming = "下一步" if period.kind is PeriodKind.WINDOW else period.next().in_text
    return f"{coming}工作安排"


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """One titled section an arrangement; none where nothing was arranged."""
    return tuple(
        SectionDraft(
            f"arrangements.{number}",
            tuple(text(line.strip()) for line in arrangement.body.splitlines() if line.strip()),
            part=part_title(figures.period),
            title=arrangement.title,
        )
        for number, arrangement in enumerate(texts.arrangements, start=1)
    )
