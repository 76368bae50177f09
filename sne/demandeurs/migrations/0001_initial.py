"""The tables of households' accounts, as their models say them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CompteDemandeur',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('ouvert_le', models.DateTimeField()),
                ('vu_le', models.DateTimeField(verbose_name='dernière connexion')),
                ('langue', models.CharField(blank=True, max_length=2)),
                ('langue_depuis', models.DateTimeField(null=True, verbose_name='langue choisie le')),
                ('avis_refuses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), default=list, size=None)),
            ],
            options={
                'db_table': 'compte_demandeur',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('langue', ''), ('langue_depuis', None)), models.Q(('langue__in', ['fr', 'en', 'ar', 'pt', 'uk', 'tr']), ('langue_depuis__isnull', False)), _connector='OR'), name='compte_demandeur_langue'), models.CheckConstraint(condition=models.Q(('avis_refuses__contained_by', ['DOCUMENTS', 'REQUETES'])), name='compte_demandeur_avis')],
            },
        ),
        migrations.CreateModel(
            name='AccesDemandeur',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sujet', models.BinaryField(unique=True)),
                ('pivot', models.BinaryField(db_index=True)),
                ('courriel', models.BinaryField(default=b'')),
                ('nature', models.CharField(blank=True, max_length=9)),
                ('mots', models.BooleanField(default=False)),
                ('vu_le', models.DateTimeField()),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acces', to='demandeurs.comptedemandeur')),
            ],
            options={
                'db_table': 'acces_demandeur',
            },
        ),
        migrations.CreateModel(
            name='CodeConnexion',
            fields=[
                ('temoin', models.BinaryField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(unique=True)),
                ('scelle', models.BinaryField()),
                ('contact', models.BinaryField()),
                ('code', models.BinaryField(default=b'')),
                ('cible', models.BinaryField(default=b'')),
                ('essais', models.SmallIntegerField(default=0)),
                ('survenu_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'code_connexion',
                'indexes': [models.Index(fields=['expire_le'], name='code_connexion_expire')],
            },
        ),
        migrations.CreateModel(
            name='EnvoiGarde',
            fields=[
                ('compte', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='demandeurs.comptedemandeur')),
                ('voie', models.CharField(max_length=9)),
                ('scelle', models.BinaryField()),
                ('expire_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'envoi_garde',
                'indexes': [models.Index(fields=['expire_le'], name='envoi_garde_expire')],
            },
        ),
        migrations.CreateModel(
            name='CompteurLimite',
            fields=[
                ('cle', models.BinaryField(primary_key=True, serialize=False)),
                ('n', models.IntegerField()),
                ('expire_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'compteur_limite',
                'indexes': [models.Index(fields=['expire_le'], name='compteur_limite_expire')],
            },
        ),
        migrations.CreateModel(
            name='SessionDemandeur',
            fields=[
                ('cle', models.BinaryField(primary_key=True, serialize=False)),
                ('voie', models.CharField(max_length=9)),
                ('scelle', models.BinaryField()),
                ('ouverte_le', models.DateTimeField()),
                ('prouvee_le', models.DateTimeField(null=True)),
                ('vue_le', models.DateTimeField()),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='demandeurs.comptedemandeur')),
            ],
            options={
                'db_table': 'session_demandeur',
                'indexes': [models.Index(fields=['ouverte_le'], name='session_demandeur_ouverte')],
                'constraints': [models.CheckConstraint(condition=models.Q(('voie__in', ['FC', 'FC_AIDANT', 'CODE', 'COURRIEL'])), name='session_demandeur_voie')],
            },
        ),
    ]
