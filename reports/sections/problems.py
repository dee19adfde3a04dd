"""存在的主要问题: each problem with its topic, its account and the units it names."""

from reports.figures.duties import DutyFigures
from reports.figures.notice_figures import NoticeFigures
from reports.sections.draft import SectionDraft
from reports.sections.duties import still_missing, verb
from reports.texts import NoticeTexts
from reports.wording import Phrase, chinese_number, counted, sentence, text, unit_list

TITLE = "存在的主要问题"


def draft(figures: NoticeFigures, texts: NoticeTexts) -> tuple[SectionDraft, ...]:
    """一是…。二是…。 A requirement that every unit met in time is no problem; none at all is said."""
    told = [duty for duty in figures.problems if duty.named]
    if not told:
        return (SectionDraft("problems", (text("本次检查未发现需要通报的问题。"),), part=TITLE),)
    paragraphs = tuple(
        sentence(f"{chinese_number(number)}是" if len(told) > 1 else "", _problem(duty, figures))
        for number, duty in enumerate(told, start=1)
    )
    return (SectionDraft("problems", paragraphs, part=TITLE),)


def _problem(duty: DutyFigures, figures: NoticeFigures) -> Phrase:
    topic = duty.problem_title.rstrip("。") or f"部分单位未按时{verb(duty)}{duty.name}"
    account = duty.problem_text.rstrip("。，；")
    if duty.monthly and duty.term:
        return sentence(
            f"{topic}。",
            f"{account}。" if account else "",
            f"{duty.term.in_text}未按时{verb(duty)}{duty.name}的单位有：{unit_list(duty.named)}。",
        )
    lead = f"{topic}。" + (f"{account}，" if account else "")
    if duty.missing:
        failure = f"未按时{verb(duty)}{duty.name}"
        return sentence(lead, still_missing(duty, told_on=figures.issued_on, failure=failure))
    return sentence(
        lead,
        "有",
        counted(duty.named_count, "个"),
        f"单位逾期{verb(duty)}{duty.name}：{unit_list(duty.named)}。",
    )
