"""A pending identity is decided: by whom, why, and what the database lets come into force."""

import uuid

from django.db import migrations, models

GARDES = """
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_verbes()'::regprocedure);
    apres text := replace(avant, '''PURGER'',', '''PURGER'', ''VALIDER_IDENTITE'',');
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_verbes: its list was not found';
    END IF;
    EXECUTE apres;
END $$;

-- The answer is told by an entry that names it, at the revision that it made or read.
DROP TRIGGER journalise ON decision_identite;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON decision_identite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_acte(
        'VALIDER_IDENTITE,REFUSER_IDENTITE,ANNULER_IDENTITE,EXPIRER_IDENTITE', 'decision');
ALTER TABLE decision_identite ADD CONSTRAINT decision_identite_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION registre_exiger_en_controle() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM identite WHERE id = NEW.identite_id AND voie = 'CONTROLE';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'decision_identite % : cette identité n’attend aucune décision', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER en_controle AFTER INSERT ON decision_identite
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_en_controle();

-- Who a person is said to be changes by a decision, or at once where the rule lets it; never by a second « deposit ».
CREATE FUNCTION registre_exiger_identite_admise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM identite i LEFT JOIN decision_identite d ON d.identite_id = i.id
    WHERE i.id = NEW.identite_courante_id
        AND (i.voie NOT IN ('DEPOT', 'CONTROLE') OR d.issue = 'VALIDEE' AND NOT i.retrait);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : personne n’a validé cette identité', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER identite_admise AFTER UPDATE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.identite_courante_id IS DISTINCT FROM OLD.identite_courante_id)
    EXECUTE FUNCTION registre_exiger_identite_admise();

-- Nobody leaves a household but by a separation, or by a departure that somebody validated.
CREATE FUNCTION registre_exiger_depart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation WHERE personne_id = NEW.id
    UNION ALL
    SELECT 1 FROM identite i JOIN decision_identite d ON d.identite_id = i.id
    WHERE i.personne_id = NEW.id AND i.retrait AND d.issue = 'VALIDEE';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : rien ne dit qu’elle quitte la demande', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER depart_dit AFTER UPDATE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.retire_le IS NOT NULL AND OLD.retire_le IS NULL)
    EXECUTE FUNCTION registre_exiger_depart();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0040_pieces_de_qui_part"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="decisionidentite", name="decision_quatre_yeux"),
        migrations.AddField(
            model_name="decisionidentite",
            name="decide_par",
            field=models.JSONField(default=dict, verbose_name="décideur, tel qu’il était"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="decisionidentite",
            name="precision",
            field=models.CharField(blank=True, max_length=300, verbose_name="précision"),
        ),
        migrations.AddField(
            model_name="decisionidentite",
            name="revision",
            field=models.IntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="decisionidentite",
            name="motif",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddConstraint(
            model_name="decisionidentite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("issue__in", ["VALIDEE", "REFUSEE"]),
                        models.Q(("auteur", models.F("decideur")), _negated=True),
                    ),
                    models.Q(("auteur", models.F("decideur")), ("issue", "ANNULEE")),
                    models.Q(
                        ("decideur", uuid.UUID("00000000-0000-7000-8000-000000000001")), ("issue", "EXPIREE")
                    ),
                    _connector="OR",
                ),
                name="decision_quatre_yeux",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionidentite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("issue", "REFUSEE"),
                        (
                            "motif__in",
                            [
                                "PJ_ABSENTE",
                                "PJ_NON_PROBANTE",
                                "IDENTITE_DIFFERENTE",
                                "ERREUR_SAISIE",
                                "DOUBLON",
                                "AUTRE",
                            ],
                        ),
                    ),
                    models.Q(models.Q(("issue", "REFUSEE"), _negated=True), ("motif", "")),
                    _connector="OR",
                ),
                name="decision_identite_motif",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionidentite",
            constraint=models.CheckConstraint(
                condition=models.Q(("motif", "AUTRE"), ("precision", ""), _negated=True),
                name="decision_identite_precision",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
