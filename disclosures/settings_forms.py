"""Forms of the settings of the first floor."""

from __future__ import annotations

import string
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, modelformset_factory

from disclosures.mail.times import is_quiet
from disclosures.models import Channel, DeadlineRule, Platform, ReminderSettings, RestDay
from disclosures.models.vocabulary import Term
from lanshan_portal.form_fields import dressed
from units.models import Office

MOST_DAYS = 250
"""Longer than a year of working days nobody has."""


class TermForm(forms.ModelForm):
    """One word: its name once, then its wording, order and use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
        if self.instance.pk:
            # Sheets name it so; another name is another word.
            self.fields["name"].disabled = True

    def clean_wording(self) -> str:
        """The wording, if it has no bracket but {government} in a channel's."""
        wording: str = self.cleaned_data["wording"]
        allowed = {"government"} if isinstance(self.instance, Channel) else set()
        try:
            named = {name for _, name, _, _ in string.Formatter().parse(wording) if name is not None}
        except ValueError:
            named = {""}
        if named - allowed:
            can = "只能使用 {government}" if allowed else "不能含有花括号"
            raise forms.ValidationError(f"通报写法{can}。")
        return wording


class TermFormSet(BaseModelFormSet):
    """An office's words as one table; a name stands once in it."""

    office: Office

    def clean(self) -> None:
        """Say which name stands twice; keep what is used."""
        super().clean()
        names: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name") if hasattr(form, "cleaned_data") else None
            if not name or form in self.deleted_forms:
                continue
            if name in names:
                form.add_error("name", f"已有“{name}”，请换一个名称。")
            names.add(name)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        """A new word of the office."""
        form.instance.office = self.office
        return super().save_new(form, commit=commit)

    def add_fields(self, form: Any, index: int | None) -> None:
        """The tick that deletes, only where the word is not used."""
        super().add_fields(form, index)
        if form.instance.pk is None or getattr(form.instance, "used", True):
            del form.fields["DELETE"]


def terms_formset(model: type[Term], office: Office, words: QuerySet[Any], data: Any) -> Any:
    """The table of an office's words, with a line for a new one."""
    fields = ["name", "wording", *(["freshness_days"] if model is Platform else []), "position", "active"]
    made = modelformset_factory(
        model, form=TermForm, formset=TermFormSet, fields=fields, extra=1, can_delete=True, max_num=100
    )
    formset: Any = made(data, queryset=words, prefix="terms")
    formset.office = office
    last = max((word.position for word in words), default=0)
    for form in formset.extra_forms:
        form.fields["position"].initial = last + 1
        form.empty_permitted = True
        form.use_required_attribute = False
    return formset


class DeadlineForm(forms.ModelForm):
    """A limit: so many working days, by which document, from when."""

    class Meta:
        model = DeadlineRule
        fields = ["subject", "working_days", "source", "valid_from"]

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        dressed(self)
        self.fields["working_days"].widget.attrs |= {"min": 1, "max": MOST_DAYS}
        self.fields["source"].help_text = "法规条款或文件名称、文号，通报和期限说明中引用"
        self.fields["valid_from"].help_text = "这一天及以后收到的件按新时限计算，此前收到的不变"
        self.fields["subject"].choices = [("", "请选择"), *DeadlineRule.Subject.choices]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["subject"].disabled = True
            if self.instance.valid_from is None:
                del self.fields["valid_from"]
        if "valid_from" in self.fields:
            self.fields["valid_from"].required = True

    def clean_working_days(self) -> int:
        """A number of days that makes sense."""
        days: int = self.cleaned_data["working_days"]
        if not 1 <= days <= MOST_DAYS:
            raise forms.ValidationError(f"工作日数应在1至{MOST_DAYS}之间。")
        return days

    def clean(self) -> dict[str, Any]:
        """No two limits of a subject begin on one day."""
        given = super().clean() or {}
        day: date | None = given.get("valid_from")
        others = DeadlineRule.objects.filter(office=self.office, subject=given.get("subject")).exclude(
            pk=self.instance.pk
        )
        if day and others.filter(valid_from=day).exists():
            self.add_error("valid_from", "这一天已有同一事项的规定，请修改原有的一条。")
        return given


class RestDayForm(forms.Form):
    """What kind of day a day is."""

    BY_WEEKDAY = ""
    nature = forms.ChoiceField(
        label="性质",
        choices=[(BY_WEEKDAY, "按星期：周一至周五上班，周六、周日休息"), ("休息", "休息"), ("上班", "上班（调休）")],
        widget=forms.RadioSelect,
        required=False,
    )
    name = forms.CharField(label="名称", max_length=40, required=False, help_text="例：端午节")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text="例：国办发明电〔2019〕16号")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean(self) -> dict[str, Any]:
        """A day that differs from its weekday says why."""
        given = super().clean() or {}
        if given.get("nature") and not given.get("basis"):
            self.add_error("basis", "请填写依据，例如国务院办公厅的通知或本级政府的安排。")
        return given

    def day(self, day: date) -> RestDay | None:
        """The day as it is to be kept; None where its weekday decides."""
        given = self.cleaned_data
        if not given["nature"]:
            return None
        return RestDay(day=day, nature=given["nature"], name=given["name"], basis=given["basis"])


class YearForm(forms.Form):
    """Whether a year's arrangement is in the calendar, and which one it is."""

    official = forms.BooleanField(label="已按国务院办公厅的安排核对", required=False)
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="例：国务院办公厅关于2021年部分节假日安排的通知"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean(self) -> dict[str, Any]:
        """What is official has a document."""
        given = super().clean() or {}
        if given.get("official") and not given.get("basis"):
            self.add_error("basis", "请填写依据文件。")
        return given


class ReminderForm(forms.ModelForm):
    """How often units are reminded, and when mail goes out."""

    class Meta:
        model = ReminderSettings
        fields = ["daily_limit", "digest_at", "quiet_from", "quiet_to", "workdays_only"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
        self.fields["daily_limit"].widget.attrs |= {"min": 1, "max": 20}
        self.fields["daily_limit"].help_text = "达到次数后，当天不能再催同一家单位；撤回的不算"
        self.fields["digest_at"].help_text = "催办以外的消息（新任务、退回、审核结果等）每人每天汇总一封"
        self.fields["quiet_from"].help_text = "从这时起不发邮件，站内消息照常"
        self.fields["quiet_to"].help_text = "到这时恢复发送，静默时段的催办邮件随后补发"

    def clean_daily_limit(self) -> int:
        """At least once, or nobody could be reminded at all."""
        limit: int = self.cleaned_data["daily_limit"]
        if not 1 <= limit <= 20:
            raise forms.ValidationError("每天催办次数应在1至20之间。")
        return limit

    def clean(self) -> dict[str, Any]:
        """The day's letter goes out at an hour at which mail may."""
        given = super().clean() or {}
        hours = [given.get(name) for name in ("quiet_from", "quiet_to", "digest_at")]
        if all(hour is not None for hour in hours) and is_quiet(*hours):  # type: ignore[arg-type]
            self.add_error("digest_at", "汇总发送时间落在静默时段内，邮件将发不出去，请另选时间。")
        return given
