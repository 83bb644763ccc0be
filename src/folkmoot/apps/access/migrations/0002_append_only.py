"""The database itself refuses to change or delete a row of the audit trail."""

from django.db import migrations

POSTGRESQL_FUNCTION = """
CREATE FUNCTION access_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'The audit trail is append-only.'; END
$$ LANGUAGE plpgsql
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        schema_editor.execute(
            "CREATE TRIGGER access_auditentry_append_only BEFORE UPDATE OR DELETE ON access_auditentry "
            "FOR EACH ROW EXECUTE FUNCTION access_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER access_auditentry_no_{verb.lower()} BEFORE {verb} ON access_auditentry "
            "BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER access_auditentry_append_only ON access_auditentry")
        schema_editor.execute("DROP FUNCTION access_append_only()")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER access_auditentry_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_access")]
    operations = [migrations.RunPython(forwards, backwards)]
