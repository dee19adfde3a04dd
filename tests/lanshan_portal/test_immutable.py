"""What is written once stays as it was written, whoever asks the database and how."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from lanshan_portal.immutable import MESSAGE
from units import audit
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

TABLE = AuditEvent._meta.db_table


def bulk_update(event: AuditEvent) -> None:
    event.verb = "other"
    AuditEvent.objects.bulk_update([event], ["verb"])


def in_sql(statement: str):
    def run(event: AuditEvent) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=TABLE, pk=event.pk))

    return run


WAYS = {
    "update": lambda event: AuditEvent.objects.update(verb="other"),
    "bulk_update": bulk_update,
    "delete": lambda event: event.delete(),
    "delete all": lambda event: AuditEvent.objects.all().delete(),
    "UPDATE": in_sql("UPDATE {table} SET verb = 'other' WHERE id = {pk}"),
    "DELETE": in_sql("DELETE FROM {table} WHERE id = {pk}"),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_event_of_the_log_can_be_neither_changed_nor_removed(way):
    event = audit.record(by=None, verb="session.refused", data={"username": "somebody"})
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        WAYS[way](event)
    assert AuditEvent.objects.get().verb == "session.refused"


def test_saving_one_again_is_refused_before_the_database_is_asked():
    event = audit.record(by=None, verb="session.refused")
    with pytest.raises(TypeError, match="操作日志只能追加，不能修改。"):
        event.save()
