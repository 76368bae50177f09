"""Who is on a demande, and how they are reached, change by an act that their addresses are told of, and by no other."""

from django.db import migrations

GARDES = """
-- Acts that make a revision and of which the addresses of before are told (sne.registre.handlers).
CREATE FUNCTION registre_verbes_annonces() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['MODIFIER', 'RENOUVELER', 'REACTIVER', 'SEPARER', 'VALIDER_IDENTITE', 'RESTAURER']
$$;

CREATE FUNCTION registre_exiger_annonce() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM version v
    JOIN LATERAL (SELECT identites, contenu FROM version
        WHERE demande_id = v.demande_id AND numero < v.numero ORDER BY numero DESC LIMIT 1) p ON true
    WHERE v.demande_id = NEW.id AND v.numero = NEW.revision
        AND registre_traits_figes(v.identites, v.contenu) <> registre_traits_figes(p.identites, p.contenu);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.id AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND revision = NEW.revision AND verbe = ANY (registre_verbes_annonces());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'demande % : la révision % change qui la tient sans que personne soit prévenu', NEW.id,
            NEW.revision USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER annonce AFTER UPDATE ON demande DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.revision <> OLD.revision AND NEW.statut <> 'PURGEE')
    EXECUTE FUNCTION registre_exiger_annonce();

-- Whoever a person is said to be is who the version in force says: what is found by a search is what is told.
CREATE FUNCTION registre_exiger_identite_dite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM personne q JOIN demande d ON d.id = q.demande_id JOIN version v ON v.id = d.version_courante_id
    WHERE q.id = NEW.id AND (q.retire_le IS NOT NULL OR q.identite_courante_id = ANY (v.identites));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : la version en vigueur ne dit pas cette identité', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER identite_dite AFTER UPDATE ON personne DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.identite_courante_id IS DISTINCT FROM OLD.identite_courante_id)
    EXECUTE FUNCTION registre_exiger_identite_dite();
"""
RETOUR = """
DROP TRIGGER identite_dite ON personne;
DROP TRIGGER annonce ON demande;
DROP FUNCTION registre_exiger_identite_dite();
DROP FUNCTION registre_exiger_annonce();
DROP FUNCTION registre_verbes_annonces();
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0065_heriter_a_deux")]

    operations = [migrations.RunSQL(GARDES, RETOUR)]
