"""The tables of the shared spaces, as their models say them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('ouvre', models.BooleanField(default=False)),
                ('auteur', models.UUIDField()),
                ('corps', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('brut', models.TextField(blank=True)),
                ('cree_le', models.DateTimeField(verbose_name='écrite le')),
                ('modifiee_le', models.DateTimeField(null=True, verbose_name='modifiée le')),
                ('retiree_le', models.DateTimeField(null=True, verbose_name='retirée le')),
                ('retiree_par', models.UUIDField(null=True)),
                ('motif', models.CharField(blank=True, max_length=300)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'contribution',
            },
        ),
        migrations.CreateModel(
            name='Drapeau',
            fields=[
                ('code', models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ('equipes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('du', models.DateTimeField()),
                ('au', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'drapeau',
            },
        ),
        migrations.CreateModel(
            name='Resume',
            fields=[
                ('personne', models.UUIDField(primary_key=True, serialize=False)),
                ('envoye_le', models.DateTimeField(verbose_name='envoyé le')),
            ],
            options={
                'db_table': 'resume_espaces',
            },
        ),
        migrations.CreateModel(
            name='Annonce',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('titre', models.CharField(max_length=120)),
                ('corps', models.TextField()),
                ('html', models.TextField()),
                ('auteur', models.UUIDField()),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('cibles', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('acces', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('accuse', models.BooleanField(default=False, verbose_name='« J’ai lu » demandé')),
                ('du', models.DateTimeField()),
                ('au', models.DateTimeField()),
                ('lire_avant', models.DateField(null=True)),
                ('envoyee_le', models.DateTimeField(null=True, verbose_name='envoyée le')),
                ('rappelee_le', models.DateTimeField(null=True, verbose_name='rappelée le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'annonce',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cibles', []), _negated=True), ('acces__contains', models.F('cibles')), ('au__gt', models.F('du'))), name='annonce_forme'), models.CheckConstraint(condition=models.Q(models.Q(('envoyee_le', None), ('lire_avant', None), ('rappelee_le', None)), models.Q(('accuse', True), ('lire_avant__isnull', False)), _connector='OR'), name='annonce_importante')],
            },
        ),
        migrations.CreateModel(
            name='Cohorte',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('nom', models.CharField(max_length=80)),
                ('places', models.SmallIntegerField()),
                ('reponse_avant', models.DateField(verbose_name='réponse avant le')),
                ('clos_le', models.DateTimeField(null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'cohorte',
                'constraints': [models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='cohorte_places')],
            },
        ),
        migrations.CreateModel(
            name='Espace',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('nom', models.CharField(max_length=80)),
                ('phrase', models.CharField(max_length=200)),
                ('nature', models.CharField(max_length=10)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('equipe', models.TextField(verbose_name='équipe propriétaire')),
                ('ouvert_le', models.DateTimeField()),
                ('ferme_le', models.DateTimeField(null=True, verbose_name='fermé le')),
                ('efface_le', models.DateTimeField(null=True, verbose_name='effacé le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'espace',
                'constraints': [models.CheckConstraint(condition=models.Q(('nature__in', ['NATIONAL', 'TERRITOIRE', 'PROJET', 'COHORTE']), ('equipe__regex', '^(role|terr|guichet|liste):|^pro$'), models.Q(models.Q(('nature', 'TERRITOIRE'), models.Q(('territoire', ''), _negated=True)), models.Q(('nature', 'TERRITOIRE'), _negated=True), _connector='OR')), name='espace_forme'), models.CheckConstraint(condition=models.Q(('efface_le', None), models.Q(('efface_le__gt', models.F('ferme_le')), ('ferme_le__isnull', False)), _connector='OR'), name='espace_ferme_puis_efface')],
            },
        ),
        migrations.CreateModel(
            name='FichierEspace',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('dossier', models.CharField(blank=True, max_length=60)),
                ('nom', models.CharField(blank=True, max_length=120)),
                ('brouillon', models.UUIDField(null=True, verbose_name='proposé pour le site')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('espace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fichiers', to='collaboratif.espace')),
            ],
            options={
                'db_table': 'fichier_espace',
            },
        ),
        migrations.CreateModel(
            name='FluxCalendrier',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('empreinte', models.BinaryField(max_length=32, unique=True)),
                ('couches', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10))),
                ('cree_le', models.DateTimeField(verbose_name='créé le')),
                ('revoque_le', models.DateTimeField(null=True, verbose_name='révoqué le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'flux_calendrier',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoque_le', None)), fields=('compte',), name='flux_calendrier_un_par_compte')],
            },
        ),
        migrations.CreateModel(
            name='LectureAnnonce',
            fields=[
                ('pk', models.CompositePrimaryKey('annonce', 'compte', blank=True, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('annonce', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lectures', to='collaboratif.annonce')),
            ],
            options={
                'db_table': 'lecture_annonce',
            },
        ),
        migrations.CreateModel(
            name='LienDocument',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('titre', models.CharField(blank=True, max_length=120)),
                ('url', models.CharField(blank=True, max_length=420)),
                ('auteur', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('espace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liens', to='collaboratif.espace')),
                ('fichier', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboratif.fichierespace')),
            ],
            options={
                'db_table': 'lien_document',
            },
        ),
        migrations.CreateModel(
            name='MembreListe',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('liste', models.SlugField(max_length=60)),
                ('compte', models.UUIDField()),
                ('debut', models.DateTimeField(verbose_name='début')),
                ('fin', models.DateTimeField(null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'membre_liste',
                'indexes': [models.Index(fields=['compte'], name='membre_liste_compte')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('fin', None)), fields=('liste', 'compte'), name='membre_liste_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='PhaseCohorte',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('phase', models.CharField(max_length=10)),
                ('du', models.DateTimeField()),
                ('au', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('cohorte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='collaboratif.cohorte')),
            ],
            options={
                'db_table': 'phase_cohorte',
            },
        ),
        migrations.CreateModel(
            name='MesureCohorte',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('indicateur', models.CharField(max_length=120)),
                ('attendu', models.CharField(max_length=60)),
                ('fixee_le', models.DateTimeField(verbose_name='fixée le')),
                ('releve', models.CharField(blank=True, max_length=60, verbose_name='relevé')),
                ('releve_le', models.DateTimeField(null=True, verbose_name='relevé le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mesures', to='collaboratif.phasecohorte')),
            ],
            options={
                'db_table': 'mesure_cohorte',
            },
        ),
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('titre', models.CharField(max_length=120)),
                ('intro', models.CharField(max_length=600)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('cibles', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('acces', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('questions', models.JSONField()),
                ('anonyme', models.BooleanField()),
                ('seuil', models.SmallIntegerField()),
                ('drapeau', models.SlugField(blank=True, db_index=False, max_length=60)),
                ('auteur', models.UUIDField()),
                ('du', models.DateTimeField()),
                ('au', models.DateTimeField()),
                ('clos_le', models.DateTimeField(null=True)),
                ('suites', models.TextField(blank=True)),
                ('suites_le', models.DateTimeField(null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'questionnaire',
                'constraints': [models.CheckConstraint(condition=models.Q(('au__gt', models.F('du')), ('seuil__gte', 2), models.Q(('cibles', []), _negated=True), ('acces__contains', models.F('cibles'))), name='questionnaire_forme'), models.CheckConstraint(condition=models.Q(models.Q(('suites', ''), ('suites_le', None)), models.Q(('clos_le__isnull', False), ('suites_le__isnull', False)), _connector='OR'), name='questionnaire_suites')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('pk', models.CompositePrimaryKey('questionnaire', 'compte', blank=True, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('jour', models.DateField()),
                ('avertie', models.BooleanField(default=False, verbose_name='dit ce qui a été décidé')),
                ('questionnaire', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='collaboratif.questionnaire')),
            ],
            options={
                'db_table': 'participation',
            },
        ),
        migrations.CreateModel(
            name='BrouillonReponses',
            fields=[
                ('pk', models.CompositePrimaryKey('questionnaire', 'compte', blank=True, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('contenu', models.BinaryField(verbose_name='réponses, chiffrées')),
                ('questionnaire', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboratif.questionnaire')),
            ],
            options={
                'db_table': 'brouillon_reponses',
            },
        ),
        migrations.CreateModel(
            name='RelaisAnnonce',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('phrase', models.CharField(max_length=300)),
                ('par', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('annonce', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relais', to='collaboratif.annonce')),
            ],
            options={
                'db_table': 'relais_annonce',
            },
        ),
        migrations.CreateModel(
            name='RelaisQuestionnaire',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('phrase', models.CharField(max_length=300)),
                ('par', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relais', to='collaboratif.questionnaire')),
            ],
            options={
                'db_table': 'relais_questionnaire',
            },
        ),
        migrations.CreateModel(
            name='Rencontre',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('couche', models.CharField(max_length=10)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('acces', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('titre', models.CharField(blank=True, max_length=120)),
                ('debut', models.DateTimeField(verbose_name='début')),
                ('fin', models.DateTimeField()),
                ('lieu', models.CharField(blank=True, max_length=120)),
                ('url', models.CharField(blank=True, max_length=300)),
                ('annulee_le', models.DateTimeField(null=True, verbose_name='annulée le')),
                ('motif', models.CharField(blank=True, max_length=300)),
                ('sequence', models.IntegerField(default=0)),
                ('modifiee_le', models.DateTimeField(verbose_name='modifiée le')),
                ('tenue_par', models.UUIDField()),
                ('compte_rendu', models.SlugField(blank=True, db_index=False, max_length=60)),
                ('faq', models.SlugField(blank=True, db_index=False, max_length=60)),
                ('decisions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list)),
                ('besoin', models.UUIDField(null=True, verbose_name='questionnaire auquel elle répond')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('annonce', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboratif.annonce')),
                ('espace', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rencontres', to='collaboratif.espace')),
            ],
            options={
                'db_table': 'rencontre',
            },
        ),
        migrations.CreateModel(
            name='Inscription',
            fields=[
                ('pk', models.CompositePrimaryKey('rencontre', 'compte', blank=True, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('retiree_le', models.DateTimeField(null=True, verbose_name='retirée le')),
                ('rencontre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='inscriptions', to='collaboratif.rencontre')),
            ],
            options={
                'db_table': 'inscription_rencontre',
            },
        ),
        migrations.CreateModel(
            name='ReponseEnAttente',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('contenu', models.BinaryField(verbose_name='réponses et strate, chiffrées')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attentes', to='collaboratif.questionnaire')),
            ],
            options={
                'db_table': 'reponse_en_attente',
            },
        ),
        migrations.CreateModel(
            name='ReponseQuestionnaire',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('anonyme', models.BooleanField()),
                ('compte', models.UUIDField(null=True)),
                ('strate', models.CharField(blank=True, max_length=30)),
                ('valeurs', models.JSONField()),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reponses', to='collaboratif.questionnaire')),
            ],
            options={
                'db_table': 'reponse_questionnaire',
            },
        ),
        migrations.CreateModel(
            name='SignalementContribution',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('motif', models.CharField(max_length=300)),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signalements', to='collaboratif.contribution')),
            ],
            options={
                'db_table': 'signalement_contribution',
            },
        ),
        migrations.CreateModel(
            name='Sujet',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('genre', models.CharField(max_length=10)),
                ('titre', models.CharField(blank=True, max_length=120)),
                ('auteur', models.UUIDField()),
                ('cree_le', models.DateTimeField(verbose_name='créé le')),
                ('activite_le', models.DateTimeField(verbose_name='dernière activité')),
                ('acceptee_par', models.UUIDField(null=True)),
                ('acceptee_le', models.DateTimeField(null=True)),
                ('clos_le', models.DateTimeField(null=True)),
                ('relance_le', models.DateTimeField(null=True)),
                ('brouillon', models.UUIDField(null=True, verbose_name='proposé pour le site')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('acceptee', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboratif.contribution')),
                ('espace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sujets', to='collaboratif.espace')),
            ],
            options={
                'db_table': 'sujet',
            },
        ),
        migrations.AddField(
            model_name='rencontre',
            name='questions',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboratif.sujet'),
        ),
        migrations.CreateModel(
            name='LectureSujet',
            fields=[
                ('pk', models.CompositePrimaryKey('compte', 'sujet', blank=True, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('jusqu_a', models.DateTimeField(verbose_name='jusqu’à')),
                ('sujet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboratif.sujet')),
            ],
            options={
                'db_table': 'lecture_sujet',
            },
        ),
        migrations.AddField(
            model_name='contribution',
            name='sujet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='collaboratif.sujet'),
        ),
        migrations.CreateModel(
            name='Veille',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('niveau', models.CharField(max_length=6)),
                ('espace', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collaboratif.espace')),
            ],
            options={
                'db_table': 'veille',
            },
        ),
        migrations.CreateModel(
            name='VersionContribution',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('corps', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('remplacee_le', models.DateTimeField(verbose_name='remplacée le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='collaboratif.contribution')),
            ],
            options={
                'db_table': 'version_contribution',
            },
        ),
        migrations.CreateModel(
            name='VersionFichier',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('numero', models.SmallIntegerField(verbose_name='numéro')),
                ('origine', models.CharField(max_length=8)),
                ('document', models.UUIDField(null=True)),
                ('corps', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('auteur', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('fichier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='collaboratif.fichierespace')),
            ],
            options={
                'db_table': 'version_fichier',
            },
        ),
        migrations.CreateModel(
            name='AvisVersion',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('nature', models.CharField(max_length=8)),
                ('texte', models.CharField(blank=True, max_length=300)),
                ('auteur', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='avis', to='collaboratif.versionfichier')),
            ],
            options={
                'db_table': 'avis_version',
            },
        ),
        migrations.CreateModel(
            name='Candidature',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10))),
                ('jours', models.CharField(blank=True, max_length=120)),
                ('etat', models.CharField(max_length=16, verbose_name='état')),
                ('motif', models.CharField(blank=True, max_length=300)),
                ('deposee_le', models.DateTimeField(verbose_name='déposée le')),
                ('decideur', models.UUIDField(null=True)),
                ('decidee_le', models.DateTimeField(null=True, verbose_name='décidée le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('cohorte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidatures', to='collaboratif.cohorte')),
            ],
            options={
                'db_table': 'candidature',
                'constraints': [models.UniqueConstraint(fields=('cohorte', 'compte'), name='candidature_une_par_compte'), models.CheckConstraint(condition=models.Q(('etat__in', ['DEPOSEE', 'RETENUE', 'LISTE_D_ATTENTE', 'DECLINEE', 'RETIREE']), ('parts__contained_by', ['ATELIERS', 'POC', 'RECETTE']), models.Q(('parts', []), _negated=True), models.Q(models.Q(('etat', 'DECLINEE'), _negated=True), models.Q(('motif', ''), _negated=True), _connector='OR')), name='candidature_forme')],
            },
        ),
        migrations.CreateModel(
            name='AccesEspace',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('equipe', models.TextField(verbose_name='équipe')),
                ('droit', models.CharField(max_length=10)),
                ('debut', models.DateTimeField(verbose_name='début')),
                ('fin', models.DateTimeField(null=True)),
                ('par', models.UUIDField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('espace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acces', to='collaboratif.espace')),
            ],
            options={
                'db_table': 'acces_espace',
                'indexes': [models.Index(fields=['equipe'], name='acces_espace_equipe')],
                'constraints': [models.CheckConstraint(condition=models.Q(('droit__in', ['LIRE', 'CONTRIBUER', 'ANIMER']), ('equipe__regex', '^(role|terr|guichet|liste):|^pro$'), models.Q(('fin', None), ('fin__gte', models.F('debut')), _connector='OR')), name='acces_espace_forme'), models.UniqueConstraint(condition=models.Q(('fin', None)), fields=('espace', 'equipe'), name='acces_espace_un_par_equipe')],
            },
        ),
        migrations.AddConstraint(
            model_name='phasecohorte',
            constraint=models.UniqueConstraint(fields=('cohorte', 'phase'), name='phase_cohorte_une_fois'),
        ),
        migrations.AddConstraint(
            model_name='phasecohorte',
            constraint=models.CheckConstraint(condition=models.Q(('au__gt', models.F('du')), ('phase__in', ['CADRAGE', 'SOURCING', 'POC', 'CHOIX', 'PILOTE', 'GENERAL'])), name='phase_cohorte_forme'),
        ),
        migrations.AddConstraint(
            model_name='mesurecohorte',
            constraint=models.UniqueConstraint(fields=('phase', 'indicateur'), name='mesure_cohorte_une_par_indicateur'),
        ),
        migrations.AddConstraint(
            model_name='mesurecohorte',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('releve', ''), ('releve_le', None)), models.Q(models.Q(('releve', ''), _negated=True), ('releve_le__isnull', False)), _connector='OR'), name='mesure_cohorte_relevee'),
        ),
        migrations.AddConstraint(
            model_name='relaisannonce',
            constraint=models.UniqueConstraint(fields=('annonce', 'territoire', 'guichet'), name='relais_annonce_un_par_lieu'),
        ),
        migrations.AddConstraint(
            model_name='relaisquestionnaire',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'territoire', 'guichet'), name='relais_questionnaire_un_par_lieu'),
        ),
        migrations.AddConstraint(
            model_name='reponsequestionnaire',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('anonyme', True), ('compte', None)), models.Q(('anonyme', False), ('compte__isnull', False)), _connector='OR'), name='reponse_questionnaire_anonyme'),
        ),
        migrations.AddConstraint(
            model_name='reponsequestionnaire',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'compte'), name='reponse_questionnaire_une_par_compte'),
        ),
        migrations.AddConstraint(
            model_name='signalementcontribution',
            constraint=models.UniqueConstraint(fields=('contribution', 'compte'), name='signalement_contribution_un'),
        ),
        migrations.AddIndex(
            model_name='sujet',
            index=models.Index(fields=['espace', '-activite_le'], name='sujet_recents'),
        ),
        migrations.AddConstraint(
            model_name='sujet',
            constraint=models.CheckConstraint(condition=models.Q(('genre__in', ['QUESTION', 'DISCUSSION']), models.Q(models.Q(('acceptee', None), ('acceptee_le', None), ('acceptee_par', None)), models.Q(('acceptee__isnull', False), ('acceptee_le__isnull', False), ('acceptee_par__isnull', False), ('genre', 'QUESTION')), _connector='OR')), name='sujet_forme'),
        ),
        migrations.AddIndex(
            model_name='rencontre',
            index=models.Index(fields=['debut'], name='rencontre_debut'),
        ),
        migrations.AddConstraint(
            model_name='rencontre',
            constraint=models.CheckConstraint(condition=models.Q(('fin__gt', models.F('debut')), models.Q(('acces', []), _negated=True), models.Q(models.Q(('couche', 'NATIONALE'), ('espace', None), ('territoire', '')), models.Q(('couche', 'TERRITOIRE'), ('espace', None), models.Q(('territoire', ''), _negated=True)), models.Q(('couche', 'ESPACE'), ('espace__isnull', False), ('territoire', '')), _connector='OR')), name='rencontre_forme'),
        ),
        migrations.AddConstraint(
            model_name='rencontre',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annulee_le', None), ('motif', '')), models.Q(('annulee_le__isnull', False), models.Q(('motif', ''), _negated=True)), _connector='OR'), name='rencontre_annulee'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['sujet', 'cree_le'], name='contribution_du_sujet'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(condition=models.Q(('ouvre', True)), fields=('sujet',), name='contribution_ouvre_une'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('motif', ''), ('retiree_le', None), ('retiree_par', None)), models.Q(('retiree_le__isnull', False), ('retiree_par__isnull', False), models.Q(('motif', ''), _negated=True)), _connector='OR'), name='contribution_retiree'),
        ),
        migrations.AddConstraint(
            model_name='veille',
            constraint=models.UniqueConstraint(fields=('compte', 'espace'), name='veille_une', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='veille',
            constraint=models.CheckConstraint(condition=models.Q(('niveau__in', ['RIEN', 'RESUME', 'TOUT'])), name='veille_niveau'),
        ),
        migrations.AddConstraint(
            model_name='versionfichier',
            constraint=models.UniqueConstraint(fields=('fichier', 'numero'), name='version_fichier_numero'),
        ),
        migrations.AddConstraint(
            model_name='versionfichier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corps', ''), ('document__isnull', False), ('origine', 'FICHIER')), ('origine', 'FIGE'), _connector='OR'), name='version_fichier_origine'),
        ),
        migrations.AddConstraint(
            model_name='avisversion',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['REMARQUE', 'RELU'])), name='avis_version_nature'),
        ),
        migrations.AddConstraint(
            model_name='avisversion',
            constraint=models.UniqueConstraint(condition=models.Q(('nature', 'RELU')), fields=('version', 'auteur'), name='avis_version_relu_une_fois'),
        ),
    ]
