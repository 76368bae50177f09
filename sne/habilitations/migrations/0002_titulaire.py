"""Two accounts may be of one person: a link that is added, never taken away."""

import django.db.models.deletion
from django.db import migrations, models

GARDES = """
-- A link stays; a person whose first account joins another takes all theirs along.
CREATE FUNCTION compte_garder_titulaire() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.titulaire_id IS NULL OR NEW.titulaire_id = NEW.id
        OR EXISTS (SELECT FROM compte WHERE id = NEW.titulaire_id AND titulaire_id IS NOT NULL)
        OR OLD.titulaire_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM compte WHERE id = OLD.titulaire_id AND titulaire_id = NEW.titulaire_id)
    THEN
        RAISE EXCEPTION 'compte % : un lien entre deux comptes ne se retire pas', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER titulaire AFTER UPDATE OF titulaire_id ON compte DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.titulaire_id IS DISTINCT FROM OLD.titulaire_id) EXECUTE FUNCTION compte_garder_titulaire();

-- Who an account is: its person, by their first account; whoever has no account is alone.
CREATE FUNCTION compte_personne(compte uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce((SELECT c.titulaire_id FROM public.compte c WHERE c.id = $1), $1)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("habilitations", "0001_comptes_et_habilitations")]

    operations = [
        migrations.AddField(
            model_name="compte",
            name="titulaire",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="habilitations.compte",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
