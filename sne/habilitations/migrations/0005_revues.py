"""Campaigns of review: lines, answers, suspensions, rights taken back; the journal added up."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- Whoever these accounts are is the database's to say: what is sent is overwritten.
CREATE FUNCTION reponse_revue_nommer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.personne_auteur := compte_personne(NEW.auteur);
    NEW.personne_revue := (
        SELECT compte_personne(h.compte_id) FROM ligne_revue l JOIN habilitation h ON h.id = l.habilitation_id
        WHERE l.id = NEW.ligne_id
    );
    RETURN NEW;
END $$;
CREATE TRIGGER personnes BEFORE INSERT ON reponse_revue FOR EACH ROW EXECUTE FUNCTION reponse_revue_nommer();

-- A campaign, a suspension end once.
CREATE FUNCTION habilitations_une_seule_fin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) ->> tg_argv[0] IS NOT NULL THEN
        RAISE EXCEPTION '% % : sa fin est déjà écrite', tg_table_name, OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fin BEFORE UPDATE ON campagne_revue
    FOR EACH ROW EXECUTE FUNCTION habilitations_une_seule_fin('close_le');
CREATE TRIGGER fin BEFORE UPDATE ON suspension
    FOR EACH ROW EXECUTE FUNCTION habilitations_une_seule_fin('levee_le');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0004_departs"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampagneRevue",
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
                ("modele", models.CharField(max_length=20)),
                ("ouverte_par", models.UUIDField()),
                ("ouverte_le", models.DateTimeField()),
                ("limite", models.DateField()),
                ("close_le", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "campagne_revue",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("modele__in", ["TRIMESTRIELLE", "NATIONALE_2024"])),
                        name="campagne_revue_modele",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("close_le", None)),
                        fields=("territoire", "guichet", "modele"),
                        name="campagne_revue_en_cours",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LigneRevue",
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
                ("derniere_utilisation", models.DateField(null=True)),
                (
                    "jamais",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list
                    ),
                ),
                (
                    "campagne",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lignes",
                        to="habilitations.campagnerevue",
                    ),
                ),
                (
                    "habilitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="habilitations.habilitation",
                    ),
                ),
            ],
            options={
                "db_table": "ligne_revue",
            },
        ),
        migrations.CreateModel(
            name="ReleveUsages",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("scellement", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "releve_usages",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="releve_usages_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReponseRevue",
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
                ("reponse", models.CharField(max_length=10)),
                ("motif", models.CharField(blank=True, max_length=200)),
                ("auteur", models.UUIDField()),
                ("auteur_nom", models.CharField(max_length=161)),
                ("survenu_le", models.DateTimeField()),
                ("personne_auteur", models.UUIDField(editable=False, null=True)),
                ("personne_revue", models.UUIDField(editable=False, null=True)),
                (
                    "ligne",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reponses",
                        to="habilitations.lignerevue",
                    ),
                ),
            ],
            options={
                "db_table": "reponse_revue",
            },
        ),
        migrations.CreateModel(
            name="Reduction",
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
                ("permission", models.CharField(max_length=30)),
                ("retiree_par", models.UUIDField()),
                ("retiree_le", models.DateTimeField()),
                (
                    "habilitation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reductions",
                        to="habilitations.habilitation",
                    ),
                ),
                (
                    "reponse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="habilitations.reponserevue",
                    ),
                ),
            ],
            options={
                "db_table": "reduction",
            },
        ),
        migrations.CreateModel(
            name="Suspension",
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
                ("suspendue_le", models.DateTimeField()),
                ("expire_le", models.DateField()),
                ("levee_le", models.DateTimeField(null=True)),
                ("levee_par", models.UUIDField(null=True)),
                ("issue", models.CharField(blank=True, max_length=10)),
                (
                    "habilitation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="habilitations.habilitation",
                    ),
                ),
                (
                    "ligne",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspension",
                        to="habilitations.lignerevue",
                    ),
                ),
            ],
            options={
                "db_table": "suspension",
            },
        ),
        migrations.CreateModel(
            name="UsageDroit",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "territoire",
                        "compte",
                        "role",
                        "guichet",
                        "verbe",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(blank=True, max_length=3)),
                ("compte", models.UUIDField()),
                ("role", models.CharField(max_length=30)),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("verbe", models.CharField(max_length=30)),
                ("dernier_le", models.DateTimeField()),
            ],
            options={
                "db_table": "usage_droit",
                "indexes": [models.Index(fields=["compte"], name="usage_droit_du_compte")],
            },
        ),
        migrations.AddConstraint(
            model_name="lignerevue",
            constraint=models.UniqueConstraint(
                fields=("campagne", "habilitation"), name="ligne_revue_une_fois"
            ),
        ),
        migrations.AddConstraint(
            model_name="reponserevue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reponse", "CONSERVER"),
                    models.Q(("reponse__in", ["REDUIRE", "RETIRER"]), models.Q(("motif", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reponse_revue_motivee",
            ),
        ),
        migrations.AddConstraint(
            model_name="reponserevue",
            constraint=models.CheckConstraint(
                condition=models.Q(("personne_auteur", models.F("personne_revue")), _negated=True),
                name="reponse_revue_autre_personne",
            ),
        ),
        migrations.AddConstraint(
            model_name="reduction",
            constraint=models.UniqueConstraint(
                fields=("habilitation", "permission"), name="reduction_une_fois"
            ),
        ),
        migrations.AddConstraint(
            model_name="reduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("permission", ""), _negated=True),
                name="reduction_permission",
            ),
        ),
        migrations.AddIndex(
            model_name="suspension",
            index=models.Index(fields=["habilitation"], name="suspension_de_l_habilitation"),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("levee_le", None)), fields=("habilitation",), name="suspension_en_cours"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issue", ""), ("levee_le", None), ("levee_par", None)),
                    models.Q(
                        ("issue__in", ["RETABLIE", "RETIREE"]),
                        ("levee_le__isnull", False),
                        ("levee_par__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="suspension_issue",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
