"""Settings: changed record by record, with what was and what is kept in the log, and taken back as they were changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, Model, ProtectedError

from units import audit
from units.models import AuditEvent, Office, User

CHANGED, RESTORED = "settings.changed", "settings.restored"


class SettingsRefused(Exception):
    """A change of settings cannot be made or taken back; the message is the sentence for the person."""


Change = dict[str, Any]
"""{"model": "disclosures.category", "id": 3, "name": "动态类", "before": {field: value}, "after": {...}}: the fields that
changed, as JSON; `before` is None for a record that was added, `after` for one that was removed."""


@transaction.atomic
def change(
    *,
    page: str,
    records: Iterable[Model] = (),
    removed: Iterable[Model] = (),
    office: Office,
    by: User | None,
) -> AuditEvent | None:
    """Save records as they now stand, new or changed, and remove others; the event that says so, None where nothing changed.

    `page` is what the settings are called. Raises SettingsRefused when a record to be removed is in use.
    """
    changes = [made for record in records if (made := _saved(record))]
    changes += [_removed(record) for record in removed]
    return _noted(changes, page=page, office=office, by=by)


def _noted(changes: Sequence[Change], *, page: str, office: Office, by: User | None) -> AuditEvent | None:
    if not changes:
        return None
    return audit.record(
        by=by,
        verb="settings.changed",
        office=office,
        target=_record(changes[0]),
        data={"page": page, "changes": list(changes)},
    )


@transaction.atomic
def restore(*, event: AuditEvent, office: Office, by: User | None) -> AuditEvent:
    """Take back what an event changed; raises SettingsRefused where something of it was changed again since."""
    changes: list[Change] = event.data["changes"]
    for made in reversed(changes):
        _restored(made)
    taken_back = [made | {"before": made["after"], "after": made["before"]} for made in changes]
    return audit.record(
        by=by,
        verb="settings.restored",
        office=office,
        target=_record(taken_back[0]),
        data={"page": event.data["page"], "changes": taken_back},
    )


# --- one record


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _plain(value: Any) -> Any:
    """The value as JSON keeps it."""
    return value.isoformat() if isinstance(value, (date, time)) else value


def state_of(record: Model) -> dict[str, Any]:
    """Every field of a record, as the log keeps it."""
    return {field.attname: _plain(field.value_from_object(record)) for field in _fields(type(record))}


def _stored(model: type[Model], pk: Any) -> Model | None:
    return model._default_manager.select_for_update().filter(pk=pk).first() if pk is not None else None


def _saved(record: Model) -> Change | None:
    """Save a record; what changed, or None."""
    before = _stored(type(record), record.pk)
    was, now = state_of(before) if before else None, state_of(record)
    if was == now:
        return None
    record.save()
    if was is None:
        return _change(record, None, now)
    changed = [name for name, value in now.items() if was[name] != value]
    return _change(record, {name: was[name] for name in changed}, {name: now[name] for name in changed})


def _removed(record: Model) -> Change:
    was, made = state_of(record), _change(record, {}, None)
    try:
        record.delete()
    except ProtectedError:
        raise SettingsRefused(f"“{record}”正在使用，不能删除，可以停用。") from None
    return made | {"before": was}


def _change(record: Model, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    return {
        "model": record._meta.label_lower,
        "id": record.pk,
        "name": str(record),
        "before": before,
        "after": after,
    }


def _record(made: Change) -> Model:
    """The record a change is about, standing or not: the log needs its kind and number."""
    return apps.get_model(made["model"])(pk=made["id"])


SINCE_CHANGED = "此后又有改动，不能撤回，请直接修改。"


def _restored(made: Change) -> None:
    model = apps.get_model(made["model"])
    found = _stored(model, made["id"])
    if made["after"] is None:
        if found is not None:
            raise SettingsRefused(SINCE_CHANGED)
        model(pk=made["id"], **_python(model, made["before"])).save(force_insert=True)
        return
    now = state_of(found) if found else {}
    if found is None or any(now[name] != value for name, value in made["after"].items()):
        raise SettingsRefused(SINCE_CHANGED)
    if made["before"] is None:
        _removed(found)
        return
    for name, value in _python(model, made["before"]).items():
        setattr(found, name, value)
    found.save()


def _python(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """The values of the log as the fields' own."""
    fields = {field.attname: field for field in _fields(model)}
    return {name: fields[name].to_python(value) for name, value in values.items() if name in fields}


# --- reading it


def history(office: Office, *models: type[Model], limit: int = 8) -> list[AuditEvent]:
    """The newest changes of settings of those kinds."""
    kinds = [model._meta.model_name for model in models]
    return list(
        AuditEvent.objects.filter(office=office, target_kind__in=kinds, verb__in=(CHANGED, RESTORED)).select_related(
            "by"
        )[:limit]
    )


def sentences(event: AuditEvent) -> list[str]:
    """What an event changed, a sentence a record: “动态类”：排序由1改为2，停用."""
    return [_sentence(made) for made in event.data.get("changes", [])]


def _sentence(made: Change) -> str:
    model, name = apps.get_model(made["model"]), made["name"]
    if made["before"] is None:
        return f"新增“{name}”"
    if made["after"] is None:
        return f"删除“{name}”"
    fields = {field.attname: field for field in _fields(model)}
    parts = [
        f"{fields[key].verbose_name}由{_shown(fields[key], made['before'][key])}改为{_shown(fields[key], value)}"
        for key, value in made["after"].items()
        if key in fields
    ]
    return f"“{name}”：{'，'.join(parts)}" if not name.endswith("设置") else "，".join(parts)


def _shown(field: Field[Any, Any], value: Any) -> str:
    """A value as a person reads it."""
    match value:
        case None | "" | []:
            return "空"
        case bool():
            return "是" if value else "否"
        case list():
            # A model whose lists hold keys says them in words.
            words_of = getattr(field.model, "words_of", lambda name, each: str(each))
            return f"“{'、'.join(words_of(field.name, each) for each in value)}”"
    choices: dict[Any, Any] = dict(field.flatchoices) if field.choices else {}
    words = str(choices.get(value, value))
    return f"“{words}”" if isinstance(value, str) else words
