"""The tables of sensibilisation, as its models say them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('habilitations', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CampagneAccueil',
            fields=[
                ('code', models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ('titre', models.CharField(max_length=120)),
                ('lien', models.CharField(max_length=200)),
                ('du', models.DateField()),
                ('au', models.DateField()),
                ('auteur', models.UUIDField()),
                ('rappelee_le', models.DateTimeField(null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'campagne_accueil',
                'constraints': [models.CheckConstraint(condition=models.Q(('au__gte', models.F('du'))), name='campagne_accueil_duree')],
            },
        ),
        migrations.CreateModel(
            name='AccuseCampagne',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('genre', models.CharField(max_length=8)),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('compte', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campagne', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='accuses', to='sensibilisation.campagneaccueil')),
            ],
            options={
                'db_table': 'accuse_campagne',
                'constraints': [models.UniqueConstraint(fields=('campagne', 'compte', 'genre', 'territoire', 'guichet'), name='accuse_campagne_une_fois'), models.CheckConstraint(condition=models.Q(('genre__in', ['LU', 'AFFICHEE', 'RELAYEE'])), name='accuse_campagne_genre'), models.CheckConstraint(condition=models.Q(models.Q(('genre', 'AFFICHEE'), _negated=True), models.Q(('guichet', ''), _negated=True), _connector='OR'), name='accuse_campagne_au_guichet')],
            },
        ),
        migrations.CreateModel(
            name='LectureRappel',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('version', models.CharField(max_length=10)),
                ('survenu_le', models.DateTimeField(verbose_name='lu le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('compte', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'lecture_rappel',
                'indexes': [models.Index(fields=['compte', 'version', '-survenu_le'], name='lecture_rappel_de')],
                'constraints': [models.CheckConstraint(condition=models.Q(('version', ''), _negated=True), name='lecture_rappel_version')],
            },
        ),
        migrations.CreateModel(
            name='ReponseScenario',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('scenario', models.CharField(max_length=20)),
                ('reponse', models.CharField(max_length=20, verbose_name='réponse')),
                ('juste', models.BooleanField()),
                ('survenu_le', models.DateTimeField(verbose_name='répondu le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('compte', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'reponse_scenario',
                'indexes': [models.Index(fields=['compte', '-survenu_le'], name='reponse_scenario_de')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('scenario', ''), _negated=True), models.Q(('reponse', ''), _negated=True)), name='reponse_scenario_dite')],
            },
        ),
    ]
