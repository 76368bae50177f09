"""Sets of close demandes, and freezes that somebody asks to end, wait for whoever decides, in the list of no counter."""

from django.db import migrations, models

NATURES = [
    "IDENTITE",
    "ANTERIORITE",
    "DOUBLON",
    "ANCIENNE_IDENTITE",
    "SEPARATION",
    "ENSEMBLE_DOUBLON",
    "LEVEE_GEL",
    "PIECES",
    "REPONSE_MENAGE",
    "COURRIEL_INVALIDE",
    "MESSAGE_REFUSE",
    "LETTRE_REFUSEE",
]
ATTENTES = """
-- A set has one line, on the first of its demandes that is under way: it moves on when that one ends.
CREATE FUNCTION attente_ensemble_placer(ensemble uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM attente WHERE id = ensemble;
    SELECT attente_ouvrir(e.id, 'ENSEMBLE_DOUBLON', 'REPONSES', m.demande_id, '', NULL, e.ouvert_le, NULL)
    FROM ensemble_doublon e JOIN ensemble_membre m ON m.ensemble_id = e.id JOIN demande d ON d.id = m.demande_id
    WHERE e.id = ensemble AND e.clos_le IS NULL AND d.statut IN ('ACTIVE', 'EXPIREE')
    ORDER BY m.id LIMIT 1
$$;
REVOKE ALL ON FUNCTION attente_ensemble_placer(uuid) FROM PUBLIC;
CREATE FUNCTION attente_membre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ensemble_placer(NEW.ensemble_id);
    RETURN NULL;
END $$;
CREATE FUNCTION attente_ensemble() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ensemble_placer(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION attente_membre_statut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ensemble_placer(m.ensemble_id) FROM ensemble_membre m
    JOIN ensemble_doublon e ON e.id = m.ensemble_id AND e.clos_le IS NULL WHERE m.demande_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON ensemble_membre FOR EACH ROW EXECUTE FUNCTION attente_membre();
CREATE TRIGGER attente AFTER UPDATE OF clos_le ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION attente_ensemble();
CREATE TRIGGER attente_effacee AFTER DELETE ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente_membre AFTER UPDATE OF statut ON demande FOR EACH ROW
    WHEN (NEW.statut <> OLD.statut AND (NEW.statut IN ('ACTIVE', 'EXPIREE')) <> (OLD.statut IN ('ACTIVE', 'EXPIREE')))
    EXECUTE FUNCTION attente_membre_statut();

CREATE FUNCTION attente_levee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.decidee_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'LEVEE_GEL', 'REPONSES', g.demande_id, '', NEW.auteur, NEW.demandee_le, NULL)
        FROM gel g WHERE g.id = NEW.gel_id;
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT OR UPDATE OF decidee_le ON levee_gel FOR EACH ROW EXECUTE FUNCTION attente_levee();
CREATE TRIGGER attente_effacee AFTER DELETE ON levee_gel FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- What waits already.
SELECT count(attente_ensemble_placer(e.id)::text) FROM ensemble_doublon e WHERE e.clos_le IS NULL;
SELECT count(attente_ouvrir(l.id, 'LEVEE_GEL', 'REPONSES', g.demande_id, '', l.auteur, l.demandee_le, NULL)::text)
FROM levee_gel l JOIN gel g ON g.id = l.gel_id WHERE l.decidee_le IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0036_decider_anteriorite"),
    ]

    operations = [
        migrations.RemoveConstraint("attente", "attente_nature"),
        migrations.AddConstraint(
            "attente",
            models.CheckConstraint(condition=models.Q(nature__in=NATURES), name="attente_nature"),
        ),
        migrations.RunSQL(ATTENTES, migrations.RunSQL.noop),
    ]
