"""Whether cases were answered in time, in words: 均 only where it is true of every one."""

from reports.figures.answers import AnswerFigures
from reports.wording import Phrase, counted, counts_by_unit, only_unit, sentence

MEASURE = "件"


def answer_clause(answers: AnswerFigures, *, who: str, answered: str, units_told: bool = False) -> Phrase:
    """How the cases were answered, without the full stop; there is at least one case.

    相关单位均按时进行了规范答复 / 均未按时答复，涉及… (without the units where the sentence has told them) /
    均在办理期限内 / 其中…未按时答复，n件尚在办理期限内，其余均按时进行了规范答复.
    """
    if answers.on_time.value + answers.late.value + answers.open.value == 1:
        return _only_case(answers, answered)
    if answers.all_on_time:
        return sentence(f"{who}均按时进行了{answered}")
    late = counts_by_unit(answers.late_by_unit, MEASURE, blamed=True)
    if not answers.on_time and not answers.open:
        units: list[Phrase | str] = [] if units_told else ["，涉及", late]
        return sentence("均未按时答复", *units)
    if not answers.on_time and not answers.late:
        return sentence("均在办理期限内")
    clauses: list[Phrase | str] = ["其中"]
    if answers.late:
        clauses += [late, "未按时答复"]
    if answers.open:
        clauses += ["，" if answers.late else "", counted(answers.open, MEASURE), "尚在办理期限内"]
    if answers.on_time.value == 1:
        clauses += ["，其余", counted(answers.on_time, MEASURE), f"已按时进行了{answered}"]
    elif answers.on_time:
        clauses.append(f"，其余均按时进行了{answered}")
    return sentence(*clauses)


def _only_case(answers: AnswerFigures, answered: str) -> Phrase:
    """Of a single case nothing is said with 均."""
    if answers.on_time:
        return sentence(f"已按时进行了{answered}")
    if answers.open:
        return sentence("尚在办理期限内")
    return sentence(only_unit(answers.late_by_unit, blamed=True), "未按时答复")
