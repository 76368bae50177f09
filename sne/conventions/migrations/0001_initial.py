"""The tables of conventions, as its models say them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('habilitations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Convention',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('editeur', models.CharField(max_length=70, verbose_name='éditeur')),
                ('organisme', models.CharField(max_length=20)),
                ('environnement', models.CharField(max_length=5)),
                ('ouverte_par', models.UUIDField()),
                ('ouverte_le', models.DateTimeField()),
                ('adresse_verifiee_le', models.DateTimeField(null=True)),
                ('conforme_le', models.DateField(null=True)),
                ('signee_le', models.DateField(null=True)),
                ('attestation', models.CharField(default='JOINTE', max_length=11)),
                ('reponse_vide', models.CharField(default='ENVELOPPE', max_length=9)),
                ('format_liste', models.CharField(default='UNE_RACINE', max_length=17)),
                ('anteriorite', models.CharField(default='DEMANDER', max_length=8)),
                ('preuve_gardee', models.BooleanField(default=False)),
                ('piece_vue', models.BooleanField(default=False)),
                ('compte', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='convention', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'convention',
                'constraints': [models.CheckConstraint(condition=models.Q(('environnement__in', ['ecole', 'prod']), ('attestation__in', ['JOINTE', 'SUR_DEMANDE']), ('reponse_vide__in', ['ENVELOPPE', 'OMISE']), ('format_liste__in', ['UNE_RACINE', 'PLUSIEURS_RACINES']), ('anteriorite__in', ['DEMANDER', 'REFUSER'])), name='convention_codes'), models.CheckConstraint(condition=models.Q(models.Q(('editeur', ''), _negated=True), models.Q(('organisme', ''), _negated=True), models.Q(('signee_le', None), ('conforme_le__isnull', False), _connector='OR')), name='convention_dans_l_ordre')],
            },
        ),
        migrations.CreateModel(
            name='PorteeOuverte',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('portee', models.CharField(max_length=20, verbose_name='portée')),
                ('ouverte_par', models.UUIDField()),
                ('ouverte_le', models.DateTimeField()),
                ('fermee_par', models.UUIDField(null=True)),
                ('fermee_le', models.DateTimeField(null=True)),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='portees', to='conventions.convention')),
            ],
            options={
                'db_table': 'portee_ouverte',
                'constraints': [models.CheckConstraint(condition=models.Q(('portee__in', ['recherche', 'demandes:lire', 'demandes:ecrire', 'demandes:radier', 'evenements:ecrire', 'decisions:ecrire', 'attributions:ecrire', 'dalo:lire', 'dalo:ecrire', 'sante:lire', 'sante:ecrire', 'pieces:lire', 'pieces:ecrire', 'drm:lire', 'flux:lire', 'imports:ecrire'])), name='portee_ouverte_connue'), models.CheckConstraint(condition=models.Q(models.Q(('fermee_le', None), ('fermee_par', None)), models.Q(('fermee_le__isnull', False), ('fermee_par__isnull', False)), _connector='OR'), name='portee_ouverte_fin'), models.UniqueConstraint(condition=models.Q(('fermee_le', None)), fields=('convention', 'portee'), name='portee_ouverte_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='Arret',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('motif', models.CharField(max_length=300)),
                ('pose_par', models.UUIDField()),
                ('pose_le', models.DateTimeField()),
                ('leve_par', models.UUIDField(null=True)),
                ('leve_le', models.DateTimeField(null=True)),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='arrets', to='conventions.convention')),
            ],
            options={
                'db_table': 'arret_convention',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('motif', ''), _negated=True), models.Q(models.Q(('leve_le', None), ('leve_par', None)), models.Q(('leve_le__isnull', False), ('leve_par__isnull', False)), _connector='OR')), name='arret_convention_motive'), models.UniqueConstraint(condition=models.Q(('leve_le', None)), fields=('convention', 'territoire'), name='arret_convention_en_cours')],
            },
        ),
        migrations.CreateModel(
            name='Cle',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('prefixe', models.CharField(max_length=8, unique=True, verbose_name='préfixe')),
                ('empreinte', models.BinaryField(unique=True)),
                ('portees', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20))),
                ('creee_par', models.UUIDField()),
                ('creee_le', models.DateTimeField()),
                ('fin', models.DateField()),
                ('avis_jours', models.PositiveSmallIntegerField(null=True)),
                ('utilisee_le', models.DateField(null=True, verbose_name='dernier jour d’utilisation')),
                ('revoquee_par', models.UUIDField(null=True)),
                ('revoquee_le', models.DateTimeField(null=True)),
                ('convention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cles', to='conventions.convention')),
            ],
            options={
                'db_table': 'cle_convention',
                'indexes': [models.Index(condition=models.Q(('revoquee_le', None)), fields=['fin'], name='cle_convention_a_echoir')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoquee_le', None), ('revoquee_par', None)), models.Q(('revoquee_le__isnull', False), ('revoquee_par__isnull', False)), _connector='OR'), name='cle_convention_fin')],
            },
        ),
        migrations.CreateModel(
            name='Certificat',
            fields=[
                ('auteur', models.UUIDField()),
                ('personne_auteur', models.UUIDField(editable=False, null=True)),
                ('personne_decideur', models.UUIDField(editable=False, null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decideur', models.UUIDField(null=True)),
                ('decide_par', models.JSONField(null=True, verbose_name='décideur, tel qu’il était')),
                ('clos_le', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('empreinte', models.BinaryField()),
                ('libelle', models.CharField(blank=True, max_length=200, verbose_name='libellé')),
                ('debut', models.DateField()),
                ('fin', models.DateField()),
                ('propose_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('issue', models.CharField(blank=True, max_length=8)),
                ('revoque_par', models.UUIDField(null=True)),
                ('revoque_le', models.DateTimeField(null=True)),
                ('convention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificats', to='conventions.convention')),
            ],
            options={
                'db_table': 'certificat_convention',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoque_le', None), models.Q(('issue', 'REFUSE'), _negated=True)), fields=('empreinte',), name='certificat_convention_une_fois'), models.CheckConstraint(condition=models.Q(('fin__gt', models.F('debut'))), name='certificat_convention_periode'), models.CheckConstraint(condition=models.Q(models.Q(('clos_le', None), ('decide_par__isnull', True), ('decideur', None), ('issue', ''), ('revoque_le', None)), models.Q(('clos_le__isnull', False), ('decide_par__isnull', False), ('decideur__isnull', False), ('issue__in', ['CONFIRME', 'REFUSE'])), _connector='OR'), name='certificat_convention_issue'), models.CheckConstraint(condition=models.Q(('personne_auteur', models.F('personne_decideur')), _negated=True), name='certificat_convention_deux_personnes')],
            },
        ),
        migrations.CreateModel(
            name='Cadence',
            fields=[
                ('pk', models.CompositePrimaryKey('convention_id', 'groupe', blank=True, editable=False, primary_key=True, serialize=False)),
                ('groupe', models.CharField(max_length=9)),
                ('plein_le', models.DateTimeField()),
                ('par_minute', models.PositiveIntegerField(null=True)),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cadences', to='conventions.convention')),
            ],
            options={
                'db_table': 'cadence_convention',
                'constraints': [models.CheckConstraint(condition=models.Q(('groupe__in', ['LECTURE', 'ECRITURE', 'RECHERCHE', 'DOCUMENT', 'FLUX']), models.Q(('par_minute', None), ('par_minute__gte', 1), _connector='OR')), name='cadence_convention_codes')],
            },
        ),
        migrations.CreateModel(
            name='Appel',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cle', models.UUIDField(null=True, verbose_name='clé')),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('agent', models.CharField(blank=True, max_length=64)),
                ('operation', models.CharField(max_length=100, verbose_name='opération')),
                ('statut', models.PositiveSmallIntegerField()),
                ('duree_ms', models.PositiveIntegerField(verbose_name='durée (ms)')),
                ('correlation', models.UUIDField(null=True)),
                ('survenu_le', models.DateTimeField()),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='appels', to='conventions.convention')),
            ],
            options={
                'db_table': 'appel_convention',
                'indexes': [models.Index(fields=['convention', '-survenu_le'], name='appel_convention_derniers'), models.Index(fields=['survenu_le'], name='appel_convention_anciens')],
            },
        ),
        migrations.CreateModel(
            name='Echange',
            fields=[
                ('pk', models.CompositePrimaryKey('territoire', 'demande', 'convention_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('demande', models.UUIDField()),
                ('reference', models.CharField(blank=True, max_length=50, verbose_name='référence de l’éditeur')),
                ('revision_emise', models.PositiveIntegerField(null=True)),
                ('emise_le', models.DateTimeField(null=True)),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='echanges', to='conventions.convention')),
            ],
            options={
                'db_table': 'echange_convention',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('emise_le', None), ('revision_emise', None)), models.Q(('emise_le__isnull', False), ('revision_emise__isnull', False)), _connector='OR'), name='echange_convention_emission')],
            },
        ),
        migrations.CreateModel(
            name='ReponseGardee',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('empreinte', models.BinaryField()),
                ('statut', models.PositiveSmallIntegerField()),
                ('contenu', models.BinaryField()),
                ('gardee_le', models.DateTimeField()),
                ('convention', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conventions.convention')),
            ],
            options={
                'db_table': 'reponse_gardee',
                'indexes': [models.Index(fields=['gardee_le'], name='reponse_gardee_ancienne')],
            },
        ),
    ]
