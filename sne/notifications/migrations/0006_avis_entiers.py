"""What waits to be sent is held back by nobody, and a notice keeps its address and its text as long as its demande."""

from django.db import migrations

AVANT = """
CREATE OR REPLACE FUNCTION messages_figer() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
GARDES = AVANT.replace(
    "    RETURN NEW;",
    """    -- The link of a notice opens nothing once its address is gone; it goes with its demande, by the erasure.
    IF OLD.genre = 'AVIS_CHANGEMENT' AND (NEW.destinataire, NEW.contexte, NEW.secours)
        IS DISTINCT FROM (OLD.destinataire, OLD.contexte, OLD.secours)
    THEN
        RAISE EXCEPTION 'message % : un avis garde son adresse et son texte', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    -- Whatever an attempt gives, the message is no more to be sent for the first time, and an entry says so.
    IF OLD.etat = 'A_ENVOYER' AND NEW.etat = 'A_ENVOYER'
        AND NEW.prochain_essai_le IS DISTINCT FROM OLD.prochain_essai_le
    THEN
        RAISE EXCEPTION 'message % : rien ne retient ce qui est à envoyer', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;""",
)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_effacer_les_anciens")]

    operations = [migrations.RunSQL(GARDES, AVANT)]
