"""What is missing and what is remarked, kept beside the file; existing rows are filled by a task, which resumes."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

SYSTEME = uuid.UUID("00000000-0000-7000-8000-000000000001")
GARDES = """
-- What is examined apart says nothing of the household that its revision does not: written once for each revision, with
-- nothing else, it needs neither a revision of its own nor an entry.
CREATE FUNCTION registre_exiger_entree_de_demande() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND NEW.revision = OLD.revision AND OLD.remarques IS NULL AND NEW.remarques IS NOT NULL
        AND to_jsonb(NEW) - ARRAY['remarques', 'elements_manquants']
            = to_jsonb(OLD) - ARRAY['remarques', 'elements_manquants']
    THEN
        RETURN NULL;
    END IF;
    IF tg_op = 'UPDATE' AND NEW.revision <> OLD.revision + 1 THEN
        RAISE EXCEPTION 'demande % : la révision doit avancer d’un', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    PERFORM 1 FROM journal_entree
    WHERE demande = coalesce(NEW.id, OLD.id) AND inscrit_le >= transaction_timestamp()
        AND xid = pg_current_xact_id() AND revision = coalesce(NEW.revision, OLD.revision)
        AND verbe = ANY (registre_verbes());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la demande % à la révision % (% sur %)',
            coalesce(NEW.id, OLD.id), coalesce(NEW.revision, OLD.revision), tg_op, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER journalise ON demande;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR UPDATE OR DELETE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_de_demande();
"""


def de_liste(nom: str, condition: models.Q) -> list[migrations.AddIndex]:
    """The two orders of a list by deposit."""
    fin = ["statut", "date_depot", "id"]
    return [
        migrations.AddIndex(
            "demande",
            models.Index(fields=["territoire", *fin], condition=condition, name=f"demande_{nom}"),
        ),
        migrations.AddIndex(
            "demande",
            models.Index(
                fields=["territoire", "guichet_gestionnaire", *fin],
                condition=condition,
                name=f"demande_{nom}_guichet",
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0021_separation"),
    ]

    operations = [
        migrations.AddField(
            "demande",
            "elements_manquants",
            models.SmallIntegerField(null=True, verbose_name="ce qu’il manque pour instruire"),
        ),
        migrations.AddField(
            "demande",
            "remarques",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=30), null=True),
        ),
        *de_liste("incomplete", models.Q(elements_manquants__gt=0)),
        *de_liste("remarquee", models.Q(remarques__gt=[])),
        migrations.AddIndex(
            "demande",
            models.Index(fields=["id"], condition=models.Q(remarques=None), name="demande_a_examiner"),
        ),
        migrations.AddIndex(
            "version",
            models.Index(
                fields=["auteur", "survenu_le", "id"],
                condition=models.Q(("auteur", SYSTEME), _negated=True),
                name="version_de_quelqu_un",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
