"""A past identity recognised opens an enquiry: cases opened so far become enquiries, and cases know nothing of it."""

from django.db import migrations, models

CONVERTIR = """
ALTER TABLE dossier_enquete DISABLE TRIGGER USER;
ALTER TABLE demande_enquetee DISABLE TRIGGER USER;
ALTER TABLE element_enquete DISABLE TRIGGER USER;
INSERT INTO dossier_enquete (id, territoire, origine, motif, precision, auteur, ouvert_par, ouvert_le, inscrit_le,
    clos_le, decideur, clos_par, issue, motif_issue, precision_issue)
SELECT id, territoire, origine, 'ANCIEN_TITULAIRE', '', auteur, ouvert_par, ouvert_le, inscrit_le,
    clos_le, decideur, clos_par, issue, motif, precision
FROM cas_doublon WHERE origine = 'ANCIENNE_IDENTITE';
INSERT INTO demande_enquetee (id, enquete_id, demande_id, principale)
SELECT gen_random_uuid(), c.id, d.id, d.id = c.demande_id
FROM cas_doublon c JOIN demande d ON d.id IN (c.demande_id, c.dossier) WHERE c.origine = 'ANCIENNE_IDENTITE';
INSERT INTO element_enquete (id, enquete_id, nature, texte, identite_id, auteur, ajoute_par, survenu_le, inscrit_le)
SELECT gen_random_uuid(), id, 'IDENTITE', array_to_string(raisons, ', '), identite_id, auteur, ouvert_par, ouvert_le,
    inscrit_le
FROM cas_doublon WHERE origine = 'ANCIENNE_IDENTITE';
DELETE FROM cas_doublon WHERE origine = 'ANCIENNE_IDENTITE';

-- The work list of answers awaited: from the enquiry now, under its own identifier.
CREATE FUNCTION attente_enquete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ouvrir(e.id, 'ANCIENNE_IDENTITE', 'REPONSES', NEW.demande_id, nullif(e.ouvert_par ->> 'guichet', ''),
        e.auteur, e.ouvert_le, NULL)
    FROM dossier_enquete e WHERE e.id = NEW.enquete_id AND e.origine = 'ANCIENNE_IDENTITE';
    RETURN NULL;
END $$;
CREATE FUNCTION attente_enquete_close() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION attente_cas() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.clos_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'DOUBLON', 'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.ouvert_le,
            NULL);
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
SELECT count(attente_ouvrir(e.id, 'ANCIENNE_IDENTITE', 'REPONSES', d.demande_id, nullif(e.ouvert_par ->> 'guichet', ''),
    e.auteur, e.ouvert_le, NULL))
FROM dossier_enquete e JOIN demande_enquetee d ON d.enquete_id = e.id AND d.principale
WHERE e.origine = 'ANCIENNE_IDENTITE' AND e.clos_le IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER attente AFTER INSERT ON demande_enquetee FOR EACH ROW WHEN (NEW.principale)
    EXECUTE FUNCTION attente_enquete();
CREATE TRIGGER attente AFTER UPDATE OF clos_le ON dossier_enquete FOR EACH ROW
    EXECUTE FUNCTION attente_enquete_close();
ALTER TABLE dossier_enquete ENABLE TRIGGER USER;
ALTER TABLE demande_enquetee ENABLE TRIGGER USER;
ALTER TABLE element_enquete ENABLE TRIGGER USER;

CREATE OR REPLACE FUNCTION registre_exiger_entree_de_cas() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE verbe = CASE WHEN tg_op = 'INSERT' THEN 'OUVRIR_CAS_DOUBLON' ELSE 'CLORE_CAS_DOUBLON' END
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> 'cas' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme le cas % (%)', NEW.id, tg_op
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0027_annulation")]
    operations = [
        migrations.RunSQL(CONVERTIR, migrations.RunSQL.noop),
        migrations.RemoveConstraint("casdoublon", "cas_doublon_origine"),
        migrations.RemoveField("casdoublon", "identite"),
        migrations.AddConstraint(
            "casdoublon",
            models.CheckConstraint(
                condition=models.Q(("origine__in", ["GUICHET"])), name="cas_doublon_origine"
            ),
        ),
    ]
