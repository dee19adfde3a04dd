"""Search everywhere: the field at the top of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosures.search.everywhere import everywhere
from disclosures.search.newest import LONGEST_QUERY, words_of
from lanshan_portal.nav import EVERY_READER
from units.access import access_of
from units.permissions import require


@require(*EVERY_READER)
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """What holds the words asked for, as far as the person may see it."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    groups = everywhere(query, access_of(request), timezone.localdate())
    context = {"query": query, "groups": groups, "has_words": bool(words_of(query))}
    return render(request, "disclosures/search.html", context)
