"""Arrangements of an issued notice become tasks: all that are wanted, or none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from disclosures.actions import requirements
from disclosures.actions.requirements import RequirementRefused
from disclosures.models import Arrangement, Requirement
from reports.arrangements import arrangements_of, source_of
from reports.models import IssuedNotice
from units import audit
from units.models import Office, User


@dataclass(frozen=True)
class Wanted:
    """An arrangement with the task it is to become."""

    arrangement: Arrangement
    fields: Mapping[str, Any]
    unit_ids: Collection[int] = ()


class TasksRefused(Exception):
    """Tasks cannot be set so; `sentences` say why, by the arrangement's id, and none was set."""

    def __init__(self, sentences: Mapping[int, str]) -> None:
        super().__init__("".join(sentences.values()))
        self.sentences = dict(sentences)


@transaction.atomic
def set_tasks(*, issued: IssuedNotice, wanted: Sequence[Wanted], by: User, at: datetime) -> list[Requirement]:
    """The tasks, told of by the next notice as what this one asked for; raises TasksRefused, and then there is none."""
    Office.objects.select_for_update(no_key=True).get(pk=issued.office_id)
    if sentences := _faults(issued, wanted):
        raise TasksRefused(sentences)
    made = []
    for each in wanted:
        fixed = {
            "source_month": source_of(issued.span),
            "placement": Requirement.Placement.FOLLOW_UP,
            "assigned_on": issued.issued_on,
            "explanation": each.arrangement.body,
        }
        try:
            made.append(
                requirements.create(
                    office=issued.office,
                    fields={**each.fields, **fixed},
                    unit_ids=each.unit_ids,
                    by=by,
                    at=at,
                )
            )
        except RequirementRefused as refused:
            raise TasksRefused({each.arrangement.pk: str(refused)}) from None
    audit.record(
        by=by,
        verb="notice.arranged",
        office=issued.office,
        target=issued,
        data={"period": issued.period, "codes": [each.code for each in made]},
    )
    return made


def _faults(issued: IssuedNotice, wanted: Sequence[Wanted]) -> dict[int, str]:
    """What is wrong with each, by the arrangement's id."""
    tasks = {each.arrangement.pk: each.task for each in arrangements_of(issued)}
    sentences, codes = {}, set()
    for each in wanted:
        pk, code = each.arrangement.pk, each.fields["code"]
        if pk not in tasks:
            sentences[pk] = "工作安排已删除，请刷新页面后再布置。"
        elif (task := tasks[pk]) is not None:
            sentences[pk] = f"已布置为任务 {task.code}，不需要重复布置。"
        elif each.fields["due_on"] < issued.issued_on:
            sentences[pk] = "截止日期早于通报印发日期，请核对。"
        elif code in codes:
            sentences[pk] = f"任务编号“{code}”重复，请换一个编号。"
        codes.add(code)
    return sentences
