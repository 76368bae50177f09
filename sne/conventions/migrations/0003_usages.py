"""What a software calls hour by hour, from where, and what was unusual in it."""

import django.db.models.deletion
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    dependencies = [("conventions", "0002_gardes")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.AddField("appel", "dossiers", models.PositiveSmallIntegerField(db_default=0)),
        migrations.AddField(
            "appel",
            "reseau",
            models.CharField(blank=True, db_default="", max_length=43, verbose_name="réseau"),
        ),
        migrations.CreateModel(
            name="Usage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "convention_id",
                        "debut",
                        "reseau",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("debut", models.DateTimeField()),
                ("reseau", models.CharField(blank=True, max_length=43, verbose_name="réseau")),
                ("appels", models.PositiveIntegerField()),
                ("lectures", models.PositiveIntegerField()),
                (
                    "convention",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="usages",
                        to="conventions.convention",
                    ),
                ),
            ],
            options={
                "db_table": "usage_convention",
                "indexes": [models.Index(fields=["debut"], name="usage_convention_anciens")],
            },
        ),
        migrations.CreateModel(
            name="Alerte",
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
                ("nature", models.CharField(max_length=8)),
                ("jour", models.DateField()),
                ("debut", models.DateTimeField()),
                ("reseau", models.CharField(blank=True, max_length=43, verbose_name="réseau")),
                ("compte", models.PositiveIntegerField()),
                ("habitude", models.PositiveIntegerField()),
                ("survenu_le", models.DateTimeField()),
                (
                    "convention",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alertes",
                        to="conventions.convention",
                    ),
                ),
            ],
            options={
                "db_table": "alerte_convention",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("convention", "nature", "jour", "reseau"), name="alerte_convention_une_fois"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["RESEAU", "VOLUME", "LECTURES"])),
                        name="alerte_convention_codes",
                    ),
                ],
            },
        ),
    ]
