"""A document waits to be verified while it is in force: those of who left a demande wait in the new one only."""

from django.db import migrations

ATTENTES = """
-- The oldest document in force of a demande that nobody has qualified; nothing once each was.
CREATE OR REPLACE FUNCTION attente_placer_piece(cible uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM attente WHERE demande_id = cible AND nature = 'PIECE_A_VERIFIER';
    SELECT attente_ouvrir(p.id, 'PIECE_A_VERIFIER', 'PIECES', cible, NULL, p.auteur, p.survenu_le, NULL)
    FROM demande d JOIN version v ON v.id = d.version_courante_id JOIN piece p ON p.id = ANY (v.pieces)
    WHERE d.id = cible AND p.document IS NOT NULL
        AND NOT EXISTS (SELECT FROM qualification_piece q WHERE q.piece_id = p.id AND q.territoire = p.territoire
            AND q.demande_id = cible)
    ORDER BY p.survenu_le, p.id LIMIT 1
$$;

CREATE FUNCTION attente_piece_de_qui_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente a USING piece p
    WHERE a.id = p.id AND a.nature = 'PIECE_PERIMEE' AND p.demande_id = NEW.demande_id
        AND p.personne_id = NEW.personne_id;
    PERFORM attente_placer_piece(NEW.demande_id);
    RETURN NULL;
END $$;
CREATE TRIGGER attente_pieces AFTER INSERT ON separation FOR EACH ROW EXECUTE FUNCTION attente_piece_de_qui_part();

SELECT attente_placer_piece(a.demande_id)::text FROM attente a WHERE a.nature = 'PIECE_A_VERIFIER';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0039_pieces_a_verifier")]
    operations = [migrations.RunSQL(ATTENTES, migrations.RunSQL.noop)]
