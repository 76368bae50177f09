"""Striking off and coming back are rows of their own: append-only, told by an entry that names them, never missing."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE OR REPLACE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER']
$$;

-- Such a row must be named by an entry of its own transaction: which verbs, under which key, the trigger says.
CREATE FUNCTION registre_exiger_acte() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.revision AND verbe = ANY (string_to_array(TG_ARGV[0], ','))
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> TG_ARGV[1] = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la ligne % de %', NEW.id, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- The reason stays on record: no application is struck off, or comes back, without the row that says why.
CREATE FUNCTION registre_exiger_radiation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.statut = 'RADIEE' THEN
        PERFORM 1 FROM radiation WHERE demande_id = NEW.id AND revision = NEW.revision;
    ELSE
        PERFORM 1 FROM reactivation WHERE demande_id = NEW.id AND revision = NEW.revision;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'demande % : ni radiation ni réactivation à la révision %', NEW.id, NEW.revision
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Applications struck off before there was such a row were all taken over so, for lack of renewal.
INSERT INTO radiation (id, territoire, demande_id, revision, motif, sous_motif, date_radiation, document,
    reactivable_jusqu_au, auteur, guichet, survenu_le)
SELECT gen_random_uuid(), d.territoire, d.id, d.revision, 'RADREN', '', (v.survenu_le AT TIME ZONE 'Europe/Paris')::date,
    '', (coalesce(d.date_dernier_renouvellement, d.date_depot) + make_interval(months => 18))::date, v.auteur, '',
    v.survenu_le
FROM demande d JOIN version v ON v.id = d.version_courante_id WHERE d.statut = 'RADIEE';

ALTER TABLE radiation ADD CONSTRAINT radiation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE reactivation ADD CONSTRAINT reactivation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE radiation ADD CONSTRAINT radiation_et_demande UNIQUE (id, demande_id);
ALTER TABLE reactivation ADD CONSTRAINT reactivation_de_sa_demande
    FOREIGN KEY (radiation_id, demande_id) REFERENCES radiation (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
SELECT proteger_ajout_seul('radiation');
SELECT proteger_ajout_seul('reactivation');
CREATE TRIGGER estampille BEFORE INSERT ON radiation FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON reactivation FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON radiation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_acte('RADIER,REPRENDRE', 'radiation');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON reactivation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_acte('REACTIVER', 'reactivation');
CREATE CONSTRAINT TRIGGER radiation_dite AFTER UPDATE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.statut <> NEW.statut AND 'RADIEE' IN (OLD.statut, NEW.statut))
    EXECUTE FUNCTION registre_exiger_radiation();
CREATE CONSTRAINT TRIGGER radiation_reprise AFTER INSERT ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.statut = 'RADIEE')
    EXECUTE FUNCTION registre_exiger_radiation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0010_cles_impliquees"),
    ]

    operations = [
        migrations.CreateModel(
            name="Radiation",
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
                ("revision", models.IntegerField()),
                ("motif", models.CharField(max_length=6)),
                ("sous_motif", models.CharField(blank=True, max_length=6)),
                ("date_radiation", models.DateField()),
                ("date_courrier", models.DateField(null=True)),
                (
                    "document",
                    models.CharField(blank=True, max_length=200, verbose_name="où la preuve est gardée"),
                ),
                ("reactivable_jusqu_au", models.DateField()),
                ("auteur", models.UUIDField()),
                ("guichet", models.CharField(blank=True, max_length=5)),
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
                        related_name="radiations",
                        to="registre.demande",
                    ),
                ),
            ],
            options={
                "db_table": "radiation",
            },
        ),
        migrations.CreateModel(
            name="Reactivation",
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
                ("revision", models.IntegerField()),
                ("auteur", models.UUIDField()),
                ("guichet", models.CharField(blank=True, max_length=5)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
                (
                    "radiation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reactivation",
                        to="registre.radiation",
                    ),
                ),
            ],
            options={
                "db_table": "reactivation",
            },
        ),
        migrations.AddIndex(
            model_name="radiation",
            index=models.Index(fields=["territoire", "date_radiation", "demande"], name="radiation_jour"),
        ),
        migrations.AddConstraint(
            model_name="radiation",
            constraint=models.UniqueConstraint(fields=("demande", "revision"), name="radiation_unique"),
        ),
        migrations.AddConstraint(
            model_name="radiation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("motif__in", ["RADATT", "RADABA", "RADCON", "RADIRR", "RADREN", "FUSION"]),
                    ("sous_motif__in", ["", "IRRRES", "IRRSEJ"]),
                ),
                name="radiation_motif",
            ),
        ),
        migrations.AddConstraint(
            model_name="radiation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("motif", "RADIRR"), _negated=True),
                    models.Q(("sous_motif", ""), _negated=True),
                    _connector="OR",
                ),
                name="radiation_irrecevable",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
