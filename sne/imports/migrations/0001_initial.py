"""The tables of imports, as their models say them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conventions', '0002_gardes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('cle', models.UUIDField(verbose_name='clé')),
                ('certificat', models.UUIDField(null=True)),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(max_length=5)),
                ('agent', models.CharField(max_length=64)),
                ('format', models.CharField(max_length=7)),
                ('compression', models.CharField(blank=True, max_length=4)),
                ('essai', models.BooleanField(default=False)),
                ('empreinte', models.BinaryField()),
                ('octets', models.PositiveBigIntegerField()),
                ('etat', models.CharField(default='RECU', max_length=10, verbose_name='état')),
                ('motif', models.CharField(blank=True, max_length=300)),
                ('lignes', models.PositiveIntegerField(null=True)),
                ('tranche', models.PositiveIntegerField(default=0)),
                ('tour', models.PositiveSmallIntegerField(default=1)),
                ('depose_le', models.DateTimeField(verbose_name='déposé le')),
                ('fini_le', models.DateTimeField(null=True)),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conventions.convention')),
            ],
            options={
                'db_table': 'import_convention',
            },
        ),
        migrations.CreateModel(
            name='LigneImport',
            fields=[
                ('pk', models.CompositePrimaryKey('import_recu_id', 'ligne', blank=True, editable=False, primary_key=True, serialize=False)),
                ('ligne', models.PositiveIntegerField()),
                ('tour', models.PositiveSmallIntegerField()),
                ('cle', models.CharField(blank=True, max_length=64, verbose_name='clé')),
                ('issue', models.CharField(max_length=11)),
                ('nud', models.CharField(blank=True, max_length=18)),
                ('revision', models.PositiveIntegerField(null=True)),
                ('anomalies', models.JSONField(default=list)),
                ('import_recu', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rapport', to='imports.import')),
            ],
            options={
                'db_table': 'ligne_import',
            },
        ),
        migrations.CreateModel(
            name='Tranche',
            fields=[
                ('pk', models.CompositePrimaryKey('import_recu_id', 'recue', 'rang', blank=True, editable=False, primary_key=True, serialize=False)),
                ('recue', models.BooleanField()),
                ('rang', models.PositiveIntegerField()),
                ('contenu', models.BinaryField()),
                ('import_recu', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tranches', to='imports.import')),
            ],
            options={
                'db_table': 'tranche_import',
            },
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['convention', 'depose_le'], name='import_convention_ordre'),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['fini_le'], name='import_convention_fini'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('compression__in', ['', 'gzip', 'zstd']), ('etat__in', ['RECU', 'CONTROLE', 'EN_COURS', 'TERMINE', 'INTERROMPU', 'ANNULE']), ('format__in', ['NDJSON', 'CSV', 'PARQUET'])), name='import_convention_codes'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['TERMINE', 'INTERROMPU', 'ANNULE']), ('fini_le__isnull', False)), models.Q(('etat__in', ['RECU', 'CONTROLE', 'EN_COURS']), ('fini_le', None)), _connector='OR'), name='import_convention_fin'),
        ),
        migrations.AddIndex(
            model_name='ligneimport',
            index=models.Index(fields=['import_recu', 'cle'], name='ligne_import_cle'),
        ),
        migrations.AddConstraint(
            model_name='ligneimport',
            constraint=models.CheckConstraint(condition=models.Q(('issue__in', ['ENREGISTREE', 'MODIFIEE', 'EN_ATTENTE', 'REFUSEE', 'DEJA_FAITE'])), name='ligne_import_issue'),
        ),
    ]
