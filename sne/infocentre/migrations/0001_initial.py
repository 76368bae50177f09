"""The tables of infocentre, as its models say them."""

import uuid

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
            name='Rapport',
            fields=[
                ('code', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=120, verbose_name='question à laquelle il répond')),
                ('phrase', models.CharField(max_length=500)),
            ],
            options={
                'db_table': 'rapport',
            },
        ),
        migrations.CreateModel(
            name='Indicateur',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('version', models.SmallIntegerField()),
                ('repere', models.CharField(blank=True, max_length=6, verbose_name='repère dans le tableau d’origine')),
                ('libelle', models.CharField(max_length=80, verbose_name='libellé')),
                ('operation', models.CharField(max_length=12, verbose_name='opération')),
                ('numerateur', models.JSONField(verbose_name='numérateur')),
                ('denominateur', models.JSONField(verbose_name='dénominateur')),
                ('unite', models.CharField(blank=True, max_length=10, verbose_name='unité')),
                ('decimales', models.SmallIntegerField(verbose_name='décimales')),
                ('niveau', models.CharField(max_length=16)),
                ('statut', models.CharField(max_length=10)),
                ('phrase', models.CharField(max_length=500, verbose_name='formule en mots')),
                ('haut', models.CharField(blank=True, max_length=500, verbose_name='ce que compte le numérateur')),
                ('bas', models.CharField(blank=True, max_length=500, verbose_name='ce que compte le dénominateur')),
                ('vide', models.CharField(blank=True, max_length=500, verbose_name='ce que dit une case vide')),
                ('reference', models.CharField(max_length=500, verbose_name='ce qui place un cas dans la période')),
                ('source', models.CharField(max_length=500)),
                ('lecture', models.JSONField(null=True, verbose_name='seconde lecture')),
                ('auteur', models.UUIDField()),
                ('defini_par', models.JSONField(null=True, verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'indicateur',
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='indicateur_version'), models.CheckConstraint(condition=models.Q(('operation__in', ['COMPTE', 'RAPPORT', 'DIFFERENCE', 'MOYENNE', 'TEXTE']), ('niveau__in', ['GUICHET', 'ORGANISME_ANNEE']), ('statut__in', ['CONSERVE', 'SUPPRIME', 'INDECIS', 'AJOUTE', 'MODIFIE']), ('decimales__range', (0, 3)), ('version__gte', 1)), name='indicateur_forme')],
            },
        ),
        migrations.CreateModel(
            name='RapportVersion',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('numero', models.SmallIntegerField(verbose_name='numéro')),
                ('colonnes', models.JSONField()),
                ('phrase', models.CharField(max_length=500)),
                ('auteur', models.UUIDField()),
                ('ecrite_par', models.JSONField(null=True, verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('rapport', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='infocentre.rapport')),
            ],
            options={
                'db_table': 'rapport_version',
                'constraints': [models.UniqueConstraint(fields=('rapport', 'numero'), name='rapport_version_numero'), models.CheckConstraint(condition=models.Q(('numero__gte', 1)), name='rapport_version_forme')],
            },
        ),
        migrations.CreateModel(
            name='RapportDecision',
            fields=[
                ('auteur', models.UUIDField()),
                ('personne_auteur', models.UUIDField(editable=False, null=True)),
                ('personne_decideur', models.UUIDField(editable=False, null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decideur', models.UUIDField(null=True)),
                ('decide_par', models.JSONField(null=True, verbose_name='décideur, tel qu’il était')),
                ('clos_le', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('nature', models.CharField(max_length=10)),
                ('nom', models.CharField(blank=True, max_length=60, verbose_name='nom porté à partir de là')),
                ('prend_effet_le', models.DateTimeField(verbose_name='prend effet le')),
                ('motif', models.CharField(blank=True, max_length=500)),
                ('proposee_par', models.JSONField(null=True, verbose_name='auteur, tel qu’il était')),
                ('proposee_le', models.DateTimeField()),
                ('issue', models.CharField(blank=True, max_length=8)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='infocentre.rapportversion')),
            ],
            options={
                'db_table': 'rapport_decision',
                'constraints': [models.CheckConstraint(condition=models.Q(('nature__in', ['PUBLIER', 'RENOMMER', 'RETIRER', 'PROLONGER', 'ANNULER']), models.Q(models.Q(('nature__in', ['PUBLIER', 'RENOMMER']), models.Q(('nom', ''), _negated=True)), models.Q(models.Q(('nature__in', ['PUBLIER', 'RENOMMER']), _negated=True), ('nom', '')), _connector='OR')), name='rapport_decision_nature'), models.CheckConstraint(condition=models.Q(models.Q(('clos_le', None), ('decide_par', None), ('decideur', None), ('issue', '')), models.Q(('clos_le__isnull', False), ('issue__in', ['VALIDEE', 'REFUSEE', 'RETIREE']), models.Q(models.Q(('decide_par__isnull', False), ('decideur__isnull', False)), ('auteur', uuid.UUID('00000000-0000-7000-8000-000000000001')), _connector='OR')), _connector='OR'), name='rapport_decision_cloture'), models.CheckConstraint(condition=models.Q(models.Q(('issue__in', ['RETIREE']), ('personne_auteur', models.F('personne_decideur'))), models.Q(models.Q(('issue__in', ['RETIREE']), _negated=True), models.Q(('personne_auteur', models.F('personne_decideur')), _negated=True)), _connector='OR'), name='rapport_decision_deux_personnes'), models.UniqueConstraint(condition=models.Q(('clos_le', None)), fields=('version',), name='rapport_decision_une_a_la_fois')],
            },
        ),
        migrations.CreateModel(
            name='LectureRapport',
            fields=[
                ('pk', models.CompositePrimaryKey('version', 'compte', 'jour', blank=True, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('jour', models.DateField()),
                ('nombre', models.IntegerField(default=1)),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lectures', to='infocentre.rapportversion')),
            ],
            options={
                'db_table': 'lecture_rapport',
                'constraints': [models.CheckConstraint(condition=models.Q(('nombre__gte', 1)), name='lecture_rapport_une_au_moins')],
            },
        ),
        migrations.CreateModel(
            name='Correspondance',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('colonne_ancienne', models.CharField(blank=True, max_length=40)),
                ('colonne_nouvelle', models.CharField(blank=True, max_length=40)),
                ('sort', models.CharField(max_length=10)),
                ('ancienne', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infocentre.rapportversion')),
                ('nouvelle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correspondances', to='infocentre.rapportversion')),
            ],
            options={
                'db_table': 'correspondance',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('colonne_nouvelle', ''), ('sort', 'SUPPRIMEE'), models.Q(('colonne_ancienne', ''), _negated=True)), models.Q(('colonne_ancienne', ''), ('sort', 'NOUVELLE'), models.Q(('colonne_nouvelle', ''), _negated=True)), models.Q(('sort__in', ['IDENTIQUE', 'RENOMMEE', 'MODIFIEE']), models.Q(('colonne_ancienne', ''), _negated=True), models.Q(('colonne_nouvelle', ''), _negated=True)), _connector='OR'), name='correspondance_sort'), models.CheckConstraint(condition=models.Q(('ancienne', models.F('nouvelle')), _negated=True), name='correspondance_de_deux'), models.UniqueConstraint(fields=('ancienne', 'nouvelle', 'colonne_ancienne', 'colonne_nouvelle'), name='correspondance_une_fois')],
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
        migrations.CreateModel(
            name='EditionOuverte',
            fields=[
                ('auteur', models.UUIDField()),
                ('personne_auteur', models.UUIDField(editable=False, null=True)),
                ('personne_decideur', models.UUIDField(editable=False, null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decideur', models.UUIDField(null=True)),
                ('decide_par', models.JSONField(null=True, verbose_name='décideur, tel qu’il était')),
                ('clos_le', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('annee', models.PositiveSmallIntegerField(verbose_name='année')),
                ('rang', models.PositiveSmallIntegerField()),
                ('demandee_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('issue', models.CharField(blank=True, max_length=8)),
                ('motif', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'db_table': 'edition_ouverte',
                'constraints': [models.UniqueConstraint(fields=('annee', 'rang'), name='edition_ouverte_rang'), models.UniqueConstraint(condition=models.Q(('clos_le', None)), fields=('annee',), name='edition_ouverte_en_cours'), models.CheckConstraint(condition=models.Q(('annee__gte', 2015), ('rang__gte', 1), models.Q(models.Q(('clos_le', None), ('decide_par__isnull', True), ('decideur', None), ('issue', ''), ('motif', '')), models.Q(('clos_le__isnull', False), ('decide_par__isnull', False), ('decideur__isnull', False), ('issue', 'PUBLIEE'), ('motif', '')), models.Q(('clos_le__isnull', False), ('decide_par__isnull', False), ('decideur__isnull', False), ('issue', 'REFUSEE'), models.Q(('motif', ''), _negated=True)), _connector='OR')), name='edition_ouverte_issue'), models.CheckConstraint(condition=models.Q(('personne_auteur', models.F('personne_decideur')), _negated=True), name='edition_ouverte_deux_personnes')],
            },
        ),
        migrations.CreateModel(
            name='FichierOuvert',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='fichier', serialize=False, to='infocentre.editionouverte')),
                ('csv', models.BinaryField()),
                ('parquet', models.BinaryField()),
                ('schema', models.JSONField(verbose_name='schéma')),
                ('masque', models.JSONField()),
                ('audit', models.JSONField()),
                ('constats', models.PositiveIntegerField()),
                ('lignes', models.PositiveIntegerField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'fichier_ouvert',
            },
        ),
    ]
