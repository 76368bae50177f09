"""The tables of the decisions, as their models say them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('habilitations', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('auteur', models.UUIDField()),
                ('personne_auteur', models.UUIDField(editable=False, null=True)),
                ('personne_decideur', models.UUIDField(editable=False, null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decideur', models.UUIDField(null=True)),
                ('decide_par', models.JSONField(null=True, verbose_name='décideur, tel qu’il était')),
                ('clos_le', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('titre', models.CharField(max_length=160)),
                ('contexte', models.CharField(max_length=1000)),
                ('instance', models.CharField(max_length=10)),
                ('reunion', models.CharField(blank=True, max_length=200, verbose_name='compte rendu')),
                ('vote_du', models.DateField(null=True, verbose_name='vote ouvert du')),
                ('vote_au', models.DateField(null=True, verbose_name='vote ouvert jusqu’au')),
                ('issue', models.CharField(blank=True, max_length=16)),
                ('conclusion', models.CharField(blank=True, max_length=1000)),
                ('prise_le', models.DateField(null=True)),
                ('revoir_le', models.DateField(null=True)),
                ('remplace', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remplacantes', to='programme.decision')),
            ],
            options={
                'db_table': 'decision_programme',
            },
        ),
        migrations.CreateModel(
            name='ConditionDecision',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('texte', models.CharField(max_length=300)),
                ('levee_le', models.DateTimeField(null=True)),
                ('preuve', models.CharField(blank=True, max_length=300, verbose_name='ce qui le montre')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='programme.decision')),
            ],
            options={
                'db_table': 'condition_decision',
            },
        ),
        migrations.CreateModel(
            name='MesureDecision',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('indicateur', models.CharField(max_length=120)),
                ('avant', models.CharField(max_length=120)),
                ('apres', models.CharField(max_length=120, verbose_name='après')),
                ('auteur', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mesures', to='programme.decision')),
            ],
            options={
                'db_table': 'mesure_decision',
            },
        ),
        migrations.CreateModel(
            name='OptionDecision',
            fields=[
                ('pk', models.CompositePrimaryKey('decision_id', 'lettre', blank=True, editable=False, primary_key=True, serialize=False)),
                ('groupe', models.SmallIntegerField()),
                ('lettre', models.CharField(max_length=1)),
                ('texte', models.CharField(max_length=300)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='programme.decision')),
            ],
            options={
                'db_table': 'option_decision',
            },
        ),
        migrations.CreateModel(
            name='PreuveDecision',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('test', models.CharField(max_length=300)),
                ('reussi', models.BooleanField(verbose_name='réussi')),
                ('version', models.CharField(max_length=40)),
                ('survenu_le', models.DateTimeField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preuves', to='programme.decision')),
            ],
            options={
                'db_table': 'preuve_decision',
            },
        ),
        migrations.CreateModel(
            name='SuiteDecision',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('etat', models.CharField(max_length=16)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('lien', models.CharField(blank=True, max_length=200)),
                ('motif', models.CharField(blank=True, max_length=300)),
                ('auteur', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suites', to='programme.decision')),
            ],
            options={
                'db_table': 'suite_decision',
            },
        ),
        migrations.CreateModel(
            name='VoixTerritoire',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('groupe', models.SmallIntegerField()),
                ('lettre', models.CharField(blank=True, max_length=1)),
                ('auteur', models.UUIDField()),
                ('commentaire', models.CharField(blank=True, max_length=300)),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voix', to='programme.decision')),
            ],
            options={
                'db_table': 'voix_territoire',
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('instance__in', ['SEANCE', 'AG', 'GIP', 'TUTELLES']), models.Q(models.Q(('vote_au', None), ('vote_du', None)), ('vote_au__gte', models.F('vote_du')), _connector='OR'), models.Q(('titre', ''), _negated=True)), name='decision_programme_forme'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('clos_le', None), ('decideur', None), ('issue', ''), ('prise_le', None)), models.Q(('clos_le__isnull', False), ('decideur__isnull', False), ('issue__in', ['RETENUE', 'SOUS_CONDITION', 'NON_RETENUE', 'A_DETERMINER', 'AJOURNEE']), ('prise_le__isnull', False)), _connector='OR'), name='decision_programme_cloture'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('remplace', None), models.Q(('remplace', models.F('id')), _negated=True), _connector='OR'), name='decision_programme_par_une_autre'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('clos_le__isnull', False), _negated=True), models.Q(('personne_auteur', models.F('personne_decideur')), _negated=True), _connector='OR'), name='decision_programme_deux_personnes'),
        ),
        migrations.AddConstraint(
            model_name='conditiondecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('levee_le', None), ('preuve', '')), models.Q(('levee_le__isnull', False), models.Q(('preuve', ''), _negated=True)), _connector='OR'), name='condition_decision_levee'),
        ),
        migrations.AddConstraint(
            model_name='preuvedecision',
            constraint=models.UniqueConstraint(fields=('decision', 'survenu_le', 'test'), name='preuve_decision_une_fois'),
        ),
        migrations.AddIndex(
            model_name='suitedecision',
            index=models.Index(fields=['decision', '-id'], name='suite_decision_de'),
        ),
        migrations.AddConstraint(
            model_name='suitedecision',
            constraint=models.CheckConstraint(condition=models.Q(('etat__in', ['NON_COMMENCEE', 'ETUDE', 'EN_COURS', 'LIVREE', 'MESUREE', 'ABANDONNEE']), models.Q(models.Q(('etat', 'ABANDONNEE'), _negated=True), models.Q(('motif', ''), _negated=True), _connector='OR')), name='suite_decision_etat'),
        ),
        migrations.AddIndex(
            model_name='voixterritoire',
            index=models.Index(fields=['decision', 'territoire', 'id'], name='voix_territoire_de'),
        ),
    ]
