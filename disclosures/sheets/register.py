"""What an office already has, for the cells of a sheet to refer to: units, words, accounts, tasks. Read once a sheet."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from disclosures.models import MediaAccount, Requirement
from disclosures.models.vocabulary import Term
from units.directory import Directory, normalised
from units.models import Office, Unit, UnitGroup


class Account(NamedTuple):
    """A new-media account as checks refer to it."""

    pk: int
    unit_id: int
    name: str


class Task(NamedTuple):
    """A requirement as submissions refer to it."""

    pk: int
    recurrence: str


class Word(NamedTuple):
    """A word of the office; one no longer `active` still reads in old sheets, but is not offered."""

    pk: int
    name: str
    active: bool


def nearest(wanted: str, known: Iterable[str], limit: int = 3) -> str:
    """The known texts most like `wanted`, as a hint at the end of a sentence; empty when none is like it."""
    found = difflib.get_close_matches(wanted, list(known), n=limit, cutoff=0.5)
    return f"，是否为：{'、'.join(found)}" if found else ""


class Register:
    """The lists of one office, each read on first use; of no office, all empty."""

    def __init__(self, office: Office | None) -> None:
        self.office = office

    @cached_property
    def directory(self) -> Directory:
        """Every name the office's units have borne."""
        return Unit.objects.filter(office=self.office).directory() if self.office else Directory([])

    @cached_property
    def newest_day(self) -> date:
        """The last day on which anything about the units changed: from then on every name is today's."""
        days = [
            day
            for entry in self.directory
            for day in (entry.valid_from, entry.valid_to, entry.founded_on, entry.dissolved_on)
            if day is not None
        ]
        return max(days, default=date(2000, 1, 1))

    @cached_property
    def groups(self) -> dict[str, tuple[int, str]]:
        """Groups of units by normalised name: id and name."""
        rows = UnitGroup.objects.filter(office=self.office).values_list("name", "pk") if self.office else []
        return {normalised(name): (pk, name) for name, pk in rows}

    def terms(self, model: type[Term]) -> dict[str, Word]:
        """The office's words of one list (categories, channels, platforms) by normalised name, retired ones too."""
        if model not in self._terms:
            rows = model._default_manager.filter(office=self.office) if self.office else []
            self._terms[model] = {normalised(term.name): Word(term.pk, term.name, term.active) for term in rows}
        return self._terms[model]

    @cached_property
    def _terms(self) -> dict[type[Term], dict[str, Word]]:
        return {}

    @cached_property
    def accounts(self) -> dict[tuple[int, str], Account]:
        """New-media accounts by platform and normalised name."""
        if not self.office:
            return {}
        rows = MediaAccount.objects.filter(office=self.office).values_list("platform_id", "pk", "unit_id", "name")
        return {(platform, normalised(name)): Account(pk, unit, name) for platform, pk, unit, name in rows}

    @cached_property
    def accounts_by_pk(self) -> dict[int, tuple[int, str]]:
        """Platform and name of each account."""
        return {account.pk: (platform, account.name) for (platform, _), account in self.accounts.items()}

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Requirements by their code."""
        if not self.office:
            return {}
        rows = Requirement.objects.filter(office=self.office).values_list("code", "pk", "recurrence")
        return {code: Task(pk, recurrence) for code, pk, recurrence in rows}

    @cached_property
    def task_codes(self) -> dict[int, str]:
        """The code of each requirement."""
        return {task.pk: code for code, task in self.tasks.items()}
