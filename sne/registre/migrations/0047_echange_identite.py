"""What is asked and answered around a change of identity that waits; a question waits in the list of its counter."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE TRIGGER estampille BEFORE INSERT ON echange_identite FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON echange_identite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant(
        'QUESTIONNER_IDENTITE,REPONDRE_IDENTITE,SIGNALER_IDENTITE', 'echange');
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON echange_identite
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON echange_identite
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE echange_identite ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE echange_identite ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- A question waits in the list of the counter that typed the change, until it answers or the change is decided.
CREATE FUNCTION attente_echange_identite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.nature = 'QUESTION' THEN
        PERFORM attente_ouvrir(NEW.id, 'QUESTION_IDENTITE', 'REPONSES', NEW.demande_id, i.guichet, NEW.auteur,
            NEW.survenu_le, NULL)
        FROM identite i WHERE i.id = NEW.identite_id;
    ELSIF NEW.nature = 'REPONSE' THEN
        DELETE FROM attente a USING echange_identite e
        WHERE a.id = e.id AND e.identite_id = NEW.identite_id AND e.nature = 'QUESTION';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON echange_identite FOR EACH ROW EXECUTE FUNCTION attente_echange_identite();
CREATE OR REPLACE FUNCTION attente_decision_identite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.identite_id;
    DELETE FROM attente a USING echange_identite e
    WHERE a.id = e.id AND e.identite_id = NEW.identite_id AND e.nature = 'QUESTION';
    RETURN NULL;
END $$;
CREATE TRIGGER attente_effacee AFTER DELETE ON echange_identite FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- The erasure knows of the new table, before what it refers to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('decision_identite', 'demande_id = $1'),$r$,
        $r$('echange_identite', 'demande_id = $1'),
        ('decision_identite', 'demande_id = $1'),$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the decisions was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0046_controle"),
    ]

    operations = [
        migrations.CreateModel(
            name="EchangeIdentite",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("nature", models.CharField(max_length=15)),
                ("texte", models.CharField(max_length=300)),
                ("auteur", models.UUIDField()),
                ("ecrit_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "echange_identite",
            },
        ),
        migrations.RemoveConstraint(
            model_name="attente",
            name="attente_nature",
        ),
        migrations.AddConstraint(
            model_name="attente",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "nature__in",
                        [
                            "IDENTITE",
                            "QUESTION_IDENTITE",
                            "ANTERIORITE",
                            "DOUBLON",
                            "ANCIENNE_IDENTITE",
                            "SEPARATION",
                            "ENSEMBLE_DOUBLON",
                            "LEVEE_GEL",
                            "RESTAURATION",
                            "OPPOSITION",
                            "AVIS_A_PORTER",
                            "PIECES",
                            "REPONSE_MENAGE",
                            "PIECE_A_VERIFIER",
                            "PIECE_PERIMEE",
                            "COURRIEL_INVALIDE",
                            "MESSAGE_REFUSE",
                            "LETTRE_REFUSEE",
                        ],
                    )
                ),
                name="attente_nature",
            ),
        ),
        migrations.AddField(
            model_name="echangeidentite",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="echangeidentite",
            name="enquete",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.dossierenquete",
            ),
        ),
        migrations.AddField(
            model_name="echangeidentite",
            name="identite",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="echanges",
                to="registre.identite",
            ),
        ),
        migrations.AddIndex(
            model_name="echangeidentite",
            index=models.Index(
                fields=["territoire", "identite", "survenu_le"], name="echange_identite_ordre"
            ),
        ),
        migrations.AddConstraint(
            model_name="echangeidentite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("enquete", None), ("nature__in", ["QUESTION", "REPONSE"])),
                    models.Q(("enquete__isnull", False), ("nature", "SIGNALEMENT_DPO")),
                    _connector="OR",
                ),
                name="echange_identite_nature",
            ),
        ),
        migrations.AddConstraint(
            model_name="echangeidentite",
            constraint=models.CheckConstraint(
                condition=models.Q(("texte", ""), _negated=True), name="echange_identite_dit"
            ),
        ),
        migrations.AddConstraint(
            model_name="echangeidentite",
            constraint=models.UniqueConstraint(
                condition=models.Q(("nature", "SIGNALEMENT_DPO")),
                fields=("identite",),
                name="echange_identite_un_signalement",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
