"""Old messages to professionals are deleted, with their attempts, by the one function that may do it."""

from django.db import migrations, models

EFFACER = """
-- An attempt goes with its message, which was emptied first; nothing else of it ever changes.
CREATE FUNCTION messages_agents_garder_essai() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'DELETE' AND EXISTS (SELECT FROM message_agent m
        WHERE m.id = OLD.message_id AND m.destinataire IS NULL AND m.contexte IS NULL)
    THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'table % : % refusé, on n’y fait qu’ajouter', tg_table_name, tg_op
        USING errcode = 'insufficient_privilege';
END $$;
DROP TRIGGER ajout_seul ON message_agent_tentative;
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON message_agent_tentative
    FOR EACH ROW EXECUTE FUNCTION messages_agents_garder_essai();
ALTER TABLE message_agent_tentative ENABLE ALWAYS TRIGGER ajout_seul;

-- Deletes at most so many messages written before an instant; one that is being sent waits for the next call.
CREATE FUNCTION messages_agents_effacer(p_avant timestamptz, p_au_plus integer) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    v_vieux uuid[] := ARRAY(SELECT m.id FROM message_agent m WHERE m.survenu_le < p_avant
        ORDER BY m.survenu_le, m.id LIMIT p_au_plus FOR UPDATE SKIP LOCKED);
BEGIN
    UPDATE message_agent SET destinataire = NULL, contexte = NULL WHERE id = ANY (v_vieux);
    DELETE FROM message_agent_tentative WHERE message_id = ANY (v_vieux);
    DELETE FROM message_agent WHERE id = ANY (v_vieux);
    RETURN cardinality(v_vieux);
END $$;
REVOKE EXECUTE ON FUNCTION messages_agents_effacer FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_messages_aux_agents")]

    operations = [
        migrations.AddIndex(
            model_name="messageagent",
            index=models.Index(fields=["survenu_le"], name="message_agent_age"),
        ),
        migrations.RunSQL(EFFACER, migrations.RunSQL.noop),
    ]
