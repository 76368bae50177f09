"""The tables of journal, as its models say them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Abonnement',
            fields=[
                ('abonne', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('scellement', models.BigIntegerField()),
                ('avance_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'journal_abonnement',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Cle',
            fields=[
                ('numero', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('publique', models.TextField(unique=True, verbose_name='clé publique, comme une note la nomme')),
                ('apres_le_jalon', models.BigIntegerField(verbose_name='dernier jalon que la clé précédente a signé')),
                ('note', models.TextField(verbose_name='note signée')),
                ('declaree_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'journal_cle',
            },
        ),
        migrations.CreateModel(
            name='Entree',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('demande', models.UUIDField(null=True)),
                ('revision', models.IntegerField(null=True)),
                ('verbe', models.CharField(max_length=30)),
                ('acteur', models.JSONField()),
                ('faits', models.JSONField()),
                ('correlation', models.UUIDField(null=True)),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField()),
                ('empreinte', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_entree',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Jalon',
            fields=[
                ('numero', models.BigIntegerField(primary_key=True, serialize=False)),
                ('scellement', models.BigIntegerField(unique=True, verbose_name='dernier scellement couvert')),
                ('entrees', models.BigIntegerField(verbose_name='entrées depuis le début')),
                ('note', models.TextField(verbose_name='note signée')),
                ('pose_le', models.DateTimeField()),
                ('cle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.cle')),
            ],
            options={
                'db_table': 'journal_jalon',
            },
        ),
        migrations.CreateModel(
            name='Horodatage',
            fields=[
                ('jalon', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='horodatage', serialize=False, to='journal.jalon')),
                ('autorite', models.TextField(verbose_name='adresse de l’autorité')),
                ('reponse', models.BinaryField(verbose_name='réponse, comme reçue')),
                ('horodate_le', models.DateTimeField(verbose_name='instant que dit l’autorité')),
            ],
            options={
                'db_table': 'journal_horodatage',
            },
        ),
        migrations.CreateModel(
            name='JalonEcarte',
            fields=[
                ('jalon', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ecarte', serialize=False, to='journal.jalon')),
                ('motif', models.CharField(max_length=300, verbose_name='motif')),
                ('ecarte_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'journal_jalon_ecarte',
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('pk', models.CompositePrimaryKey('scellement', 'rang', blank=True, editable=False, primary_key=True, serialize=False)),
                ('scellement', models.BigIntegerField()),
                ('rang', models.IntegerField()),
                ('entree', models.UUIDField(unique=True)),
                ('inscrit_le', models.DateTimeField()),
                ('empreinte', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_position',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Retrait',
            fields=[
                ('mois', models.DateField(primary_key=True, serialize=False, verbose_name='premier jour du mois, UTC')),
                ('entrees', models.BigIntegerField()),
                ('note', models.TextField(verbose_name='note signée')),
                ('retire_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'journal_retrait',
            },
        ),
        migrations.CreateModel(
            name='Scellement',
            fields=[
                ('numero', models.BigIntegerField(primary_key=True, serialize=False)),
                ('ere', models.TextField()),
                ('nombre', models.IntegerField()),
                ('racine', models.BinaryField()),
                ('precedent', models.BinaryField()),
                ('empreinte', models.BinaryField()),
                ('scelle_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'journal_scellement',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Tuile',
            fields=[
                ('pk', models.CompositePrimaryKey('niveau', 'indice', blank=True, editable=False, primary_key=True, serialize=False)),
                ('niveau', models.PositiveSmallIntegerField()),
                ('indice', models.BigIntegerField()),
                ('empreinte', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_tuile',
            },
        ),
        migrations.CreateModel(
            name='Valeur',
            fields=[
                ('pk', models.CompositePrimaryKey('entree', 'champ', 'cote', blank=True, editable=False, primary_key=True, serialize=False)),
                ('entree', models.UUIDField()),
                ('champ', models.TextField()),
                ('cote', models.CharField(max_length=5)),
                ('sel', models.BinaryField()),
                ('valeur', models.TextField(null=True)),
            ],
            options={
                'db_table': 'journal_valeur',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='EreAilleurs',
            fields=[
                ('ere', models.TextField(primary_key=True, serialize=False)),
                ('cellule', models.CharField(max_length=20)),
            ],
            options={
                'db_table': 'journal_ere_ailleurs',
            },
        ),
        migrations.CreateModel(
            name='Reprise',
            fields=[
                ('entree', models.UUIDField(primary_key=True, serialize=False)),
                ('cellule', models.CharField(max_length=20)),
                ('scellement', models.BigIntegerField()),
                ('rang', models.IntegerField()),
                ('scelle_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField()),
                ('empreinte', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_reprise',
                'indexes': [models.Index(fields=['cellule', 'scellement', 'rang'], name='journal_reprise_place'), models.Index(fields=['scelle_le'], name='journal_reprise_depuis')],
            },
        ),
    ]
