"""Past identities looked for by night, or when somebody signs in: two more origins of an enquiry, and their count."""

from django.db import migrations, models

ATTENTES = """
CREATE OR REPLACE FUNCTION attente_enquete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ouvrir(e.id, 'ANCIENNE_IDENTITE', 'REPONSES', NEW.demande_id, nullif(e.ouvert_par ->> 'guichet', ''),
        e.auteur, e.ouvert_le, NULL)
    FROM dossier_enquete e
    WHERE e.id = NEW.enquete_id AND e.origine IN ('ANCIENNE_IDENTITE', 'CONNEXION', 'VICTIME_POSSIBLE');
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0048_deux_personnes")]

    operations = [
        migrations.RemoveConstraint("dossierenquete", "dossier_enquete_codes"),
        migrations.AddConstraint(
            "dossierenquete",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "motif__in",
                        [
                            "IDENTITE_REMPLACEE",
                            "CONTACTS_REMPLACES",
                            "SIGNALEMENT",
                            "PIECES_A_VERIFIER",
                            "ANCIEN_TITULAIRE",
                            "AUTRE",
                        ],
                    ),
                    (
                        "origine__in",
                        [
                            "MAIN_GT",
                            "DPO",
                            "ANCIENNE_IDENTITE",
                            "OPPOSITION",
                            "CONNEXION",
                            "VICTIME_POSSIBLE",
                        ],
                    ),
                ),
                name="dossier_enquete_codes",
            ),
        ),
        migrations.AddField(
            "passagedoublons", "anciens_titulaires", models.IntegerField(db_default=0, default=0)
        ),
        migrations.RunSQL(ATTENTES, migrations.RunSQL.noop),
    ]
