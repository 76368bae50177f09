"""The tables of the feed, as its models say them."""

import django.db.models.deletion
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conventions", "0002_gardes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Releve",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "territoire",
                        "serie",
                        "numero",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("serie", models.CharField(max_length=8, verbose_name="série")),
                ("numero", models.BigIntegerField(verbose_name="numéro")),
                ("note", models.TextField(verbose_name="note signée")),
                ("pose_le", models.DateTimeField()),
            ],
            options={
                "db_table": "flux_releve",
            },
        ),
        migrations.CreateModel(
            name="Abonnement",
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
                ("serie", models.CharField(max_length=8, verbose_name="série")),
                ("adresse", models.CharField(max_length=500)),
                ("etat", models.CharField(max_length=11, verbose_name="état")),
                ("motif", models.CharField(blank=True, max_length=200)),
                ("numero", models.BigIntegerField(verbose_name="numéro")),
                ("secret", models.BinaryField()),
                ("secret_avant", models.BinaryField(null=True)),
                ("avant_jusqu_au", models.DateTimeField(null=True)),
                ("demande_le", models.DateTimeField(verbose_name="demandé le")),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conventions.convention",
                    ),
                ),
            ],
            options={
                "db_table": "flux_abonnement",
            },
        ),
        migrations.CreateModel(
            name="Accuse",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "convention_id",
                        "territoire",
                        "serie",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("serie", models.CharField(max_length=8, verbose_name="série")),
                ("numero", models.BigIntegerField(verbose_name="numéro")),
                ("accuse_le", models.DateTimeField()),
                (
                    "convention",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conventions.convention",
                    ),
                ),
            ],
            options={
                "db_table": "flux_accuse",
            },
        ),
        migrations.CreateModel(
            name="Ligne",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "territoire",
                        "serie",
                        "numero",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("serie", models.CharField(max_length=8, verbose_name="série")),
                ("numero", models.BigIntegerField(verbose_name="numéro")),
                ("scellement", models.BigIntegerField()),
                ("rang", models.IntegerField()),
                ("entree", models.UUIDField(verbose_name="entrée du journal")),
                ("demande", models.UUIDField()),
                ("revision", models.IntegerField()),
                ("type", models.CharField(max_length=30)),
                ("survenu_le", models.DateTimeField()),
                ("chaine", models.BinaryField()),
            ],
            options={
                "db_table": "flux_ligne",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("numero__gte", 1), ("serie__in", ["demandes", "dalo"])),
                        name="flux_ligne_numero",
                    ),
                    models.UniqueConstraint(fields=("entree",), name="flux_ligne_une_fois"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Livraison",
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
                ("numero", models.BigIntegerField(verbose_name="numéro")),
                ("etat", models.CharField(max_length=10, verbose_name="état")),
                ("essais", models.PositiveSmallIntegerField(default=0)),
                ("statut", models.PositiveSmallIntegerField(null=True)),
                ("essaye_le", models.DateTimeField(null=True, verbose_name="essayé le")),
                ("prochain_le", models.DateTimeField(null=True)),
                (
                    "abonnement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="livraisons",
                        to="flux.abonnement",
                    ),
                ),
            ],
            options={
                "db_table": "flux_livraison",
            },
        ),
        migrations.AddConstraint(
            model_name="abonnement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("etat__in", ["A_CONFIRMER", "ACTIF", "SUSPENDU", "FERME"]),
                    ("serie__in", ["demandes", "dalo"]),
                ),
                name="flux_abonnement_codes",
            ),
        ),
        migrations.AddConstraint(
            model_name="abonnement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("avant_jusqu_au", None), ("secret_avant", None)),
                    models.Q(("avant_jusqu_au__isnull", False), ("secret_avant__isnull", False)),
                    _connector="OR",
                ),
                name="flux_abonnement_secrets",
            ),
        ),
        migrations.AddIndex(
            model_name="livraison",
            index=models.Index(
                condition=models.Q(("etat", "EN_ATTENTE")),
                fields=["prochain_le"],
                name="flux_livraison_a_faire",
            ),
        ),
        migrations.AddIndex(
            model_name="livraison",
            index=models.Index(fields=["essaye_le"], name="flux_livraison_anciennes"),
        ),
        migrations.AddConstraint(
            model_name="livraison",
            constraint=models.UniqueConstraint(
                fields=("abonnement", "numero"), name="flux_livraison_une_fois"
            ),
        ),
        migrations.AddConstraint(
            model_name="livraison",
            constraint=models.CheckConstraint(
                condition=models.Q(("etat__in", ["EN_ATTENTE", "LIVREE", "ECHOUEE"])),
                name="flux_livraison_etat",
            ),
        ),
    ]
