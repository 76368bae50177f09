"""What erasing a demande leaves: the permit, counts, rows of statistics that name nobody."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0029_attentes_des_separations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Purge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("jour", models.DateField()),
                ("auteur", models.UUIDField()),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
            ],
            options={
                "db_table": "purge",
            },
        ),
        migrations.CreateModel(
            name="PurgeCompte",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("quoi", models.CharField(max_length=40, verbose_name="table")),
                ("nombre", models.IntegerField()),
                (
                    "purge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comptes",
                        to="registre.purge",
                    ),
                ),
            ],
            options={
                "db_table": "purge_compte",
            },
        ),
        migrations.CreateModel(
            name="StatistiqueAVerser",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("annee_depot", models.SmallIntegerField(verbose_name="année du dépôt")),
                (
                    "trimestre_radiation",
                    models.CharField(max_length=6, verbose_name="trimestre de la radiation"),
                ),
                ("motif", models.CharField(max_length=6)),
                ("menage", models.CharField(max_length=12, verbose_name="taille du ménage")),
                (
                    "typologie",
                    models.CharField(blank=True, max_length=6, verbose_name="plus petit logement demandé"),
                ),
                ("anciennete", models.CharField(max_length=10, verbose_name="ancienneté")),
                ("deja_locataire", models.BooleanField(verbose_name="déjà locataire du parc social")),
                ("attribution", models.BooleanField(verbose_name="logement attribué")),
            ],
            options={
                "db_table": "statistique_a_verser",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("menage__in", ["UNE", "DEUX", "TROIS_QUATRE", "CINQ_PLUS"]),
                            ("anciennete__in", ["MOINS_1", "DE_1_A_3", "DE_3_A_5", "DE_5_A_10", "DIX_PLUS"]),
                        ),
                        name="statistiqueaverser_classes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatistiqueEffacee",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("annee_depot", models.SmallIntegerField(verbose_name="année du dépôt")),
                (
                    "trimestre_radiation",
                    models.CharField(max_length=6, verbose_name="trimestre de la radiation"),
                ),
                ("motif", models.CharField(max_length=6)),
                ("menage", models.CharField(max_length=12, verbose_name="taille du ménage")),
                (
                    "typologie",
                    models.CharField(blank=True, max_length=6, verbose_name="plus petit logement demandé"),
                ),
                ("anciennete", models.CharField(max_length=10, verbose_name="ancienneté")),
                ("deja_locataire", models.BooleanField(verbose_name="déjà locataire du parc social")),
                ("attribution", models.BooleanField(verbose_name="logement attribué")),
            ],
            options={
                "db_table": "statistique_effacee",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["territoire", "trimestre_radiation"], name="statistique_effacee_lire"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("menage__in", ["UNE", "DEUX", "TROIS_QUATRE", "CINQ_PLUS"]),
                            ("anciennete__in", ["MOINS_1", "DE_1_A_3", "DE_3_A_5", "DE_5_A_10", "DIX_PLUS"]),
                        ),
                        name="statistiqueeffacee_classes",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="purge",
            index=models.Index(fields=["jour", "territoire"], name="purge_jour"),
        ),
        migrations.AddConstraint(
            model_name="purgecompte",
            constraint=models.UniqueConstraint(fields=("purge", "quoi"), name="purge_compte_unique"),
        ),
    ]
