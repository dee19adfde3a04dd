from django.db import migrations

from units.pinyin import spelled


def spell_names(apps, schema_editor):
    """Give people who are there already the pinyin they are found by."""
    User = apps.get_model("units", "User")
    for user in User.objects.exclude(display_name="").filter(pinyin=""):
        User.objects.filter(pk=user.pk).update(pinyin=spelled(user.display_name))


class Migration(migrations.Migration):
    dependencies = [("units", "0004_people_in_service")]

    operations = [migrations.RunPython(spell_names, migrations.RunPython.noop)]
