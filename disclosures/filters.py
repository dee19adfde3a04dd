"""Which rows a list shows. The parameters are those of `reports.figures.figure.RowQuery`, so that a number, its list, its
export and its test select by the same words.

All of them are optional; `from` and `to` are days, both included. `unit` may be several codes joined by commas, `platform`
several names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from disclosures.answering import AnswerState, answer_state
from disclosures.compliance import Rectification, rectification
from disclosures.models import (
    Category,
    Channel,
    DisclosureApplication,
    MailboxCase,
    MediaAccount,
    MediaCheck,
    Platform,
    PublishedItem,
    RestDay,
)
from disclosures.search.newest import LONGEST_QUERY, containing, found
from lanshan_portal.periods import FIRST_YEAR, LAST_YEAR, Period, within_years
from units.models import Office, Unit, UnitGroup

UNNAMED = "-"
"""The channels that are no longer active: what no named channel explains."""

STATES = (
    (AnswerState.ON_TIME.value, "按时答复"),
    (AnswerState.LATE.value, "未按时答复"),
    (AnswerState.OPEN.value, "在期限内"),
)
RECTIFIED = (
    (Rectification.IN_TIME.value, "按期整改"),
    (Rectification.LATE.value, "未按期整改"),
    (Rectification.PENDING.value, "在整改期限内"),
)
DAY_ERROR = {"invalid": "日期应写作 2020-06-01。"}


def _can_be_asked_for(day: date) -> None:
    if not within_years(day):
        raise ValidationError(f"日期应在{FIRST_YEAR}年至{LAST_YEAR}年之间。")


def _day(label: str, field: str, lookup: str, method: str | None = None) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        field_name=field,
        lookup_expr=lookup,
        method=method,
        label=label,
        error_messages=DAY_ERROR,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        validators=[_can_be_asked_for],
    )


def _choice(label: str, choices: Any = (), method: str | None = None) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        method=method,
        empty_label="全部",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "没有这一项可选，请重新选择。"},
    )


class RowsFilter(django_filters.FilterSet):
    """What every kind has: two days and units. A subclass names the field of its day and its own choices."""

    day_field: str = ""
    """The field of the day; a register has none, and no days to choose."""
    searched_in: tuple[str, ...] = ()
    """Where words are looked for in a model without an index of pairs."""
    q = django_filters.CharFilter(
        label="查找",
        method="with_words",
        max_length=LONGEST_QUERY,
        error_messages={"max_length": f"查找内容不超过{LONGEST_QUERY}个字。"},
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "autocomplete": "off", "data-find": True}
        ),
    )
    unit = django_filters.CharFilter(
        label="单位",
        method="of_units",
        widget=forms.TextInput(attrs={"class": "form-control", "list": "unit-codes", "autocomplete": "off"}),
    )

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The two days first: `from` is a word of the language and cannot be an attribute."""
        if not cls.day_field:
            return dict(super().get_filters())
        return {
            "from": _day("起始日期", cls.day_field, "gte"),
            "to": _day("截至日期", cls.day_field, "lte"),
            **super().get_filters(),
        }

    def __init__(self, data: Mapping[str, str] | None, queryset: QuerySet[Any], *, office: Office) -> None:
        self.office = office
        super().__init__(data=data if data is not None else {}, queryset=queryset)
        for name, model in (("category", Category), ("channel", Channel), ("platform", Platform), ("group", UnitGroup)):
            if name in self.filters:
                names = list(model.objects.filter(office=office).values_list("name", flat=True))
                extra = [(UNNAMED, "其他渠道")] if name == "channel" else []
                together = self.data.get(name, "").split(",")
                if name == "platform" and len(together) > 1 and set(together) <= set(names):
                    # What a figure counts together is a choice of its own, so that the form keeps it.
                    extra.append((",".join(together), "、".join(together)))
                self.filters[name].extra["choices"] = [*((each, each) for each in names), *extra]

    @property
    def qs(self) -> QuerySet[Any]:
        """The rows selected; none when a parameter makes no sense, since all would be misleading."""
        return super().qs if self.is_valid() else self.queryset.none()

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that hold every word."""
        if self.searched_in:
            return rows.filter(containing(value, *self.searched_in))
        return found(rows, value, span=self.span())

    def of_units(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows of those units."""
        return rows.filter(unit__in=unit_ids(self.office, value))

    def span(self) -> Period | None:
        """The days asked for, where both are."""
        first, last = self.form.cleaned_data.get("from"), self.form.cleaned_data.get("to")
        return Period.window(first, last) if first and last and first <= last else None


def unit_ids(office: Office, codes: str) -> list[int]:
    """The units of those codes (joined by commas); a single name in force means its unit as well."""
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    found = list(Unit.objects.filter(office=office, code__in=wanted).values_list("pk", flat=True))
    if not found and len(wanted) == 1:
        named = Unit.objects.filter(office=office, versions__short_name=wanted[0])
        found = list(named.values_list("pk", flat=True).distinct())
    return found


class PublishedItemFilter(RowsFilter):
    """网站信息."""

    day_field = "published_on"
    group = _choice("分组", method="of_group")
    category = _choice("类别", method="of_category")
    column = django_filters.CharFilter(
        label="栏目", method="in_column", widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    )

    class Meta:
        model = PublishedItem
        fields: list[str] = []

    def of_category(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows of that category."""
        return rows.filter(category__name=value, category__office=self.office)

    def in_column(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows of the column of that path; where there is none, of those whose path holds the words."""
        exactly = rows.filter(column=value)
        return exactly if exactly.exists() else rows.filter(column__icontains=value)

    def of_group(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows of the units that counted in that group in the days asked for; without days, of its units of any time."""
        units = Unit.objects.filter(office=self.office)
        span = self.span()
        if span is None:
            return rows.filter(unit__in=units.filter(versions__group__name=value))
        directory = units.directory()
        then = directory.during(span)
        ids = {entry.unit_id for entry in directory}
        members = [
            unit_id
            for unit_id in ids
            if (then[unit_id] if unit_id in then else directory.entry(unit_id, span.last)).group == value
        ]
        return rows.filter(unit__in=members)


class AnsweredFilter(RowsFilter):
    """What applications and letters have: a state, as of a day."""

    day_field = "received_on"
    state = _choice("办理情况", STATES, method="in_state")
    as_of = _day("情况截至", "received_on", "exact", method="reckoned")

    def reckoned(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """The day selects nothing by itself."""
        return rows

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows in that state at the end of `as_of`; without a day there is no state, and no row."""
        as_of = self.form.cleaned_data.get("as_of")
        if as_of is None:
            return rows.none()
        calendar = RestDay.objects.calendar()
        return rows.filter(
            pk__in=[
                row.pk
                for row in rows.with_limits()  # type: ignore[attr-defined]
                if answer_state(row.due(calendar), row.answered_on, as_of) == value
            ]
        )


class ApplicationFilter(AnsweredFilter):
    """依申请公开."""

    day_field = "received_on"
    channel = _choice("渠道", method="by_channel")

    class Meta:
        model = DisclosureApplication
        fields: list[str] = []

    def by_channel(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that came that way; `-` means by channels no longer active."""
        if value == UNNAMED:
            return rows.filter(channel__active=False)
        return rows.filter(channel__name=value, channel__office=self.office)


class MailboxCaseFilter(AnsweredFilter):
    """部门信箱."""

    day_field = "received_on"

    class Meta:
        model = MailboxCase
        fields: list[str] = []


class MediaCheckFilter(RowsFilter):
    """新媒体检查."""

    day_field = "checked_on"
    searched_in = ("account__name", "round")
    found = _choice("检查结果", (("yes", "发现问题"),), method="with_problem")
    problem = _choice("问题类型", MediaCheck.Problem.choices, method="of_problem")
    platform = _choice("平台", method="on_platform")
    rectified = _choice("整改情况", RECTIFIED, method="by_rectification")
    as_of = _day("情况截至", "checked_on", "exact", method="reckoned")

    class Meta:
        model = MediaCheck
        fields: list[str] = []

    def reckoned(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """The day selects nothing by itself."""
        return rows

    def with_problem(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that found something."""
        return rows.exclude(problem="")

    def of_problem(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that found that."""
        return rows.filter(problem=value)

    def on_platform(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows of accounts on those platforms."""
        return rows.filter(account__platform__name__in=value.split(","), account__platform__office=self.office)

    def by_rectification(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Findings that stand so at the end of `as_of`; without a day there is no such thing, and no row."""
        as_of = self.form.cleaned_data.get("as_of")
        if as_of is None:
            return rows.none()
        return rows.filter(
            pk__in=[
                row.pk
                for row in rows.exclude(problem="")
                if rectification(row.rectified_on, row.rectify_by, as_of) == value
            ]
        )


class MediaAccountFilter(RowsFilter):
    """新媒体账号."""

    searched_in = ("name", "account_id")
    platform = _choice("平台", method="on_platform")
    account_state = _choice("状态", MediaAccount.State.choices, method="in_use")

    class Meta:
        model = MediaAccount
        fields: list[str] = []

    def on_platform(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Accounts on that platform."""
        return rows.filter(platform__name=value, platform__office=self.office)

    def in_use(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Accounts in that state."""
        return rows.filter(state=value)


FILTERS: dict[str, type[RowsFilter]] = {
    "published_items": PublishedItemFilter,
    "applications": ApplicationFilter,
    "mailbox_cases": MailboxCaseFilter,
    "media_checks": MediaCheckFilter,
    "media_accounts": MediaAccountFilter,
}
"""The lists of records, by the kind a RowQuery names."""
