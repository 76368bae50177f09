"""A request that a demande be put back names the documents handed in since that stay; no other one does."""

import django.contrib.postgres.fields
from django.db import migrations, models

GARDES = """
-- Each is of that demande, and was not in force in the version asked for.
CREATE FUNCTION registre_exiger_pieces_gardables() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.pieces) g
        WHERE NOT EXISTS (SELECT FROM piece x WHERE x.id = g AND x.demande_id = NEW.demande_id)
            OR EXISTS (SELECT FROM version v
                WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.vers AND g = ANY (v.pieces)))
    THEN
        RAISE EXCEPTION 'retour % : une pièce à garder n’est pas arrivée depuis', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pieces_gardables BEFORE INSERT ON requete_restauration FOR EACH ROW
    WHEN (NEW.pieces <> '{}') EXECUTE FUNCTION registre_exiger_pieces_gardables();

-- A version that puts a demande back names documents of then, and those that were to be kept.
CREATE FUNCTION registre_exiger_pieces_d_alors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM decision_restauration z
        JOIN requete_restauration r ON r.id = z.requete_id
        JOIN version a ON a.demande_id = r.demande_id AND a.numero = r.vers
        JOIN version v ON v.demande_id = z.demande_id AND v.numero = z.revision
        WHERE z.id = NEW.id AND NOT v.pieces <@ (a.pieces || r.pieces))
    THEN
        RAISE EXCEPTION 'retour % : une pièce n’est ni d’alors, ni de celles à garder', NEW.requete_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pieces_d_alors AFTER INSERT ON decision_restauration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.issue = 'ACCEPTEE') EXECUTE FUNCTION registre_exiger_pieces_d_alors();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0062_permission_contact"),
    ]

    operations = [
        migrations.AddField(
            model_name="requeterestauration",
            name="pieces",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
