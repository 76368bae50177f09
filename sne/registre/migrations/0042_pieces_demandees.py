"""Documents asked of a household: their entry has a verb of its own, and their line waits for each document."""

from django.db import migrations

GARDES = """
-- As before, with one verb or another.
CREATE OR REPLACE FUNCTION registre_exiger_fait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.revision AND verbe = ANY (string_to_array(tg_argv[0], ','))
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> 'fait' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme le fait % (%)', NEW.id, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER journalise ON evenement;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON evenement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_fait('CONSIGNER_EVENEMENT,DEMANDER_PIECES');

-- The lines of a demande whose every document asked was handed in or seen since, or is of somebody who left.
CREATE FUNCTION attente_fermer_pieces(cible uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM attente a USING evenement e
    WHERE a.demande_id = cible AND a.nature = 'PIECES' AND e.id = a.id
        AND jsonb_typeof(e.caracteristiques -> 'pieces') = 'array'
        AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(e.caracteristiques -> 'pieces') x
            WHERE NOT EXISTS (SELECT FROM personne q WHERE q.id = (x ->> 'personne')::uuid AND q.retire_le IS NOT NULL)
                AND NOT EXISTS (SELECT FROM piece p WHERE p.territoire = e.territoire AND p.demande_id = cible
                    AND p.survenu_le > e.survenu_le AND x -> 'types' ? p.type_piece
                    AND p.annee IS NOT DISTINCT FROM (x ->> 'annee')::smallint
                    AND (p.personne_id IS NULL AND p.membre = ''
                        OR p.personne_id IS NOT DISTINCT FROM (x ->> 'personne')::uuid AND p.membre = x ->> 'membre')))
$$;
REVOKE ALL ON FUNCTION attente_fermer_pieces(uuid) FROM PUBLIC;

CREATE FUNCTION attente_piece_demandee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_fermer_pieces(NEW.demande_id);
    RETURN NULL;
END $$;
CREATE TRIGGER attente_demandee AFTER INSERT ON piece FOR EACH ROW EXECUTE FUNCTION attente_piece_demandee();
CREATE TRIGGER attente_demandee AFTER UPDATE OF retire_le ON personne FOR EACH ROW
    WHEN (NEW.retire_le IS NOT NULL AND OLD.retire_le IS NULL) EXECUTE FUNCTION attente_piece_demandee();

-- A request in free text, of before, ends as it did: with whatever the household said or changed. One that names its
-- documents waits for them.
CREATE FUNCTION attente_est_libre(objet uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM evenement e
        WHERE e.id = objet AND jsonb_typeof(e.caracteristiques -> 'pieces') = 'array')
$$;
REVOKE ALL ON FUNCTION attente_est_libre(uuid) FROM PUBLIC;
CREATE OR REPLACE FUNCTION attente_evenement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.remplace_id;
    IF NEW.retrait THEN
        RETURN NULL;
    END IF;
    IF NEW.type IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR') THEN
        DELETE FROM attente WHERE demande_id = NEW.demande_id
            AND (nature = 'REPONSE_MENAGE' OR nature = 'PIECES' AND attente_est_libre(id));
    ELSIF NEW.type = 'DEMANDE_PJ' OR NEW.caracteristiques ? 'reponse_avant' THEN
        PERFORM attente_ouvrir(NEW.id, CASE NEW.type WHEN 'DEMANDE_PJ' THEN 'PIECES' ELSE 'REPONSE_MENAGE' END,
            'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.survenu_le,
            (NEW.caracteristiques ->> 'reponse_avant')::date);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION attente_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE demande_id = NEW.demande_id AND nature = 'PIECES' AND attente_est_libre(id);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0041_decider_identite")]
    operations = [migrations.RunSQL(GARDES, migrations.RunSQL.noop)]
