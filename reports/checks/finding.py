"""Finding: what a check has to say about a notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """The text or the figures contradict themselves: the notice must not go out like this."""
    WARNING = "warning"
    """Very likely a slip; someone should change it or sign it off."""
    INFORMATION = "information"
    """Right as it may be, worth a look."""


LEVEL_NAMES = {Level.ERROR: "错误", Level.WARNING: "提醒", Level.INFORMATION: "说明"}
"""What each level is called, the gravest first."""


class Code(StrEnum):
    """Every kind of finding; `docs/checks.md` says each with its level and an example."""

    PARTS_EXCEED_TOTAL = "parts_exceed_total"
    PARTS_DO_NOT_ADD = "parts_do_not_add"
    TOTAL_UNEXPLAINED = "total_unexplained"
    TABLE_DOES_NOT_ADD = "table_does_not_add"
    PERCENTAGES_DO_NOT_ADD = "percentages_do_not_add"
    PERCENTAGE_WRONG = "percentage_wrong"
    LIST_LENGTH = "list_length"
    LIST_DUPLICATE = "list_duplicate"
    LIST_EMPTY = "list_empty"
    UNIT_TWO_NAMES = "unit_two_names"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_DISSOLVED = "unit_dissolved"
    UNIT_NAME_OUTDATED = "unit_name_outdated"
    CUTOFF_WORD = "cutoff_word"
    VERB_MISSING = "verb_missing"
    DEPARTMENTS_INCLUDE_STREETS = "departments_include_streets"
    ALL_CLAIM_UNTRUE = "all_claim_untrue"
    DATE_IMPOSSIBLE = "date_impossible"
    DEADLINE_BEFORE_ISSUE = "deadline_before_issue"
    DEADLINE_REST_DAY = "deadline_rest_day"
    AS_OF_AFTER_ISSUE = "as_of_after_issue"
    AS_OF_REST_DAY = "as_of_rest_day"
    PERIOD_DIFFERS = "period_differs"
    TITLE_PERIOD_DIFFERS = "title_period_differs"
    PLAN_PERIOD = "plan_period"
    DATE_OUTSIDE_PERIOD = "date_outside_period"
    ISSUED_BEFORE_PERIOD_ENDS = "issued_before_period_ends"
    NUMBERING = "numbering"
    TITLE_REPEATED = "title_repeated"
    PARAGRAPH_REPEATED = "paragraph_repeated"
    DOCUMENT_NUMBER = "document_number"
    PUNCTUATION_HALF_WIDTH = "punctuation_half_width"
    PUNCTUATION_DOUBLED = "punctuation_doubled"
    BRACKETS_UNBALANCED = "brackets_unbalanced"
    DATE_FORM = "date_form"
    THOUSANDS_SEPARATOR = "thousands_separator"
    SPACE_BESIDE_DIGIT = "space_beside_digit"
    FIGURES_DO_NOT_ADD = "figures_do_not_add"
    NUMBER_WITHOUT_FIGURE = "number_without_figure"
    NUMBER_NOT_FIGURE = "number_not_figure"
    CASES_OPEN = "cases_open"
    NOTHING_PUBLISHED = "nothing_published"


@dataclass(frozen=True)
class Finding:
    """One thing found: what, how grave, the whole sentence for the reader, and where in the text it stands."""

    code: str
    level: Level
    message: str
    where: str

    @property
    def level_name(self) -> str:
        """What its level is called."""
        return LEVEL_NAMES[self.level]

    def as_json(self) -> dict[str, str]:
        """The finding as commands print it."""
        return {"code": str(self.code), "level": str(self.level), "message": self.message, "where": self.where}


def counted(findings: Iterable[Finding]) -> str:
    """1 处提醒，3 处说明, the gravest first; nothing where nothing was found."""
    counts = Counter(finding.level for finding in findings)
    return "，".join(f"{counts[level]} 处{name}" for level, name in LEVEL_NAMES.items() if counts[level])
