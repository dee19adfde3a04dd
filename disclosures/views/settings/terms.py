"""信息类别, 申请渠道, 新媒体平台: the office's own words, in order, with their wording in the notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from disclosures.models import Category, Channel, DisclosureApplication, MediaAccount, Platform, PublishedItem
from disclosures.settings_forms import terms_formset
from disclosures.views.settings.pages import history_of, say_saved
from lanshan_portal import notes
from units.access import access_of, office_of
from units.actions import settings as actions
from units.models import Office
from units.permissions import require
from units.roles import Permission


@dataclass(frozen=True)
class TermsPage:
    """One vocabulary: its words, what uses one, and what the page says about it."""

    title: str
    model: type[Category] | type[Channel] | type[Platform]
    users: type[Model]
    field: str
    """The users' field that names a word."""
    words: str
    example: str

    def of(self, office: Office) -> QuerySet[Any]:
        """The office's words, each knowing whether it is used."""
        used = Exists(self.users._default_manager.filter(**{self.field: OuterRef("pk")}))
        return self.model._default_manager.filter(office=office).annotate(used=used)


TERMS = {
    "categories": TermsPage(
        "信息类别",
        Category,
        PublishedItem,
        "category",
        "网站信息按类别统计，通报“主动公开情况”按这里的次序和写法列出各类数量。",
        "动态类信息",
    ),
    "channels": TermsPage(
        "申请渠道",
        Channel,
        DisclosureApplication,
        "channel",
        "通报“依申请公开情况”按这里的次序列出各渠道件数。通报写法是数字前的整句，{government} 自动换成本级政府（如区政府）。",
        "{government}网站收到政府信息公开申请",
    ),
    "platforms": TermsPage(
        "新媒体平台",
        Platform,
        MediaAccount,
        "platform",
        "新媒体检查按平台统计。超过更新时限没有发布内容的账号，检查时提示“超期更新”。",
        "微信订阅号",
    ),
}


@require(Permission.MANAGE_SETTINGS)
def settings_terms(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One vocabulary as a table: change wording and order, retire, add, delete what is not used."""
    if kind not in TERMS:
        raise Http404
    office, page = office_of(request), TERMS[kind]
    terms = terms_formset(page.model, office, page.of(office), request.POST or None)
    if request.method == "POST" and terms.is_valid():
        terms.save(commit=False)
        try:
            event = actions.change(
                page=page.title,
                records=[*(term for term, _ in terms.changed_objects), *terms.new_objects],
                removed=terms.deleted_objects,
                office=office,
                by=access_of(request).user,
            )
        except actions.SettingsRefused as refused:
            notes.refused(request, str(refused))
        else:
            say_saved(request, event, page.title)
        return redirect("settings_terms", kind)
    context = {
        "page": page,
        "kind": kind,
        "terms": terms,
        "kinds": [(key, each.title) for key, each in TERMS.items()],
        "history": history_of(office, page.model),
    }
    return render(request, "settings/terms.html", context)
