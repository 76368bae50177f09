"""The tables of infocentre, as its models say them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registre', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Curseur',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('scellement', models.BigIntegerField(verbose_name='dernier scellement versé')),
                ('verse_le', models.DateTimeField()),
                ('mesures', models.CharField(max_length=64, verbose_name='empreinte des mesures')),
                ('efface_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'lac_curseur',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='lac_curseur_unique')],
            },
        ),
        migrations.CreateModel(
            name='Fichier',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('fait', models.CharField(max_length=30)),
                ('mois', models.DateField(verbose_name='mois où ces faits ont été connus')),
                ('sceau_du', models.BigIntegerField()),
                ('sceau_au', models.BigIntegerField()),
                ('chemin', models.CharField(max_length=200, unique=True, verbose_name='chemin, depuis le dossier du lac')),
                ('lignes', models.BigIntegerField()),
                ('octets', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('schema', models.SmallIntegerField()),
                ('ecrit_le', models.DateTimeField()),
                ('retire_le', models.DateTimeField(null=True)),
                ('detruit_le', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'lac_fichier',
                'indexes': [models.Index(condition=models.Q(('retire_le', None)), fields=['fait', 'mois'], name='lac_fichier_lus')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lignes__gt', 0), ('mois__day', 1), ('sceau_du__lt', models.F('sceau_au'))), name='lac_fichier_dit'), models.CheckConstraint(condition=models.Q(('detruit_le', None), ('retire_le__isnull', False), _connector='OR'), name='lac_fichier_detruit_retire')],
            },
        ),
        migrations.CreateModel(
            name='CleStatistique',
            fields=[
                ('demande', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='registre.demande')),
                ('cle', models.BigIntegerField(unique=True)),
            ],
            options={
                'db_table': 'cle_statistique',
                'constraints': [models.CheckConstraint(condition=models.Q(('cle__gt', 0)), name='cle_statistique_positive')],
            },
        ),
        migrations.CreateModel(
            name='Agregat',
            fields=[
                ('pk', models.CompositePrimaryKey('territoire', 'mois', 'guichet', 'mesure', blank=True, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('mois', models.DateField(verbose_name='premier jour du mois')),
                ('guichet', models.CharField(max_length=8)),
                ('mesure', models.CharField(max_length=40)),
                ('valeur', models.BigIntegerField()),
            ],
            options={
                'db_table': 'agregat',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('mois__day', 1)), name='agregat_mois')],
            },
        ),
        migrations.CreateModel(
            name='AgregatEfface',
            fields=[
                ('pk', models.CompositePrimaryKey('territoire', 'mois', 'guichet', 'mesure', blank=True, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('mois', models.DateField(verbose_name='premier jour du mois')),
                ('guichet', models.CharField(max_length=8)),
                ('mesure', models.CharField(max_length=40)),
                ('valeur', models.BigIntegerField()),
            ],
            options={
                'db_table': 'agregat_efface',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('mois__day', 1)), name='agregatefface_mois')],
            },
        ),
        migrations.CreateModel(
            name='RplsChargement',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('millesime', models.PositiveSmallIntegerField(verbose_name='millésime')),
                ('rang', models.PositiveSmallIntegerField()),
                ('empreinte', models.CharField(max_length=64)),
                ('lignes', models.PositiveIntegerField()),
                ('rejets', models.PositiveIntegerField()),
                ('entree', models.UUIDField()),
                ('auteur', models.UUIDField()),
                ('charge_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'rpls_chargement',
                'constraints': [models.UniqueConstraint(fields=('millesime', 'rang'), name='rpls_chargement_rang'), models.CheckConstraint(condition=models.Q(('millesime__gte', 2012), ('rang__gte', 1), ('rejets__lt', models.F('lignes'))), name='rpls_chargement_compte')],
            },
        ),
        migrations.CreateModel(
            name='RplsAttribution',
            fields=[
                ('pk', models.CompositePrimaryKey('millesime', 'rang', 'siren', 'territoire', blank=True, editable=False, primary_key=True, serialize=False)),
                ('millesime', models.PositiveSmallIntegerField(verbose_name='millésime')),
                ('rang', models.PositiveSmallIntegerField()),
                ('siren', models.CharField(max_length=9)),
                ('territoire', models.CharField(max_length=3)),
                ('nombre', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'rpls_attribution',
            },
        ),
        migrations.CreateModel(
            name='RplsBail',
            fields=[
                ('pk', models.CompositePrimaryKey('millesime', 'rang', 'ident_rep', blank=True, editable=False, primary_key=True, serialize=False)),
                ('millesime', models.PositiveSmallIntegerField(verbose_name='millésime')),
                ('rang', models.PositiveSmallIntegerField()),
                ('ident_rep', models.CharField(max_length=10, verbose_name='identifiant au répertoire')),
                ('siren', models.CharField(max_length=9)),
                ('territoire', models.CharField(max_length=3)),
                ('mois_bail', models.DateField(null=True, verbose_name='premier jour du mois du bail')),
            ],
            options={
                'db_table': 'rpls_bail',
                'indexes': [models.Index(fields=['millesime', 'rang', 'siren', 'territoire', 'mois_bail'], name='rpls_bail_du_bailleur')],
                'constraints': [models.CheckConstraint(condition=models.Q(('mois_bail', None), ('mois_bail__day', 1), _connector='OR'), name='rpls_bail_mois')],
            },
        ),
    ]
