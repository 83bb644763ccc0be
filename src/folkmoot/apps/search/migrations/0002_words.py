"""The index of words, made as each database makes it."""

from typing import Any

from django.db import migrations

from folkmoot.apps.search.backends import backend


def create(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in backend().CREATE:
            cursor.execute(statement)


def drop(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in backend().DROP:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search")]
    operations = [migrations.RunPython(create, drop)]
