"""A title passes from a demande to another once a second person agreed, whatever the couple was."""

from django.db import migrations

FONCTION = """
CREATE OR REPLACE FUNCTION registre_exiger_heritage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation s
    JOIN version v ON v.demande_id = s.demande_id AND v.numero = s.revision - 1
    JOIN demande d ON d.id = s.nouvelle_id AND d.anciennete_heritee = NEW.date_depot
    WHERE s.id = NEW.separation_id
        AND EXISTS (SELECT FROM identite i WHERE i.id = ANY (v.identites) AND i.personne_id = s.personne_id)
        AND ({sans_reserve}EXISTS (SELECT FROM decision_separation z
            WHERE z.separation_id = s.id AND z.issue = 'HERITEE'));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : cette personne n’hérite d’aucune ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0064_retirer_le_sien")]

    operations = [
        migrations.RunSQL(
            FONCTION.format(sans_reserve=""),
            FONCTION.format(sans_reserve="cardinality(s.a_decider) = 0 OR "),
        )
    ]
