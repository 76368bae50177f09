"""Notices of renewal, and those that reached nobody: rows only added, each told by an entry that names it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
ALTER TABLE preavis ADD CONSTRAINT preavis_et_demande UNIQUE (id, demande_id);
ALTER TABLE preavis_echec ADD CONSTRAINT preavis_echec_de_son_dossier
    FOREIGN KEY (preavis_id, demande_id) REFERENCES preavis (id, demande_id) DEFERRABLE INITIALLY DEFERRED;

DO $$
DECLARE
    t text;
    v text;
BEGIN
    FOR t, v IN VALUES ('preavis', 'PREVENIR'), ('preavis_echec', 'ECHEC_PREAVIS')
    LOOP
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (demande_id, revision) '
            'REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED', t, t || '_de_sa_version');
        PERFORM proteger_ajout_seul(t::regclass);
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
        EXECUTE format('CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON %I '
            'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_fait(%L)', t, v);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0018_index_des_listes"),
    ]

    operations = [
        migrations.AddField(
            model_name="passagehorloge",
            name="retenues",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Preavis",
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
                ("revision", models.IntegerField(verbose_name="révision de la demande dont il parle")),
                ("date_expiration", models.DateField(verbose_name="fin de validité annoncée")),
                ("date_radiation", models.DateField(verbose_name="radiation annoncée")),
                ("reactivable_jusqu_au", models.DateField()),
                ("jour", models.DateField(verbose_name="donné le")),
                (
                    "canaux",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8)),
                ),
                ("possible", models.BooleanField()),
                ("entree", models.UUIDField(unique=True, verbose_name="entrée de journal qui le dit")),
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
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
            ],
            options={
                "db_table": "preavis",
            },
        ),
        migrations.CreateModel(
            name="EchecPreavis",
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
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
                (
                    "preavis",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="echec",
                        to="registre.preavis",
                    ),
                ),
            ],
            options={
                "db_table": "preavis_echec",
            },
        ),
        migrations.AddConstraint(
            model_name="preavis",
            constraint=models.UniqueConstraint(
                fields=("demande", "date_expiration", "possible"), name="preavis_une_fois"
            ),
        ),
        migrations.AddConstraint(
            model_name="preavis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("canaux__overlap", ["COURRIEL", "LETTRE"]), ("possible", True)),
                    models.Q(
                        ("possible", False),
                        models.Q(("canaux__overlap", ["COURRIEL", "LETTRE"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="preavis_possible",
            ),
        ),
        migrations.AddIndex(
            model_name="echecpreavis",
            index=models.Index(fields=["territoire", "demande"], name="preavis_echec_demande"),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
