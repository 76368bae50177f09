"""A separation waits for the territorial manager, on the new demande; a secret one is in the list of no counter."""

from django.db import migrations, models

NATURES = [
    "IDENTITE",
    "ANTERIORITE",
    "DOUBLON",
    "ANCIENNE_IDENTITE",
    "SEPARATION",
    "PIECES",
    "REPONSE_MENAGE",
    "COURRIEL_INVALIDE",
    "MESSAGE_REFUSE",
    "LETTRE_REFUSEE",
]
ATTENTES = """
CREATE FUNCTION attente_separation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'SEPARATION', 'REPONSES', NEW.nouvelle_id,
        CASE WHEN NEW.secrete THEN '' ELSE NEW.guichet END, NEW.auteur, NEW.survenu_le, NULL);
    RETURN NULL;
END $$;
CREATE FUNCTION attente_decision_separation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.separation_id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON separation FOR EACH ROW EXECUTE FUNCTION attente_separation();
CREATE TRIGGER attente AFTER INSERT ON decision_separation FOR EACH ROW
    EXECUTE FUNCTION attente_decision_separation();
CREATE TRIGGER attente_effacee AFTER DELETE ON separation FOR EACH ROW EXECUTE FUNCTION attente_effacee();
SELECT count(attente_ouvrir(s.id, 'SEPARATION', 'REPONSES', s.nouvelle_id,
    CASE WHEN s.secrete THEN '' ELSE s.guichet END, s.auteur, s.survenu_le, NULL))
FROM separation s WHERE NOT EXISTS (SELECT FROM decision_separation x WHERE x.separation_id = s.id);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0028_anciennes_identites"),
    ]

    operations = [
        migrations.RemoveConstraint("attente", "attente_nature"),
        migrations.AddConstraint(
            "attente",
            models.CheckConstraint(condition=models.Q(("nature__in", NATURES)), name="attente_nature"),
        ),
        migrations.RunSQL(ATTENTES, migrations.RunSQL.noop),
    ]
