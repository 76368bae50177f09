"""Accounts, and the roles they hold: tables, constraints, index."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Compte",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "courriel",
                    models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique"),
                ),
                ("prenom", models.CharField(max_length=80, verbose_name="prénom")),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("actif", models.BooleanField(default=True)),
                ("cree_le", models.DateTimeField()),
            ],
            options={
                "db_table": "compte",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("courriel", django.db.models.functions.text.Lower("courriel"))),
                        name="compte_courriel_en_minuscules",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("courriel", ""), _negated=True),
                            models.Q(("nom", ""), _negated=True),
                            models.Q(("prenom", ""), _negated=True),
                        ),
                        name="compte_nomme",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Habilitation",
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
                ("territoire", models.CharField(blank=True, max_length=3)),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("role", models.CharField(max_length=30, verbose_name="rôle")),
                ("debut", models.DateField(verbose_name="premier jour")),
                ("fin", models.DateField(null=True, verbose_name="premier jour sans habilitation")),
                ("accordee_par", models.UUIDField()),
                ("accordee_le", models.DateTimeField()),
                ("retiree_par", models.UUIDField(null=True)),
                ("retiree_le", models.DateTimeField(null=True)),
                (
                    "compte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "habilitation",
                "indexes": [models.Index(fields=["compte", "debut"], name="habilitation_du_compte")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "AGENT_GUICHET",
                                    "RESPONSABLE_GUICHET",
                                    "GESTIONNAIRE_TERRITORIAL",
                                    "SUPPORT_N1",
                                    "EXPLOITATION_NATIONALE",
                                    "DPO",
                                ],
                            )
                        ),
                        name="habilitation_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("role__in", ["AGENT_GUICHET", "RESPONSABLE_GUICHET"]), _negated=True
                                ),
                                models.Q(
                                    models.Q(("territoire", ""), _negated=True),
                                    models.Q(("guichet", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("role__in", ["GESTIONNAIRE_TERRITORIAL"]), _negated=True),
                                models.Q(models.Q(("territoire", ""), _negated=True), ("guichet", "")),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(
                                    ("role__in", ["SUPPORT_N1", "EXPLOITATION_NATIONALE", "DPO"]),
                                    _negated=True,
                                ),
                                models.Q(("territoire", ""), ("guichet", "")),
                                _connector="OR",
                            ),
                        ),
                        name="habilitation_perimetre",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fin", None), ("fin__gte", models.F("debut")), _connector="OR"),
                        name="habilitation_periode",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retiree_le", None), ("retiree_par", None)),
                            models.Q(
                                ("fin__isnull", False),
                                ("retiree_le__isnull", False),
                                ("retiree_par__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="habilitation_retrait",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accordee_par", models.F("compte")), _negated=True),
                        name="habilitation_quatre_yeux",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("fin", None)),
                        fields=("territoire", "guichet", "role", "compte"),
                        name="habilitation_une_fois",
                    ),
                ],
            },
        ),
    ]
