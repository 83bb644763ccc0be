"""The tables of the outbox."""

import django.db.models.deletion
import folkmoot.apps.access.audience
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=folkmoot.apps.access.audience.new_key, editable=False, max_length=10, unique=True)),
                ('audience', models.CharField(choices=[('public', 'Everyone'), ('network', 'All member offices'), ('named', 'Named offices'), ('secretariat', 'The secretariat'), ('private', 'Named people')], default='secretariat', max_length=12)),
                ('handling', models.CharField(choices=[('OFFICIAL', 'OFFICIAL'), ('OFFICIAL-SENSITIVE', 'OFFICIAL-SENSITIVE')], default='OFFICIAL', max_length=20)),
                ('to_name', models.CharField(max_length=120)),
                ('to_address', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Not sent'), ('kept', 'Kept')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(blank=True, null=True)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=500)),
                ('about', models.CharField(blank=True, help_text='What it is about, as a person reads it.', max_length=200)),
                ('about_record', models.CharField(blank=True, max_length=60)),
                ('about_id', models.BigIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('message_id', models.CharField(max_length=200, unique=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'next_attempt_at'], name='mail_outbox_state_16c4dc_idx'), models.Index(fields=['about_record', 'about_id'], name='mail_outbox_about_r_4a9f01_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='outbox_sent_has_its_moment'), models.CheckConstraint(condition=models.Q(models.Q(('next_attempt_at__isnull', False), ('state', 'queued')), models.Q(models.Q(('state', 'queued'), _negated=True), ('next_attempt_at__isnull', True)), _connector='OR'), name='outbox_queued_has_a_next_attempt'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_at__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('claimed_at__isnull', True)), _connector='OR'), name='outbox_sending_is_claimed'), models.CheckConstraint(condition=models.Q(models.Q(('about_id__isnull', True), ('about_record', '')), models.Q(models.Q(('about_record', ''), _negated=True), ('about_id__isnull', False)), _connector='OR'), name='outbox_about_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('place', models.PositiveSmallIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='mail.outboxmessage')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('message', 'place'), name='attachment_one_a_place')],
            },
        ),
    ]
