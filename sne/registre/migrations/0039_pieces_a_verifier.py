"""Documents received wait to be verified, and those whose end is near to be looked at: a line of a work list each."""

from django.db import migrations, models

ATTENTES = """
-- The oldest document of a demande that nobody has qualified; nothing once each was.
CREATE FUNCTION attente_placer_piece(cible uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM attente WHERE demande_id = cible AND nature = 'PIECE_A_VERIFIER';
    SELECT attente_ouvrir(p.id, 'PIECE_A_VERIFIER', 'PIECES', cible, NULL, p.auteur, p.survenu_le, NULL)
    FROM piece p JOIN demande d ON d.id = p.demande_id
    WHERE p.territoire = d.territoire AND p.demande_id = cible AND p.document IS NOT NULL
        AND NOT EXISTS (SELECT FROM piece r WHERE r.remplace_id = p.id)
        AND NOT EXISTS (SELECT FROM qualification_piece q WHERE q.piece_id = p.id AND q.territoire = p.territoire
            AND q.demande_id = cible)
    ORDER BY p.survenu_le, p.id LIMIT 1
$$;
REVOKE ALL ON FUNCTION attente_placer_piece(uuid) FROM PUBLIC;

CREATE FUNCTION attente_piece() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.remplace_id AND nature = 'PIECE_PERIMEE';
    IF NEW.remplace_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM attente WHERE demande_id = NEW.demande_id AND nature = 'PIECE_A_VERIFIER')
    THEN
        PERFORM attente_placer_piece(NEW.demande_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON piece FOR EACH ROW EXECUTE FUNCTION attente_piece();

CREATE FUNCTION attente_qualification_piece() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.qualification <> 'VALIDE' THEN
        DELETE FROM attente WHERE id = NEW.piece_id AND nature = 'PIECE_PERIMEE';
    END IF;
    PERFORM attente_placer_piece(NEW.demande_id);
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON qualification_piece FOR EACH ROW EXECUTE FUNCTION attente_qualification_piece();

-- Documents of a territory whose last day is between two days: in force, not set aside, of a demande under way. The
-- instant of the pass is the line's: it is then that somebody has to look. Returns how many lines are new.
CREATE FUNCTION registre_guetter_pieces(p_territoire text, p_de date, p_a date, p_survenu_le timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    n integer;
BEGIN
    INSERT INTO attente (id, territoire, nature, liste, demande_id, guichet, auteur, depuis, avant, ouverte)
    SELECT p.id, p.territoire, 'PIECE_PERIMEE', 'PIECES', d.id, d.guichet_gestionnaire, NULL, p_survenu_le,
        p.validite_fin, true
    FROM piece p JOIN demande d ON d.id = p.demande_id JOIN version v ON v.id = d.version_courante_id
    WHERE p.territoire = p_territoire AND p.validite_fin BETWEEN p_de AND p_a
        AND d.statut IN ('ACTIVE', 'EXPIREE') AND p.id = ANY (v.pieces)
        AND coalesce((SELECT q.qualification FROM qualification_piece q WHERE q.territoire = p.territoire
            AND q.demande_id = d.id AND q.piece_id = p.id ORDER BY q.survenu_le DESC, q.id DESC LIMIT 1), 'VALIDE') = 'VALIDE'
    ON CONFLICT (id) DO NOTHING;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
REVOKE ALL ON FUNCTION registre_guetter_pieces(text, date, date, timestamptz) FROM PUBLIC;

-- What waits already.
SELECT attente_placer_piece(d.id)::text FROM (SELECT DISTINCT demande_id AS id FROM piece) d;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0038_pieces"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attente",
            name="attente_nature",
        ),
        migrations.RemoveConstraint(
            model_name="listeenregistree",
            name="liste_enregistree_codes",
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(
                condition=models.Q(("validite_fin__isnull", False)),
                fields=["territoire", "validite_fin"],
                name="piece_validite",
            ),
        ),
        migrations.AddConstraint(
            model_name="attente",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "nature__in",
                        [
                            "IDENTITE",
                            "ANTERIORITE",
                            "DOUBLON",
                            "ANCIENNE_IDENTITE",
                            "SEPARATION",
                            "ENSEMBLE_DOUBLON",
                            "LEVEE_GEL",
                            "PIECES",
                            "REPONSE_MENAGE",
                            "PIECE_A_VERIFIER",
                            "PIECE_PERIMEE",
                            "COURRIEL_INVALIDE",
                            "MESSAGE_REFUSE",
                            "LETTRE_REFUSEE",
                        ],
                    )
                ),
                name="attente_nature",
            ),
        ),
        migrations.AddConstraint(
            model_name="listeenregistree",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "liste__in",
                        [
                            "ECHEANCE",
                            "INCOMPLETES",
                            "REPONSES",
                            "COURRIERS",
                            "QUALIFIER",
                            "PIECES",
                            "MIENNES",
                        ],
                    ),
                    ("partage__in", ["PRIVEE", "GUICHET", "TERRITOIRE"]),
                    models.Q(("nom", ""), _negated=True),
                ),
                name="liste_enregistree_codes",
            ),
        ),
        migrations.RunSQL(ATTENTES, migrations.RunSQL.noop),
    ]
