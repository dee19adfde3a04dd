"""The arrangements of an issued notice on their way to become tasks: what each would be called, and which are set already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from disclosures.models import Arrangement, Requirement
from lanshan_portal.periods import Period
from reports.models import IssuedNotice

MANNERS = "及时|按时|按期|限期|全面|认真|进一步|继续|抓紧|尽快|做好|主动"
TITLE = re.compile(rf"^(?:{MANNERS})*(?P<action>公开|上传|报送)(?P<name>.{{2,}})$")
"""A title that says what to do with what: 及时公开2020年上半年工作总结."""
COLUMN = re.compile(r"“(公开-[^”]{1,200})”")
"""The path of a column on the website as the notices write it."""
WAYS = (("上传至", Requirement.Action.UPLOAD), ("报送", Requirement.Action.REPORT))
SOURCE_LENGTH = 7
"""Characters a task has for the period of the notice that set it."""


@dataclass(frozen=True)
class ArrangementTask:
    """An arrangement, and the task it has become; None: it has become none."""

    arrangement: Arrangement
    task: Requirement | None


def source_of(period: Period) -> str:
    """The period of a notice as the tasks it sets name it; of a window too long to write, its last month."""
    code = str(period)
    return code if len(code) <= SOURCE_LENGTH else str(Period.month_of(period.last))


def arrangements_of(issued: IssuedNotice) -> list[ArrangementTask]:
    """The arrangements of the notice's period, in order, each with its task."""
    arrangements = list(Arrangement.objects.of_notice(issued.office, issued.span))
    tasks = list(Requirement.objects.filter(office=issued.office, source_month=source_of(issued.span)))
    return [ArrangementTask(each, _task(each, tasks)) for each in arrangements]


def _task(arrangement: Arrangement, tasks: Iterable[Requirement]) -> Requirement | None:
    """The task of the same name, under whichever of the names it may have been given; else the one that says the same."""
    names = {arrangement.title, proposed_name(arrangement)}
    return next((task for task in tasks if task.name in names or task.explanation == arrangement.body), None)


def proposed_name(arrangement: Arrangement) -> str:
    """What is asked for, without what to do with it: the notice's sentence puts the verb before it."""
    found = TITLE.match(arrangement.title)
    return found["name"] if found else arrangement.title


def proposed(arrangement: Arrangement) -> dict[str, Any]:
    """The task the arrangement reads like."""
    found = TITLE.match(arrangement.title)
    action = found["action"] if found else next((verb for said, verb in WAYS if said in arrangement.body), None)
    return {
        "ticked": arrangement.becomes_requirement,
        "name": proposed_name(arrangement),
        "due_on": arrangement.due_on,
        "scope": Requirement.Scope.ALL,
        "action": action or Requirement.Action.OTHER,
        "recurrence": Requirement.Recurrence.ONCE,
        "column": arrangement.column or column_in(arrangement.body),
    }


def column_in(text: str) -> str:
    """The column path the text names in quotation marks, or nothing."""
    found = COLUMN.search(text)
    return "".join(found[1].split()) if found else ""
