"""The tables of suivi, as its models say them."""

import django.db.models.deletion
import django.db.models.expressions
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
            name='ActiviteMensuelle',
            fields=[
                ('pk', models.CompositePrimaryKey('territoire', 'mois', 'guichet', blank=True, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('mois', models.DateField(verbose_name='premier jour du mois')),
                ('guichet', models.CharField(max_length=5)),
                ('traitees', models.IntegerField()),
                ('naissance_cosmetique', models.IntegerField()),
                ('naissance_mineure', models.IntegerField()),
                ('naissance_majeure', models.IntegerField()),
                ('prenoms', models.IntegerField()),
                ('dates_naissance', models.IntegerField()),
                ('nir', models.IntegerField()),
                ('en_attente', models.IntegerField()),
                ('validees', models.IntegerField()),
                ('refusees', models.IntegerField()),
                ('expirees', models.IntegerField()),
                ('delai_median_minutes', models.IntegerField(null=True, verbose_name='délai médian de validation, en minutes')),
                ('agents', models.IntegerField()),
                ('part_premier_agent', models.FloatField(null=True)),
                ('sur_anciennes', models.IntegerField()),
                ('sans_piece', models.IntegerField()),
                ('hasard', models.FloatField(null=True, verbose_name='probabilité d’autant de changements')),
            ],
            options={
                'db_table': 'activite_mensuelle',
                'constraints': [models.CheckConstraint(condition=models.Q(('mois__day', 1)), name='activite_mensuelle_mois'), models.CheckConstraint(condition=models.Q(models.Q(('agents', 0), ('part_premier_agent', None)), models.Q(('agents__gte', 1), ('part_premier_agent__gt', 0), ('part_premier_agent__lte', 1)), _connector='OR'), name='activite_mensuelle_agents'), models.CheckConstraint(condition=models.Q(('agents__lte', django.db.models.expressions.CombinedExpression(models.F('naissance_mineure'), '+', models.F('naissance_majeure'))), ('sur_anciennes__lte', django.db.models.expressions.CombinedExpression(models.F('naissance_mineure'), '+', models.F('naissance_majeure'))), ('sans_piece__lte', django.db.models.expressions.CombinedExpression(models.F('naissance_mineure'), '+', models.F('naissance_majeure')))), name='activite_mensuelle_parts')],
            },
        ),
        migrations.CreateModel(
            name='EntonnoirCalcule',
            fields=[
                ('territoire', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('empreinte', models.CharField(max_length=64)),
                ('contenu', models.JSONField()),
            ],
            options={
                'db_table': 'entonnoir_calcule',
            },
        ),
        migrations.CreateModel(
            name='AlerteGuichet',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(max_length=5)),
                ('de', models.DateField(verbose_name='premier mois')),
                ('a', models.DateField(verbose_name='dernier mois')),
                ('chiffres', models.JSONField()),
                ('texte', models.CharField(max_length=1000)),
                ('auteur', models.UUIDField()),
                ('ouverte_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'alerte_guichet',
                'indexes': [models.Index(fields=['territoire', 'guichet', '-survenu_le'], name='alerte_guichet_ordre')],
                'constraints': [models.CheckConstraint(condition=models.Q(('a__day', 1), ('a__gte', models.F('de')), ('de__day', 1), models.Q(('texte', ''), _negated=True), models.Q(('guichet', ''), _negated=True)), name='alerte_guichet_dite')],
            },
        ),
        migrations.CreateModel(
            name='Classement',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('operation', models.UUIDField(null=True, verbose_name='dernier acte regardé')),
                ('observes', models.IntegerField(null=True)),
                ('depuis', models.DateField(verbose_name='premier jour regardé')),
                ('motif', models.CharField(max_length=25)),
                ('auteur', models.UUIDField()),
                ('classe_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('demande', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registre.demande')),
                ('enquete', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registre.dossierenquete')),
            ],
            options={
                'db_table': 'classement',
                'indexes': [models.Index(fields=['territoire', '-survenu_le', '-id'], name='classement_recents'), models.Index(condition=models.Q(('demande', None)), fields=['territoire', 'guichet', '-survenu_le', '-id'], name='classement_du_guichet')],
                'constraints': [models.CheckConstraint(condition=models.Q(('motif__in', ['ETAT_CIVIL_RECONSTITUE', 'TRANSFERT_DECES', 'TRANSFERT_SEPARATION', 'DOUBLON_FUSIONNE', 'CORRECTION_HONNETE', 'ERREUR_SAISIE', 'CONFIRME'])), name='classement_motif'), models.CheckConstraint(condition=models.Q(models.Q(('enquete__isnull', False), ('motif', 'CONFIRME')), models.Q(models.Q(('motif', 'CONFIRME'), _negated=True), ('enquete', None)), _connector='OR'), name='classement_confirme'), models.CheckConstraint(condition=models.Q(models.Q(('demande__isnull', False), ('observes', None), ('operation__isnull', False)), models.Q(('demande', None), ('observes__gte', 1), ('observes__isnull', False)), _connector='OR'), name='classement_objet'), models.UniqueConstraint(condition=models.Q(('demande__isnull', False)), fields=('territoire', 'demande', 'operation'), name='classement_d_un_acte')],
            },
        ),
        migrations.CreateModel(
            name='EnvoiProgramme',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('actif', models.BooleanField()),
                ('jour', models.SmallIntegerField(verbose_name='jour du mois')),
                ('format', models.CharField(max_length=4)),
                ('auteur', models.UUIDField()),
                ('decide_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'envoi_programme',
                'indexes': [models.Index(fields=['territoire', '-survenu_le', '-id'], name='envoi_programme_actuel')],
                'constraints': [models.CheckConstraint(condition=models.Q(('format__in', ['csv', 'xlsx']), ('jour__gte', 1), ('jour__lte', 28)), name='envoi_programme_reglage')],
            },
        ),
        migrations.CreateModel(
            name='EnvoiFait',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('mois', models.DateField(verbose_name='premier jour du mois récapitulé')),
                ('lu', models.BooleanField(verbose_name='il y avait quelqu’un pour le lire')),
                ('destinataires', models.SmallIntegerField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suivi.envoiprogramme')),
            ],
            options={
                'db_table': 'envoi_fait',
                'constraints': [models.UniqueConstraint(fields=('territoire', 'mois', 'lu'), name='envoi_fait_une_fois'), models.CheckConstraint(condition=models.Q(('destinataires__gte', 1), ('mois__day', 1)), name='envoi_fait_a_quelqu_un')],
            },
        ),
        migrations.CreateModel(
            name='SuiteAlerte',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('nature', models.CharField(max_length=11)),
                ('texte', models.CharField(blank=True, max_length=1000)),
                ('motif', models.CharField(blank=True, max_length=30)),
                ('compte', models.UUIDField(null=True, verbose_name='personne désignée')),
                ('auteur', models.UUIDField()),
                ('ecrite_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('alerte', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='suites', to='suivi.alerteguichet')),
            ],
            options={
                'db_table': 'suite_alerte',
                'indexes': [models.Index(fields=['territoire', 'alerte', 'survenu_le', 'id'], name='suite_alerte_ordre'), models.Index(condition=models.Q(('compte__isnull', False)), fields=['territoire', 'compte'], name='suite_alerte_designee')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('compte__isnull', False), ('motif', ''), ('nature', 'DESIGNATION')), models.Q(('compte', None), ('motif', ''), ('nature', 'REPONSE'), models.Q(('texte', ''), _negated=True)), models.Q(('compte', None), ('motif', ''), ('nature', 'RELANCE')), models.Q(('compte', None), ('motif__in', ['ETAT_CIVIL_RECONSTITUE', 'TRANSFERT_DECES', 'TRANSFERT_SEPARATION', 'DOUBLON_FUSIONNE', 'CORRECTION_HONNETE', 'ERREUR_SAISIE', 'CONFIRME']), ('nature', 'CLOTURE')), _connector='OR'), name='suite_alerte_nature'), models.UniqueConstraint(condition=models.Q(('nature', 'CLOTURE')), fields=('territoire', 'alerte'), name='suite_alerte_une_fin')],
            },
        ),
    ]
