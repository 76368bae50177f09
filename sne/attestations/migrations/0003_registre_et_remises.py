"""Full and renewal attestations; what is left to hand over, batches printed, what was handed over and how."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    dependencies = [
        ("attestations", "0002_garde_fous"),
        ("registre", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttestationARemettre",
            fields=[
                (
                    "attestation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="a_remettre",
                        serialize=False,
                        to="attestations.attestation",
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("guichet", models.CharField(max_length=5)),
                (
                    "canal_prevu",
                    models.CharField(max_length=10, verbose_name="comment elle doit être remise"),
                ),
                ("survenu_le", models.DateTimeField(verbose_name="depuis le")),
            ],
            options={
                "db_table": "attestation_a_remettre",
            },
        ),
        migrations.CreateModel(
            name="Lot",
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
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("jour", models.DateField(verbose_name="date imprimée")),
                ("version", models.SmallIntegerField(verbose_name="version du modèle de lot")),
                ("moteur", models.CharField(max_length=40, verbose_name="logiciel de composition")),
                ("empreinte", models.BinaryField(max_length=32, verbose_name="SHA-256 du fichier")),
                ("nombre", models.SmallIntegerField()),
                ("imprime_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("auteur", models.UUIDField()),
                ("survenu_le", models.DateTimeField(verbose_name="imprimé le")),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "attestation_lot",
            },
        ),
        migrations.CreateModel(
            name="PartDeLot",
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
                ("rang", models.SmallIntegerField()),
                ("revision", models.IntegerField(verbose_name="révision de la demande")),
                (
                    "empreinte",
                    models.BinaryField(max_length=32, verbose_name="SHA-256 de ce qui est imprimé"),
                ),
            ],
            options={
                "db_table": "attestation_part_de_lot",
            },
        ),
        migrations.CreateModel(
            name="Remise",
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
                ("revision", models.IntegerField(verbose_name="révision de la demande")),
                ("canal", models.CharField(max_length=10, verbose_name="comment")),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("remise_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField(verbose_name="remise le")),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "attestation_remise",
            },
        ),
        migrations.AddField(
            model_name="attestation",
            name="canal_prevu",
            field=models.CharField(
                db_default="GUICHET", max_length=10, verbose_name="comment elle doit être remise"
            ),
        ),
        migrations.AddField(
            model_name="attestation",
            name="guichet",
            field=models.CharField(db_default="", max_length=5, verbose_name="guichet qui la remet"),
        ),
        migrations.AlterField(
            model_name="attestation",
            name="modele",
            field=models.CharField(max_length=16, verbose_name="modèle"),
        ),
        migrations.AlterField(
            model_name="attestationatraiter",
            name="modele",
            field=models.CharField(max_length=16, verbose_name="modèle"),
        ),
        migrations.AddIndex(
            model_name="attestation",
            index=models.Index(
                fields=["territoire", "guichet", "-survenu_le", "-id"], name="attestation_registre"
            ),
        ),
        migrations.AddIndex(
            model_name="attestation",
            index=models.Index(fields=["territoire", "-survenu_le", "-id"], name="attestation_territoire"),
        ),
        migrations.AddIndex(
            model_name="attestationaremettre",
            index=models.Index(
                fields=["territoire", "guichet", "survenu_le", "attestation"], name="a_remettre_guichet"
            ),
        ),
        migrations.AddIndex(
            model_name="attestationaremettre",
            index=models.Index(
                fields=["territoire", "survenu_le", "attestation"], name="a_remettre_territoire"
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(("nombre__gte", 1)), name="attestation_lot_nombre"
            ),
        ),
        migrations.AddField(
            model_name="partdelot",
            name="attestation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="attestations.attestation"
            ),
        ),
        migrations.AddField(
            model_name="partdelot",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="partdelot",
            name="lot",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="attestations.lot",
            ),
        ),
        migrations.AddField(
            model_name="remise",
            name="attestation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remises",
                to="attestations.attestation",
            ),
        ),
        migrations.AddField(
            model_name="remise",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="remise",
            name="lot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remises",
                to="attestations.lot",
            ),
        ),
        migrations.AddConstraint(
            model_name="partdelot",
            constraint=models.UniqueConstraint(fields=("lot", "rang"), name="part_de_lot_rang"),
        ),
        migrations.AddConstraint(
            model_name="partdelot",
            constraint=models.UniqueConstraint(fields=("lot", "attestation"), name="part_de_lot_une_fois"),
        ),
        migrations.AddConstraint(
            model_name="remise",
            constraint=models.CheckConstraint(
                condition=models.Q(("canal__in", ["GUICHET", "COURRIEL", "COURRIER"])),
                name="attestation_remise_canal",
            ),
        ),
    ]
