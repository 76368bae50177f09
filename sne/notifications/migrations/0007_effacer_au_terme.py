"""Messages to professionals are deleted at the end of their retention, whatever day the caller gives."""

from django.db import migrations

SQL = """
-- One day more than the retention is left to the caller: the day starts in Paris, and months are not of one length.
CREATE OR REPLACE FUNCTION messages_agents_effacer(p_avant timestamptz, p_au_plus integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    v_mois integer := parametre_entier('message_agent_conservation_mois', current_date);
    v_vieux uuid[];
BEGIN
    IF NOT base_admet('AUTRE_JOUR')
        AND (v_mois IS NULL OR p_avant > clock_timestamp() - make_interval(months => v_mois) + interval '1 day')
    THEN
        RAISE EXCEPTION 'messages d’avant % : ils se gardent encore', p_avant
            USING errcode = 'integrity_constraint_violation';
    END IF;
    v_vieux := ARRAY(SELECT m.id FROM message_agent m WHERE m.survenu_le < p_avant
        ORDER BY m.survenu_le, m.id LIMIT p_au_plus FOR UPDATE SKIP LOCKED);
    UPDATE message_agent SET destinataire = NULL, contexte = NULL WHERE id = ANY (v_vieux);
    DELETE FROM message_agent_tentative WHERE message_id = ANY (v_vieux);
    DELETE FROM message_agent WHERE id = ANY (v_vieux);
    RETURN cardinality(v_vieux);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0006_avis_entiers"),
        ("referentiels", "0008_parametre_entier"),
        ("socle", "0002_base_admet"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
