"""存在的主要问题: each problem with its topic, its account and the units it names."""

from itertools import groupby

from reports.figures.duties import DutyFigures
from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import SectionDraft
from reports.sections.duties import still_missing, verb
from reports.texts import NoticeTexts
from reports.wording import Phrase, counted, sentence, text, unit_list

TITLE = "存在的主要问题"


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """一是…。二是…。 A requirement that every unit met in time is no problem.

    That none was found is said only where the sections before have none either; otherwise they have said it all.
    """
    told = [list(same) for _, same in groupby(_told(figures), key=lambda duty: duty.code)]
    if not told:
        if _trouble_elsewhere(figures):
            return ()
        return (SectionDraft("problems", (text("本次检查未发现需要通报的问题。"),), part=TITLE),)
    paragraphs = tuple(sentence(*_problem(duties, figures)) for duties in told)
    codes = tuple(duties[0].code for duties in told)
    return (SectionDraft("problems", paragraphs, part=TITLE, names=codes, enumerated=True),)


def _told(figures: NoticeFigures) -> list[DutyFigures]:
    return [duty for duty in figures.problems if duty.named]


def _trouble_elsewhere(figures: NoticeFigures) -> bool:
    late = figures.applications.answers.late or figures.mailbox.answers.late or figures.media.unrectified
    return bool(late) or any(duty.missing for duty in figures.follow_ups)


def _problem(duties: list[DutyFigures], figures: NoticeFigures) -> list[Phrase | str]:
    """Topic and account once, then who: of a monthly requirement for each of the period's months."""
    first = duties[0]
    topic = first.problem_title.rstrip("。") or f"部分单位未按时{verb(first)}{first.name}"
    account = first.problem_text.rstrip("。，；")
    if first.monthly:
        words: list[Phrase | str] = [f"{topic}。", f"{account}。" if account else ""]
        for duty in duties:
            assert duty.term is not None, "a monthly duty has its month"
            words += [
                f"{duty.term.in_text}未按时{verb(duty)}{duty.name}的单位有：",
                unit_list(duty.named, duty.named_count.query),
                "。",
            ]
        return words
    lead = f"{topic}。" + (f"{account}，" if account else "")
    if first.missing:
        failure = f"未按时{verb(first)}{first.name}"
        return [lead, still_missing(first, told_on=figures.issued_on, failure=failure)]
    late = f"单位逾期{verb(first)}{first.name}："
    listed = unit_list(first.named, first.named_count.query)
    return [lead, "有", counted(first.named_count, "个"), late, listed, "。"]
