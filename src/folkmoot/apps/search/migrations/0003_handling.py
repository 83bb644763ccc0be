"""The mark of what each entry's words stand in; the index of words is made anew around it, since SQLite loses it."""

from typing import Any

from django.db import migrations, models

from folkmoot.apps.search.backends import backend


def create(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in (*backend().CREATE, backend().FILL):
            cursor.execute(statement)


def drop(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in backend().DROP:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [
        migrations.RunPython(drop, create),
        migrations.AddField(
            model_name="entry",
            name="handling",
            field=models.CharField(
                choices=[("OFFICIAL", "OFFICIAL"), ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE")],
                default="OFFICIAL-SENSITIVE",
                help_text="The higher mark until the record has been looked at.",
                max_length=20,
            ),
        ),
        migrations.RunPython(create, drop),
    ]
