"""What the database guarantees of messages: told to the journal, attempts insert-only, values only ever erased."""

from django.db import migrations

GARDES = """
-- At commit: a message, its change of state and an attempt are each told by an entry of the same transaction.
CREATE FUNCTION messages_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid := CASE tg_table_name WHEN 'message' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'message_id')::uuid END;
    verbes text[] := CASE
        WHEN tg_table_name = 'message' AND tg_op = 'INSERT' THEN ARRAY['PREPARER_MESSAGE']
        ELSE ARRAY['ENVOYER_MESSAGE', 'DIFFERER_MESSAGE', 'DELIVRER_MESSAGE', 'REJETER_MESSAGE']
    END;
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND verbe = ANY (verbes) AND faits ->> 'message' = cible::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme le message % (% sur %)', cible, tg_op, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- What was written to whom can be erased, never changed.
CREATE FUNCTION messages_figer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.destinataire IS DISTINCT FROM OLD.destinataire AND NEW.destinataire IS NOT NULL)
        OR (NEW.contexte IS DISTINCT FROM OLD.contexte AND NEW.contexte IS NOT NULL)
        OR (NEW.secours IS DISTINCT FROM OLD.secours AND NEW.secours IS NOT NULL)
    THEN
        RAISE EXCEPTION 'message % : son adresse et son texte s’effacent, ils ne changent pas', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION messages_estampiller() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.inscrit_le := clock_timestamp();
    RETURN NEW;
END $$;

SELECT proteger_ajout_seul('message_tentative');
CREATE TRIGGER estampille BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION messages_estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON message_tentative FOR EACH ROW EXECUTE FUNCTION messages_estampiller();
CREATE TRIGGER fige BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION messages_figer();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON message
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION messages_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise_etat AFTER UPDATE ON message
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.etat IS DISTINCT FROM NEW.etat)
    EXECUTE FUNCTION messages_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON message_tentative
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION messages_exiger_entree();
ALTER TABLE message ADD CONSTRAINT message_empreinte CHECK (octet_length(empreinte) = 32);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_tables"),
        ("journal", "0001_journal"),
    ]
    operations = [migrations.RunSQL(GARDES, migrations.RunSQL.noop)]
