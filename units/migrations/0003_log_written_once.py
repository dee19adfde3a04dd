from django.db import migrations

from lanshan_portal.immutable import append_only


class Migration(migrations.Migration):
    dependencies = [("units", "0002_people_and_log")]

    operations = [append_only("units", "AuditEvent")]
