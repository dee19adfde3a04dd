"""Writing the audit trail."""

from typing import Any

from django.db.models import Model

from units.models import AuditEvent, Office, User


def record(
    *,
    by: User | None,
    verb: str,
    office: Office | None = None,
    target: Model | None = None,
    address: str | None = None,
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one event; `verb` is dotted (`import.accepted`) and gets its sentence where the log is shown."""
    return AuditEvent.objects.create(
        by=by,
        office=office,
        verb=verb,
        target_kind=target._meta.model_name or "" if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        address=address,
        data=data or {},
    )
