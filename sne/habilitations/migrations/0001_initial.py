"""The tables of habilitations, as its models say them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Compte',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('courriel', models.EmailField(max_length=254, unique=True, verbose_name='adresse électronique')),
                ('prenom', models.CharField(max_length=80, verbose_name='prénom')),
                ('nom', models.CharField(max_length=80, verbose_name='nom')),
                ('actif', models.BooleanField(default=True)),
                ('cree_le', models.DateTimeField()),
                ('derniere_utilisation', models.DateTimeField(null=True)),
                ('sessions_closes_le', models.DateTimeField(null=True)),
                ('mot_de_passe_provisoire', models.BooleanField(default=False)),
                ('proconnect', models.BinaryField(null=True, unique=True)),
                ('logiciel', models.BooleanField(default=False)),
                ('titulaire', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'compte',
                'constraints': [models.CheckConstraint(condition=models.Q(('courriel', django.db.models.functions.text.Lower('courriel'))), name='compte_courriel_en_minuscules'), models.CheckConstraint(condition=models.Q(models.Q(('courriel', ''), _negated=True), models.Q(('nom', ''), _negated=True), models.Q(('prenom', ''), _negated=True)), name='compte_nomme'), models.CheckConstraint(condition=models.Q(('logiciel', False), models.Q(('password__startswith', '!'), ('proconnect', None), ('titulaire', None)), _connector='OR'), name='compte_logiciel_ferme')],
            },
        ),
        migrations.CreateModel(
            name='Habilitation',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('zone', models.CharField(blank=True, max_length=3, verbose_name='département ou région')),
                ('role', models.CharField(max_length=30, verbose_name='rôle')),
                ('debut', models.DateField(verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='premier jour sans habilitation')),
                ('accordee_par', models.UUIDField()),
                ('accordee_le', models.DateTimeField()),
                ('retiree_par', models.UUIDField(null=True)),
                ('retiree_le', models.DateTimeField(null=True)),
                ('motif_retrait', models.CharField(blank=True, max_length=20)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='habilitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'habilitation',
                'indexes': [models.Index(fields=['compte', 'debut'], name='habilitation_du_compte'), models.Index(fields=['territoire', 'guichet'], name='habilitation_du_lieu')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['AGENT_GUICHET', 'RESPONSABLE_GUICHET', 'GESTIONNAIRE_TERRITORIAL', 'SUPPORT_N1', 'EXPLOITATION_NATIONALE', 'DPO', 'AIDANT', 'COORDINATION_DEPARTEMENTALE', 'COORDINATION_REGIONALE', 'ASSOCIATION_HLM', 'UNION_HLM', 'POLE_METIER', 'SUPPORT_N2', 'EDITEUR', 'GESTIONNAIRE_FICHIERS_PARTAGES'])), name='habilitation_role'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('role__in', ['AGENT_GUICHET', 'RESPONSABLE_GUICHET', 'AIDANT', 'EDITEUR']), _negated=True), models.Q(models.Q(('territoire', ''), _negated=True), models.Q(('guichet', ''), _negated=True), ('zone', '')), _connector='OR'), models.Q(models.Q(('role__in', ['GESTIONNAIRE_TERRITORIAL', 'GESTIONNAIRE_FICHIERS_PARTAGES']), _negated=True), models.Q(models.Q(('territoire', ''), _negated=True), ('guichet', ''), ('zone', '')), _connector='OR'), models.Q(models.Q(('role__in', ['COORDINATION_DEPARTEMENTALE']), _negated=True), models.Q(models.Q(('territoire', ''), _negated=True), ('guichet', ''), models.Q(('zone', ''), _negated=True)), _connector='OR'), models.Q(models.Q(('role__in', ['COORDINATION_REGIONALE', 'ASSOCIATION_HLM']), _negated=True), models.Q(('territoire', ''), ('guichet', ''), models.Q(('zone', ''), _negated=True)), _connector='OR'), models.Q(models.Q(('role__in', ['SUPPORT_N1', 'EXPLOITATION_NATIONALE', 'DPO', 'UNION_HLM', 'POLE_METIER', 'SUPPORT_N2']), _negated=True), models.Q(('territoire', ''), ('guichet', ''), ('zone', '')), _connector='OR')), name='habilitation_perimetre'), models.CheckConstraint(condition=models.Q(('fin', None), ('fin__gte', models.F('debut')), _connector='OR'), name='habilitation_periode'), models.CheckConstraint(condition=models.Q(models.Q(('retiree_le', None), ('retiree_par', None)), models.Q(('fin__isnull', False), ('retiree_le__isnull', False), ('retiree_par__isnull', False)), _connector='OR'), name='habilitation_retrait'), models.CheckConstraint(condition=models.Q(('motif_retrait', ''), ('retiree_le__isnull', False), _connector='OR'), name='habilitation_motif_retrait'), models.UniqueConstraint(condition=models.Q(('fin', None)), fields=('territoire', 'guichet', 'zone', 'role', 'compte'), name='habilitation_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='AvisInactivite',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('depuis', models.DateField()),
                ('retrait_le', models.DateField()),
                ('avise_le', models.DateField()),
                ('habilitation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='avis', to='habilitations.habilitation')),
            ],
            options={
                'db_table': 'avis_inactivite',
                'indexes': [models.Index(fields=['territoire', 'avise_le'], name='avis_inactivite_du_jour')],
                'constraints': [models.UniqueConstraint(fields=('habilitation', 'depuis'), name='avis_inactivite_une_fois'), models.CheckConstraint(condition=models.Q(('depuis__lt', models.F('avise_le')), ('avise_le__lt', models.F('retrait_le'))), name='avis_inactivite_dans_l_ordre')],
            },
        ),
        migrations.CreateModel(
            name='CampagneRevue',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('modele', models.CharField(max_length=20)),
                ('ouverte_par', models.UUIDField()),
                ('ouverte_le', models.DateTimeField()),
                ('limite', models.DateField()),
                ('close_le', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'campagne_revue',
                'constraints': [models.CheckConstraint(condition=models.Q(('modele__in', ['TRIMESTRIELLE', 'NATIONALE_2024'])), name='campagne_revue_modele'), models.UniqueConstraint(condition=models.Q(('close_le', None)), fields=('territoire', 'guichet', 'modele'), name='campagne_revue_en_cours')],
            },
        ),
        migrations.CreateModel(
            name='Carence',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('genre', models.CharField(max_length=20)),
                ('constatee_le', models.DateTimeField()),
                ('comblee_le', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'carence',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('genre', 'SANS_GESTIONNAIRE'), ('guichet', '')), models.Q(('genre__in', ['SANS_RESPONSABLE', 'SANS_PERSONNE']), models.Q(('guichet', ''), _negated=True)), _connector='OR'), name='carence_genre'), models.CheckConstraint(condition=models.Q(('comblee_le', None), ('comblee_le__gte', models.F('constatee_le')), _connector='OR'), name='carence_dans_l_ordre'), models.UniqueConstraint(condition=models.Q(('comblee_le', None)), fields=('territoire', 'guichet', 'genre'), name='carence_ouverte_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='Depart',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('effet', models.DateField()),
                ('motif', models.CharField(max_length=20)),
                ('precision', models.CharField(blank=True, max_length=200, verbose_name='précision')),
                ('prononce_par', models.UUIDField()),
                ('prononce_le', models.DateTimeField()),
                ('execute_le', models.DateTimeField(null=True)),
                ('compte', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='departs', to=settings.AUTH_USER_MODEL)),
                ('successeur', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'depart',
                'indexes': [models.Index(fields=['territoire', 'compte'], name='depart_du_compte'), models.Index(condition=models.Q(('execute_le', None)), fields=['effet'], name='depart_a_executer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('motif__in', ['FIN_DE_CONTRAT', 'MUTATION', 'RETRAITE', 'AUTRE']), models.Q(models.Q(('motif', 'AUTRE'), _negated=True), models.Q(('precision', ''), _negated=True), _connector='OR')), name='depart_motif'), models.CheckConstraint(condition=models.Q(models.Q(('prononce_par', models.F('compte')), _negated=True), models.Q(('successeur', None), models.Q(('successeur', models.F('compte')), _negated=True), _connector='OR')), name='depart_autre_personne')],
            },
        ),
        migrations.CreateModel(
            name='LigneRevue',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('derniere_utilisation', models.DateField(null=True)),
                ('jamais', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list)),
                ('campagne', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lignes', to='habilitations.campagnerevue')),
                ('habilitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='habilitations.habilitation')),
            ],
            options={
                'db_table': 'ligne_revue',
                'constraints': [models.UniqueConstraint(fields=('campagne', 'habilitation'), name='ligne_revue_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='ReponseRevue',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('reponse', models.CharField(max_length=10)),
                ('motif', models.CharField(blank=True, max_length=200)),
                ('auteur', models.UUIDField()),
                ('auteur_nom', models.CharField(max_length=161)),
                ('survenu_le', models.DateTimeField()),
                ('personne_auteur', models.UUIDField(editable=False, null=True)),
                ('personne_revue', models.UUIDField(editable=False, null=True)),
                ('ligne', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reponses', to='habilitations.lignerevue')),
            ],
            options={
                'db_table': 'reponse_revue',
                'constraints': [models.CheckConstraint(condition=models.Q(('reponse', 'CONSERVER'), models.Q(('reponse__in', ['REDUIRE', 'RETIRER']), models.Q(('motif', ''), _negated=True)), _connector='OR'), name='reponse_revue_motivee'), models.CheckConstraint(condition=models.Q(('personne_auteur', models.F('personne_revue')), _negated=True), name='reponse_revue_deux_personnes')],
            },
        ),
        migrations.CreateModel(
            name='Reduction',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('permission', models.CharField(max_length=30)),
                ('retiree_par', models.UUIDField()),
                ('retiree_le', models.DateTimeField()),
                ('habilitation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reductions', to='habilitations.habilitation')),
                ('reponse', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='habilitations.reponserevue')),
            ],
            options={
                'db_table': 'reduction',
                'constraints': [models.UniqueConstraint(fields=('habilitation', 'permission'), name='reduction_une_fois'), models.CheckConstraint(condition=models.Q(('permission', ''), _negated=True), name='reduction_permission')],
            },
        ),
        migrations.CreateModel(
            name='ReleveUsages',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('scellement', models.BigIntegerField(default=0)),
            ],
            options={
                'db_table': 'releve_usages',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='releve_usages_unique')],
            },
        ),
        migrations.CreateModel(
            name='RythmeRevue',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('actif', models.BooleanField()),
                ('mois', models.SmallIntegerField()),
                ('premiere', models.DateField()),
                ('auteur', models.UUIDField()),
                ('auteur_nom', models.CharField(max_length=161)),
                ('survenu_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'rythme_revue',
                'indexes': [models.Index(fields=['territoire', '-survenu_le', '-id'], name='rythme_revue_actuel')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('territoire', ''), _negated=True), ('mois__gte', 1)), name='rythme_revue_regle')],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('suspendue_le', models.DateTimeField()),
                ('expire_le', models.DateField()),
                ('levee_le', models.DateTimeField(null=True)),
                ('levee_par', models.UUIDField(null=True)),
                ('issue', models.CharField(blank=True, max_length=10)),
                ('habilitation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='habilitations.habilitation')),
                ('ligne', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='suspension', to='habilitations.lignerevue')),
            ],
            options={
                'db_table': 'suspension',
                'indexes': [models.Index(fields=['habilitation'], name='suspension_de_l_habilitation')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('levee_le', None)), fields=('habilitation',), name='suspension_en_cours'), models.CheckConstraint(condition=models.Q(models.Q(('issue', ''), ('levee_le', None), ('levee_par', None)), models.Q(('issue__in', ['RETABLIE', 'RETIREE']), ('levee_le__isnull', False), ('levee_par__isnull', False)), _connector='OR'), name='suspension_issue')],
            },
        ),
        migrations.CreateModel(
            name='UsageDroit',
            fields=[
                ('pk', models.CompositePrimaryKey('territoire', 'compte', 'role', 'guichet', 'verbe', blank=True, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('compte', models.UUIDField()),
                ('role', models.CharField(max_length=30)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('verbe', models.CharField(max_length=30)),
                ('dernier_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'usage_droit',
                'indexes': [models.Index(fields=['compte'], name='usage_droit_du_compte')],
            },
        ),
    ]
