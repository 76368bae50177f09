"""A registration made twice by mistake is taken back, not struck off: rows of their own, and what holds them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE OR REPLACE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER', 'LEVER_GEL',
        'SEPARER', 'DECIDER_SEPARATION', 'ANNULER', 'RETABLIR']
$$;

ALTER TABLE annulation ADD CONSTRAINT annulation_et_demande UNIQUE (id, demande_id);
ALTER TABLE annulation ADD CONSTRAINT annulation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE retablissement ADD CONSTRAINT retablissement_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE retablissement ADD CONSTRAINT retablissement_de_sa_demande
    FOREIGN KEY (annulation_id, demande_id) REFERENCES annulation (id, demande_id) DEFERRABLE INITIALLY DEFERRED;

-- No demande is taken back, or put back, without the row that says why.
CREATE FUNCTION registre_exiger_annulation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.statut = 'ANNULEE' THEN
        PERFORM 1 FROM annulation WHERE demande_id = NEW.id AND revision = NEW.revision;
    ELSIF NEW.statut <> 'PURGEE' THEN
        PERFORM 1 FROM retablissement WHERE demande_id = NEW.id AND revision = NEW.revision;
    ELSE
        RETURN NULL;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'demande % : ni annulation ni rétablissement à la révision %', NEW.id, NEW.revision
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- What is kept is open, of the same territory and as old; nobody takes back what they registered themselves; a demande
-- that was ever changed is no mistake of entry.
CREATE FUNCTION registre_exiger_double() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM demande d
    JOIN demande g ON g.id = NEW.gardee_id AND g.territoire = d.territoire AND g.statut IN ('ACTIVE', 'EXPIREE')
        AND coalesce(g.anciennete_heritee, g.date_depot) <= d.date_depot
    JOIN version v ON v.demande_id = d.id AND v.numero = 1 AND v.auteur <> NEW.auteur
    WHERE d.id = NEW.demande_id AND d.anciennete_heritee IS NULL AND NEW.revision = 2;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'annulation % : cette demande n’est pas un double qui s’annule', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

SELECT proteger_ajout_seul('annulation');
SELECT proteger_ajout_seul('retablissement');
CREATE TRIGGER estampille BEFORE INSERT ON annulation FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON retablissement FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON annulation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_acte('ANNULER', 'annulation');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON retablissement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_acte('RETABLIR', 'retablissement');
CREATE CONSTRAINT TRIGGER double AFTER INSERT ON annulation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_double();
CREATE CONSTRAINT TRIGGER annulation_dite AFTER UPDATE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.statut <> NEW.statut AND 'ANNULEE' IN (OLD.statut, NEW.statut))
    EXECUTE FUNCTION registre_exiger_annulation();
CREATE CONSTRAINT TRIGGER annulation_d_abord AFTER INSERT ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.statut = 'ANNULEE')
    EXECUTE FUNCTION registre_exiger_annulation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0026_liste_enregistree"),
    ]

    operations = [
        migrations.CreateModel(
            name="Annulation",
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
                ("precision", models.CharField(max_length=300, verbose_name="précision")),
                ("auteur", models.UUIDField()),
                ("annule_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
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
                        related_name="annulations",
                        to="registre.demande",
                    ),
                ),
                (
                    "gardee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
            ],
            options={
                "db_table": "annulation",
            },
        ),
        migrations.CreateModel(
            name="Retablissement",
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
                ("precision", models.CharField(max_length=300, verbose_name="précision")),
                ("auteur", models.UUIDField()),
                ("retabli_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "annulation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retablissement",
                        to="registre.annulation",
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
            ],
            options={
                "db_table": "retablissement",
            },
        ),
        migrations.AddConstraint(
            model_name="annulation",
            constraint=models.UniqueConstraint(fields=("demande", "revision"), name="annulation_unique"),
        ),
        migrations.AddConstraint(
            model_name="annulation",
            constraint=models.CheckConstraint(
                condition=models.Q(("demande", models.F("gardee")), _negated=True),
                name="annulation_deux_demandes",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
