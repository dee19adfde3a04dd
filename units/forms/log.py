"""Which events of the log somebody asks for."""

from __future__ import annotations

import ipaddress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from units.audit import VERBS
from units.directory import Directory
from units.forms.fields import day, select, text
from units.log import Selection, people_asked_for
from units.models import Office


def _is_address(value: str) -> None:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        raise ValidationError("来源地址应写作 10.34.6.18 的形式。") from None


class LogFilterForm(forms.Form):
    """Person, unit, family of events, days, address, words; all optional."""

    person = text("人员", longest=40, placeholder="姓名、拼音或账号")
    unit = text("单位", longest=80, list="unit-codes")
    family = select("类别")
    first = day("起始日期")
    last = day("截至日期")
    address = text("来源地址", longest=45)
    words = text("内容", longest=60, placeholder="记录中的文字")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        families = dict.fromkeys(verb.family for verb in VERBS.values())
        self.fields["family"].choices = [("", "全部"), *((name, name) for name in families)]  # type: ignore[attr-defined]
        self.fields["address"].validators.append(_is_address)
        self.fields["words"].widget.attrs["data-find"] = True

    def selection(self, office: Office, directory: Directory, today: date) -> Selection:
        """What is asked for; a unit may be named as it is called today."""
        given = self.cleaned_data
        people = people_asked_for(office, person=given["person"], unit=given["unit"], directory=directory, day=today)
        return Selection(
            office=office,
            people=people,
            family=given["family"],
            first=given["first"],
            last=given["last"],
            address=str(ipaddress.ip_address(given["address"])) if given["address"] else "",
            words=given["words"],
        )
