"""What the frame of every page needs: who is signed in, the month in view, the navigation, what awaits the person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from disclosures.attention import attention_for
from disclosures.month_in_view import month_in_view
from lanshan_portal.nav import shown_nav
from units import contact
from units.access import access_of
from units.models.office import PRODUCT, Office


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's context; nothing is asked of the database for a page without a person, except its office's name."""
    access = access_of(request)
    office = access.office if access.user else Office.objects.first()
    if office:
        contact.keep(office)
    context: dict[str, Any] = {
        "access": access,
        "office": office,
        "product_name": office.portal_name if office else PRODUCT,
        "portal_version": settings.PORTAL_VERSION,
        "session_idle_seconds": settings.SESSION_COOKIE_AGE,
    }
    if access.user and access.memberships:
        found = request.resolver_match
        month = month_in_view(request)
        attention = attention_for(access)
        context |= {
            "month": month,
            "attention": attention,
            "nav": shown_nav(
                access.permissions,
                month,
                found.view_name if found else "",
                found.kwargs if found else {},
                {"reviews": attention.to_decide, "messages": attention.unread},
            ),
        }
    return context
