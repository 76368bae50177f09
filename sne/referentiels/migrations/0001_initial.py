"""The tables of referentiels, as its models say them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Chargement',
            fields=[
                ('jeu', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('empreinte', models.CharField(max_length=64)),
                ('charge_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'chargement',
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=100)),
            ],
            options={
                'db_table': 'region',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='region_periode')],
            },
        ),
        migrations.CreateModel(
            name='Territoire',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=100)),
                ('echelon', models.CharField(choices=[('DEPARTEMENTAL', 'DEPARTEMENTAL'), ('REGIONAL', 'REGIONAL')], max_length=13)),
                ('fuseau', models.CharField(db_default='Europe/Paris', max_length=40, verbose_name='fuseau horaire')),
            ],
            options={
                'db_table': 'territoire',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='territoire_periode'), models.CheckConstraint(condition=models.Q(('code__regex', '^([0-9]{3}|02[AB])$')), name='territoire_code_a_trois_signes')],
            },
        ),
        migrations.CreateModel(
            name='Departement',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=100)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='referentiels.region')),
                ('territoire', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='departements', to='referentiels.territoire')),
            ],
            options={
                'db_table': 'departement',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='departement_periode')],
            },
        ),
        migrations.CreateModel(
            name='Epci',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name='SIREN')),
                ('nom', models.CharField(max_length=200)),
                ('nature', models.CharField(max_length=5)),
            ],
            options={
                'db_table': 'epci',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='epci_periode')],
            },
        ),
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code INSEE')),
                ('nom', models.CharField(max_length=100)),
                ('nom_normalise', models.CharField(max_length=100)),
                ('population', models.PositiveIntegerField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrondissements', to='referentiels.commune')),
                ('departement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communes', to='referentiels.departement')),
                ('epci', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='communes', to='referentiels.epci')),
                ('ept', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='communes_ept', to='referentiels.epci')),
            ],
            options={
                'db_table': 'commune',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='commune_periode'), models.CheckConstraint(condition=models.Q(('code__startswith', models.F('departement'))), name='commune_de_son_departement')],
            },
        ),
        migrations.CreateModel(
            name='CodePostal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=5)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes_postaux', to='referentiels.commune')),
            ],
            options={
                'db_table': 'code_postal',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='codepostal_periode'), models.UniqueConstraint(fields=('code', 'commune'), name='code_postal_par_commune')],
            },
        ),
        migrations.CreateModel(
            name='CommissionMediation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('nom', models.CharField(max_length=150)),
                ('service', models.CharField(blank=True, max_length=150)),
                ('voie', models.CharField(max_length=100)),
                ('code_postal', models.CharField(max_length=5)),
                ('ville', models.CharField(max_length=100)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('telephone', models.CharField(blank=True, max_length=16, verbose_name='téléphone')),
                ('delai_anormal_mois', models.PositiveSmallIntegerField(verbose_name='délai anormalement long, en mois')),
                ('source', models.CharField(max_length=120, verbose_name='arrêté qui fixe le délai')),
                ('departement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referentiels.departement')),
            ],
            options={
                'db_table': 'commission_mediation',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='commissionmediation_periode'), models.UniqueConstraint(fields=('departement', 'debut'), name='commission_mediation_unique', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('delai_anormal_mois__range', (1, 240))), name='commission_mediation_delai')],
            },
        ),
        migrations.CreateModel(
            name='CommuneRattachee',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code INSEE')),
                ('nom', models.CharField(blank=True, max_length=100)),
                ('nom_normalise', models.CharField(blank=True, max_length=100)),
                ('nature', models.CharField(choices=[('DELEGUEE', 'DELEGUEE'), ('ASSOCIEE', 'ASSOCIEE'), ('ANCIEN_CODE', 'ANCIEN_CODE')], max_length=11)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rattachees', to='referentiels.commune')),
            ],
            options={
                'db_table': 'commune_rattachee',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='communerattachee_periode')],
            },
        ),
        migrations.CreateModel(
            name='Organisme',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('siren', models.CharField(blank=True, max_length=9)),
                ('nom', models.CharField(max_length=150)),
                ('type_organisme', models.CharField(choices=[('BAILLEUR', 'BAILLEUR'), ('COLLECTIVITE', 'COLLECTIVITE'), ('ACTION_LOGEMENT', 'ACTION_LOGEMENT'), ('ETAT', 'ETAT'), ('SIAO', 'SIAO'), ('EMPLOYEUR', 'EMPLOYEUR'), ('ASSOCIATION', 'ASSOCIATION'), ('MANDATAIRE_COMMUN', 'MANDATAIRE_COMMUN'), ('PGP', 'PGP')], max_length=20, verbose_name='type')),
                ('categorie', models.CharField(choices=[('OPH', 'OPH'), ('ESH', 'ESH'), ('COOP_HLM', 'COOP_HLM'), ('SEM', 'SEM'), ('SEM_DOM', 'SEM_DOM'), ('MOI', 'MOI'), ('COMMUNE', 'COMMUNE'), ('CCAS', 'CCAS'), ('EPCI', 'EPCI'), ('EPT', 'EPT'), ('DEPARTEMENT', 'DEPARTEMENT'), ('DDT', 'DDT'), ('DDETS', 'DDETS'), ('DRIHL', 'DRIHL'), ('PREFECTURE', 'PREFECTURE'), ('SERVICE_SOCIAL_ADMINISTRATION', 'SERVICE_SOCIAL_ADMINISTRATION'), ('ACTION_LOGEMENT', 'ACTION_LOGEMENT'), ('SIAO', 'SIAO'), ('EMPLOYEUR', 'EMPLOYEUR'), ('ASSOCIATION', 'ASSOCIATION'), ('MANDATAIRE_COMMUN', 'MANDATAIRE_COMMUN'), ('PGP', 'PGP')], max_length=30, verbose_name='catégorie')),
            ],
            options={
                'db_table': 'organisme',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='organisme_periode'), models.CheckConstraint(condition=models.Q(models.Q(('categorie__in', ['OPH', 'ESH', 'COOP_HLM', 'SEM', 'SEM_DOM', 'MOI']), ('type_organisme', 'BAILLEUR')), models.Q(('categorie__in', ['COMMUNE', 'CCAS', 'EPCI', 'EPT', 'DEPARTEMENT']), ('type_organisme', 'COLLECTIVITE')), models.Q(('categorie__in', ['DDT', 'DDETS', 'DRIHL', 'PREFECTURE', 'SERVICE_SOCIAL_ADMINISTRATION']), ('type_organisme', 'ETAT')), models.Q(('categorie__in', ['ACTION_LOGEMENT']), ('type_organisme', 'ACTION_LOGEMENT')), models.Q(('categorie__in', ['SIAO']), ('type_organisme', 'SIAO')), models.Q(('categorie__in', ['EMPLOYEUR']), ('type_organisme', 'EMPLOYEUR')), models.Q(('categorie__in', ['ASSOCIATION']), ('type_organisme', 'ASSOCIATION')), models.Q(('categorie__in', ['MANDATAIRE_COMMUN']), ('type_organisme', 'MANDATAIRE_COMMUN')), models.Q(('categorie__in', ['PGP']), ('type_organisme', 'PGP')), _connector='OR'), name='organisme_categorie_de_son_type'), models.CheckConstraint(condition=models.Q(models.Q(('siren', ''), ('type_organisme', 'PGP')), models.Q(('code', models.F('siren')), ('siren__regex', '^[0-9]{9}$')), _connector='OR'), name='organisme_identifie_par_son_siren')],
            },
        ),
        migrations.CreateModel(
            name='Guichet',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('id', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('code', models.CharField(max_length=5)),
                ('libelle', models.CharField(max_length=150, verbose_name='libellé')),
                ('voie', models.CharField(blank=True, max_length=100)),
                ('code_postal', models.CharField(blank=True, max_length=5)),
                ('horaires', models.CharField(blank=True, max_length=200)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('telephone', models.CharField(blank=True, max_length=16, verbose_name='téléphone')),
                ('saisit_directement', models.BooleanField(default=True)),
                ('systeme_interface', models.BooleanField(default=False, verbose_name='système interfacé')),
                ('commune', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guichets', to='referentiels.commune')),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guichets', to='referentiels.organisme')),
            ],
            options={
                'db_table': 'guichet',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='guichet_periode'), models.UniqueConstraint(fields=('territoire', 'code'), name='guichet_unique'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z0-9]{5}$')), name='guichet_code_a_cinq_signes'), models.CheckConstraint(condition=models.Q(('id', django.db.models.functions.text.Concat(models.F('territoire'), models.F('code')))), name='guichet_cle_naturelle'), models.CheckConstraint(condition=models.Q(models.Q(('code', models.Value('GDPUB')), ('commune', None)), models.Q(models.Q(('code', 'GDPUB'), _negated=True), ('commune__isnull', False)), _connector='OR'), name='guichet_situe_ou_virtuel')],
            },
        ),
        migrations.CreateModel(
            name='Parametre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('code', models.CharField(max_length=40)),
                ('valeur', models.JSONField()),
                ('unite', models.CharField(max_length=20, verbose_name='unité')),
                ('libelle', models.CharField(max_length=200, verbose_name='libellé')),
                ('source', models.CharField(max_length=120)),
            ],
            options={
                'db_table': 'parametre',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='parametre_periode'), models.UniqueConstraint(fields=('code', 'debut'), name='parametre_unique', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('libelle', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='parametre_explique')],
            },
        ),
        migrations.CreateModel(
            name='Parc',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('logements', models.PositiveIntegerField()),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referentiels.commune')),
                ('organisme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referentiels.organisme')),
            ],
            options={
                'db_table': 'parc',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='parc_periode'), models.UniqueConstraint(fields=('organisme', 'commune', 'debut'), name='parc_unique', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('logements__gte', 1)), name='parc_non_vide')],
            },
        ),
        migrations.CreateModel(
            name='Pays',
            fields=[
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=100)),
                ('nom_normalise', models.CharField(max_length=100)),
            ],
            options={
                'db_table': 'pays',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='pays_periode')],
            },
        ),
        migrations.CreateModel(
            name='PublicPrioritaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('code', models.CharField(max_length=30)),
                ('lettre', models.CharField(blank=True, max_length=8)),
                ('libelle', models.CharField(max_length=150, verbose_name='libellé')),
                ('classe', models.CharField(max_length=14)),
                ('rang', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=120)),
            ],
            options={
                'db_table': 'public_prioritaire',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='publicprioritaire_periode'), models.UniqueConstraint(fields=('code', 'debut'), name='public_prioritaire_unique', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('classe__in', ['ORDINAIRE', 'TRES_PERSONNEL', 'SANTE'])), name='public_prioritaire_classe')],
            },
        ),
        migrations.CreateModel(
            name='TypeEvenement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('fictif', models.BooleanField(default=False)),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('code', models.CharField(max_length=30)),
                ('libelle', models.CharField(max_length=100, verbose_name='libellé')),
                ('publie_portail', models.BooleanField(verbose_name='publié sur le portail')),
                ('reglementaire', models.BooleanField(verbose_name='réglementaire')),
                ('par_acte', models.BooleanField(verbose_name='produit par un acte')),
                ('caracteristiques', models.JSONField(default=list, verbose_name='caractéristiques')),
                ('rang', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=120)),
            ],
            options={
                'db_table': 'type_evenement',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='typeevenement_periode'), models.UniqueConstraint(fields=('territoire', 'code', 'debut'), name='type_evenement_unique', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='TypePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('code', models.CharField(max_length=40)),
                ('niveau', models.CharField(max_length=14)),
                ('libelle', models.CharField(max_length=200, verbose_name='libellé')),
                ('exemples', models.CharField(blank=True, max_length=400)),
                ('portee', models.CharField(max_length=11, verbose_name='portée')),
                ('critere', models.CharField(max_length=20, verbose_name='critère')),
                ('valeurs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list)),
                ('rang', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=120)),
                ('natures', models.JSONField(default=list, verbose_name='justificatifs acceptés')),
                ('repondent', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('annee', models.PositiveSmallIntegerField(null=True, verbose_name='années avant celle en cours')),
                ('validite_mois', models.PositiveSmallIntegerField(null=True, verbose_name='mois de validité')),
                ('sante', models.BooleanField(default=False, verbose_name='parle de santé')),
            ],
            options={
                'db_table': 'type_de_piece',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='typepiece_periode'), models.UniqueConstraint(fields=('code', 'debut'), name='type_de_piece_unique', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('niveau__in', ['ENREGISTREMENT', 'INSTRUCTION', 'COMPLEMENT', 'ACTE', 'JAMAIS']), ('portee__in', ['DEMANDEUR', 'COTITULAIRE', 'ADULTE', 'CHARGE', 'FOYER']), ('critere__in', ['TOUJOURS', 'SUR_INDICATION', 'NATIONALITE', 'SITUATION_FAMILIALE', 'STATUT_PROFESSIONNEL', 'RESSOURCE', 'BAISSE_DE_REVENUS', 'MINEUR', 'NAISSANCE_PREVUE', 'GARDE', 'OCCUPATION', 'LOGEMENT_POSSEDE', 'MOTIF'])), name='type_de_piece_connu')],
            },
        ),
        migrations.CreateModel(
            name='Valeur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField(null=True, verbose_name='premier jour')),
                ('fin', models.DateField(null=True, verbose_name='dernier jour')),
                ('liste', models.CharField(max_length=40)),
                ('code', models.CharField(blank=True, max_length=30)),
                ('libelle', models.CharField(max_length=200)),
                ('rang', models.PositiveSmallIntegerField()),
                ('obsolete', models.BooleanField(default=False)),
                ('repli', models.CharField(blank=True, max_length=30)),
                ('source', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'db_table': 'valeur_de_liste',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='valeur_periode'), models.UniqueConstraint(fields=('liste', 'code', 'debut'), name='valeur_de_liste_unique', nulls_distinct=False)],
            },
        ),
    ]
