"""The tables of the site, as its models say them."""

import django.contrib.postgres.fields
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
            name='Page',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('adresse', models.CharField(max_length=120, unique=True)),
                ('genre', models.CharField(max_length=10)),
                ('theme', models.CharField(max_length=12, verbose_name='thème')),
                ('proprietaire', models.UUIDField(verbose_name='propriétaire')),
                ('verifier_mois', models.SmallIntegerField(verbose_name='mois avant d’être vérifiée')),
                ('ecrans', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'page_site',
                'constraints': [models.CheckConstraint(condition=models.Q(('genre__in', ['FICHE', 'FAQ', 'ACTUALITE', 'CAMPAGNE', 'CR', 'DOC', 'AFFICHE']), ('theme__in', ['enregistrer', 'identite', 'pieces', 'ressources', 'attestation', 'vie', 'priorites', 'attribution', 'pilotage', 'comptes', 'securite', 'pgp', 'egalite', 'editeurs', 'support', 'outil']), ('verifier_mois__range', (1, 24)), models.Q(('adresse', ''), _negated=True)), name='page_site_forme')],
            },
        ),
        migrations.CreateModel(
            name='LienSorti',
            fields=[
                ('adresse', models.TextField(primary_key=True, serialize=False)),
                ('echecs', models.SmallIntegerField(verbose_name='échecs de suite')),
                ('vu_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'lien_sorti',
            },
        ),
        migrations.CreateModel(
            name='AvisPage',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('numero', models.SmallIntegerField(verbose_name='numéro de la révision lue')),
                ('utile', models.BooleanField()),
                ('raison', models.CharField(blank=True, max_length=12)),
                ('texte', models.CharField(blank=True, max_length=600)),
                ('compte', models.UUIDField(null=True)),
                ('survenu_le', models.DateTimeField()),
                ('vu_le', models.DateTimeField(null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='avis', to='site_pro.page')),
            ],
            options={
                'db_table': 'avis_page',
                'constraints': [models.CheckConstraint(condition=models.Q(('utile', True), models.Q(('raison', ''), _negated=True), _connector='OR'), name='avis_page_raison')],
                'indexes': [models.Index(fields=['page', '-survenu_le'], name='avis_page_de')],
            },
        ),
        migrations.CreateModel(
            name='Redirection',
            fields=[
                ('ancienne', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='site_pro.page')),
            ],
            options={
                'db_table': 'redirection_page',
            },
        ),
        migrations.CreateModel(
            name='RevisionPage',
            fields=[
                ('auteur', models.UUIDField()),
                ('personne_auteur', models.UUIDField(editable=False, null=True)),
                ('personne_decideur', models.UUIDField(editable=False, null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decideur', models.UUIDField(null=True)),
                ('decide_par', models.JSONField(null=True, verbose_name='décideur, tel qu’il était')),
                ('clos_le', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('numero', models.SmallIntegerField(verbose_name='numéro')),
                ('titre', models.CharField(max_length=120)),
                ('reponse', models.CharField(max_length=240, verbose_name='réponse courte')),
                ('mots', models.CharField(blank=True, max_length=300, verbose_name='mots-clés')),
                ('corps', models.TextField()),
                ('html', models.TextField()),
                ('brut', models.TextField()),
                ('rendu', models.SmallIntegerField(verbose_name='version du rendu')),
                ('publics', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('acces', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ce qui change')),
                ('origine', models.CharField(blank=True, max_length=60, verbose_name='ce dont elle vient')),
                ('soumise_le', models.DateTimeField()),
                ('issue', models.CharField(blank=True, max_length=8)),
                ('motif', models.CharField(blank=True, max_length=300)),
                ('effet_le', models.DateTimeField(null=True, verbose_name='en ligne à partir de')),
                ('avis', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='site_pro.avispage')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='site_pro.page')),
            ],
            options={
                'db_table': 'revision_page',
                'constraints': [models.UniqueConstraint(fields=('page', 'numero'), name='revision_page_numero'), models.UniqueConstraint(condition=models.Q(('clos_le', None)), fields=('page',), name='revision_page_une_a_la_fois'), models.CheckConstraint(condition=models.Q(('acces', []), _negated=True), name='revision_page_a_des_cles'), models.CheckConstraint(condition=models.Q(models.Q(('clos_le', None), ('decideur', None), ('effet_le', None), ('issue', '')), models.Q(('clos_le__isnull', False), ('decideur__isnull', False), models.Q(models.Q(('effet_le__isnull', False), ('issue', 'PUBLIEE')), models.Q(('effet_le', None), ('issue', 'RENVOYEE'), models.Q(('motif', ''), _negated=True)), models.Q(('effet_le', None), ('issue', 'REPRISE')), _connector='OR')), _connector='OR'), name='revision_page_cloture'), models.CheckConstraint(condition=models.Q(models.Q(('clos_le__isnull', False), _negated=True), models.Q(('issue__in', ['REPRISE']), ('personne_auteur', models.F('personne_decideur'))), models.Q(models.Q(('issue__in', ['REPRISE']), _negated=True), models.Q(('personne_auteur', models.F('personne_decideur')), _negated=True)), _connector='OR'), name='revision_page_deux_personnes')],
            },
        ),
        migrations.CreateModel(
            name='FichierDocument',
            fields=[
                ('pk', models.CompositePrimaryKey('revision_id', 'papier', blank=True, editable=False, primary_key=True, serialize=False)),
                ('papier', models.CharField(max_length=10)),
                ('octets', models.BinaryField()),
                ('textes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('dessin', models.SmallIntegerField(verbose_name='version du dessin')),
                ('revision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='fichiers', to='site_pro.revisionpage')),
            ],
            options={
                'db_table': 'fichier_document',
            },
        ),
        migrations.CreateModel(
            name='FinPage',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('nature', models.CharField(max_length=8)),
                ('auteur', models.UUIDField()),
                ('motif', models.CharField(blank=True, max_length=300)),
                ('effet_le', models.DateTimeField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fins', to='site_pro.page')),
                ('remplacee_par', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='site_pro.page')),
            ],
            options={
                'db_table': 'fin_page',
                'indexes': [models.Index(fields=['page', '-effet_le'], name='fin_page_de')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('nature', 'RETIRER'), models.Q(('motif', ''), _negated=True)), models.Q(('nature', 'VERIFIER'), ('remplacee_par', None)), _connector='OR'), name='fin_page_nature'), models.CheckConstraint(condition=models.Q(('remplacee_par', None), models.Q(('remplacee_par', models.F('page')), _negated=True), _connector='OR'), name='fin_page_par_une_autre')],
            },
        ),
        migrations.CreateModel(
            name='BrouillonPage',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('auteur', models.UUIDField()),
                ('contenu', models.JSONField()),
                ('numero', models.IntegerField(default=1)),
                ('modifie_le', models.DateTimeField()),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='brouillons', to='site_pro.page')),
            ],
            options={
                'db_table': 'brouillon_page',
                'constraints': [models.UniqueConstraint(condition=models.Q(('page__isnull', False)), fields=('page', 'auteur'), name='brouillon_page_un_par_auteur')],
            },
        ),
    ]
