"""Sentences about who has not done what was asked; shared by the follow-up and the problems section."""

from datetime import date

from reports.figures.duties import DutyFigures
from reports.wording import Phrase, counted, day, sentence, unit_list

OTHER = "其他"


def verb(duty: DutyFigures) -> str:
    """The verb of the requirement: 上传, 报送, 公开; 完成 where it names none."""
    return "完成" if duty.action == OTHER else duty.action


def still_missing(duty: DutyFigures, *, told_on: date, failure: str) -> Phrase:
    """截至7月6日，仍有6个单位{failure}：A、B。 There is at least one such unit."""
    return sentence(
        f"截至{day(duty.as_of, told_on=told_on)}，仍有",
        counted(duty.missing_count, "个"),
        f"单位{failure}：",
        unit_list(duty.missing, duty.missing_count.query),
        "。",
    )
