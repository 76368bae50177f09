"""The tables of the search, as its models say them, on the functions that compare texts."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import sne.socle.identifiants
from sne.socle.gardes import executer


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '__first__'),
    ]

    operations = [
        *executer("recherche", "gardes"),
        migrations.CreateModel(
            name='Synonyme',
            fields=[
                ('terme', django.contrib.postgres.search.SearchQueryField(primary_key=True, serialize=False)),
                ('remplacement', django.contrib.postgres.search.SearchQueryField()),
                ('dit', models.CharField(max_length=60, verbose_name='terme, comme il a été tapé')),
                ('pour', models.CharField(max_length=200, verbose_name='équivalents, comme ils ont été tapés')),
            ],
            options={
                'db_table': 'synonyme',
            },
        ),
        migrations.CreateModel(
            name='EntreeIndex',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('genre', models.CharField(max_length=12)),
                ('cible', models.UUIDField()),
                ('url', models.CharField(max_length=200)),
                ('acces', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('titre', models.CharField(max_length=200)),
                ('reponse', models.TextField(blank=True, verbose_name='réponse courte')),
                ('mots', models.TextField(blank=True, verbose_name='mots-clés')),
                ('corps', models.TextField(blank=True)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('publics', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('verifie_le', models.DateField(verbose_name='vérifié le')),
                ('perime', models.BooleanField(default=False, verbose_name='à vérifier')),
                ('poids', models.FloatField(default=1.0)),
                ('visible_du', models.DateTimeField(verbose_name='visible du')),
                ('visible_au', models.DateTimeField(null=True, verbose_name='visible jusqu’au')),
                ('court', models.GeneratedField(db_persist=True, expression=models.Func(models.F('titre'), models.F('mots'), models.F('reponse'), function='recherche_court'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('complet', models.GeneratedField(db_persist=True, expression=models.Func(models.F('titre'), models.F('mots'), models.F('reponse'), models.F('corps'), function='recherche_complet'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('prefixes', models.GeneratedField(db_persist=True, expression=models.Func(models.F('titre'), models.F('mots'), function='recherche_prefixes'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'db_table': 'entree_index',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['complet'], name='entree_index_complet'), django.contrib.postgres.indexes.GinIndex(fields=['court'], name='entree_index_court'), django.contrib.postgres.indexes.GinIndex(fields=['prefixes'], name='entree_index_prefixes'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('titre', 'gin_trgm_ops'), name='entree_index_titre')],
                'constraints': [models.UniqueConstraint(fields=('genre', 'cible'), name='entree_index_une_par_chose'), models.CheckConstraint(condition=models.Q(('acces', []), _negated=True), name='entree_index_a_des_cles'), models.CheckConstraint(condition=models.Q(('visible_au', None), ('visible_au__gt', models.F('visible_du')), _connector='OR'), name='entree_index_visible')],
            },
        ),
        migrations.CreateModel(
            name='FormeConnue',
            fields=[
                ('pk', models.CompositePrimaryKey('cle', 'publique', blank=True, editable=False, primary_key=True, serialize=False)),
                ('cle', models.TextField()),
                ('publique', models.BooleanField()),
                ('forme', models.TextField()),
                ('nombre', models.IntegerField()),
                ('titre', models.BooleanField(verbose_name='dans un titre')),
            ],
            options={
                'db_table': 'forme_connue',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('cle', 'gin_trgm_ops'), name='forme_connue_cle')],
            },
        ),
        migrations.CreateModel(
            name='RechercheSansSuite',
            fields=[
                ('pk', models.CompositePrimaryKey('jour', 'texte', blank=True, editable=False, primary_key=True, serialize=False)),
                ('jour', models.DateField()),
                ('texte', models.CharField(max_length=200)),
                ('nombre', models.IntegerField(verbose_name='fois')),
                ('trouvees', models.IntegerField(verbose_name='fois où quelque chose a été trouvé')),
                ('classee', models.BooleanField(default=False, verbose_name='classée')),
            ],
            options={
                'db_table': 'recherche_sans_suite',
                'constraints': [models.CheckConstraint(condition=models.Q(('nombre__gte', 1), ('trouvees__gte', 0), ('trouvees__lte', models.F('nombre')), models.Q(('texte', ''), _negated=True)), name='recherche_sans_suite_comptee')],
            },
        ),
        migrations.CreateModel(
            name='TextePage',
            fields=[
                ('pk', models.CompositePrimaryKey('cible', 'rang', blank=True, editable=False, primary_key=True, serialize=False)),
                ('cible', models.UUIDField()),
                ('rang', models.IntegerField()),
                ('texte', models.TextField()),
                ('racines', models.GeneratedField(db_persist=True, expression=models.Func(models.F('texte'), function='recherche_racines'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'db_table': 'texte_page',
                'constraints': [models.CheckConstraint(condition=models.Q(('rang__gte', 1)), name='texte_page_rang')],
            },
        ),
    ]
