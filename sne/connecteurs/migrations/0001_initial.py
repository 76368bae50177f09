"""The tables of the connectors, as their models say them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '0001_gardes'),
    ]

    operations = [
        migrations.CreateModel(
            name='DepartementAdresses',
            fields=[
                ('departement', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('charge_le', models.DateTimeField(verbose_name='chargé le')),
                ('voies', models.PositiveIntegerField()),
                ('numeros', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'departement_adresses',
            },
        ),
        migrations.CreateModel(
            name='EtatService',
            fields=[
                ('service', models.CharField(choices=[('BAN', 'BAN'), ('ENTREPRISES', 'ENTREPRISES'), ('DRM', 'DRM')], max_length=20, primary_key=True, serialize=False)),
                ('echecs', models.PositiveIntegerField(verbose_name='échecs de suite')),
                ('suspendu_jusqua', models.DateTimeField(null=True, verbose_name='laissé en paix jusqu’à')),
                ('perturbe_depuis', models.DateTimeField(null=True, verbose_name='ne répond plus depuis')),
                ('dernier_succes', models.DateTimeField(null=True, verbose_name='dernière bonne réponse')),
                ('dernier_echec', models.DateTimeField(null=True, verbose_name='dernier échec')),
                ('dernier_motif', models.CharField(blank=True, choices=[('ETEINT', 'ETEINT'), ('LENT', 'LENT'), ('INDISPONIBLE', 'INDISPONIBLE'), ('ILLISIBLE', 'ILLISIBLE'), ('REFUSE', 'REFUSE'), ('TROP', 'TROP')], max_length=20)),
            ],
            options={
                'db_table': 'etat_service',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('echecs', 0), ('perturbe_depuis', None), ('suspendu_jusqua', None)), models.Q(('echecs__gte', 1), ('perturbe_depuis__isnull', False)), _connector='OR'), name='etat_service_perturbe_ou_non')],
            },
        ),
        migrations.CreateModel(
            name='MotAdresse',
            fields=[
                ('mot', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('sans_une', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
            ],
            options={
                'db_table': 'mot_adresse',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['mot'], name='mot_adresse_proche', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['sans_une'], name='mot_adresse_sans_une')],
            },
        ),
        migrations.CreateModel(
            name='VoieAdresse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('departement', models.CharField(max_length=3)),
                ('identifiant', models.CharField(max_length=60)),
                ('nom', models.CharField(max_length=200)),
                ('code_postal', models.CharField(max_length=5)),
                ('commune', models.CharField(max_length=5, verbose_name='code INSEE')),
                ('nom_commune', models.CharField(max_length=100)),
                ('population', models.PositiveIntegerField()),
                ('numeros', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15))),
                ('cherche', models.TextField()),
                ('jetons', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'db_table': 'voie_adresse',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['jetons'], name='voie_adresse_jetons'), models.Index(fields=['departement'], name='voie_adresse_departement')],
            },
        ),
    ]
