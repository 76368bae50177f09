"""The tables of the École, as its models say them."""

import django.db.models.deletion
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conventions', '0002_gardes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bac',
            fields=[
                ('territoire', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('avance', models.DurationField()),
                ('ouvert_le', models.DateTimeField()),
                ('appele_le', models.DateTimeField()),
                ('seme_le', models.DateTimeField(null=True)),
                ('convention', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bac', to='conventions.convention')),
            ],
            options={
                'db_table': 'bac',
                'constraints': [models.CheckConstraint(condition=models.Q(('territoire__regex', '^[0-9]{3}$')), name='bac_code'), models.CheckConstraint(condition=models.Q(('appele_le__gte', models.F('ouvert_le'))), name='bac_appele')],
            },
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('survenu_le', models.DateTimeField()),
                ('methode', models.CharField(max_length=8)),
                ('route', models.CharField(max_length=100)),
                ('statut', models.PositiveSmallIntegerField()),
                ('objet', models.CharField(max_length=16)),
                ('cle', models.CharField(blank=True, max_length=16)),
                ('corps', models.CharField(blank=True, max_length=16)),
                ('agent', models.CharField(blank=True, max_length=64)),
                ('revision', models.CharField(blank=True, max_length=16)),
                ('scenario', models.CharField(blank=True, max_length=40)),
                ('faits', models.JSONField(default=dict)),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='traces', to='conventions.convention')),
            ],
            options={
                'db_table': 'trace_ecole',
                'indexes': [models.Index(fields=['convention', 'survenu_le'], name='trace_ecole_ordre')],
            },
        ),
    ]
