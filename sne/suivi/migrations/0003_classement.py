"""Cases that were closed: nobody closes one about what they did, an entry tells each, the erasure takes them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE TRIGGER estampille BEFORE INSERT ON classement FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON classement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('CLASSER_SUIVI', 'classement');
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON classement
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON classement
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE classement ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE classement ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- Four eyes, whatever accounts a person holds: of the acts that were looked at, they made none.
CREATE FUNCTION suivi_garder_quatre_yeux() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM operation o
    WHERE o.territoire = NEW.territoire AND (o.survenu_le AT TIME ZONE 'Europe/Paris')::date >= NEW.depuis
        AND CASE WHEN NEW.demande_id IS NULL THEN NEW.guichet <> '' AND o.guichet = NEW.guichet
                AND o.champs && ARRAY['nom_naissance', 'prenoms', 'date_naissance', 'nir', 'sexe']::varchar[]
            ELSE o.demande_id = NEW.demande_id END
        AND compte_personne(o.auteur) = compte_personne(NEW.auteur);
    IF FOUND THEN
        RAISE EXCEPTION 'classement % : son auteur a saisi l’un des actes regardés', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quatre_yeux BEFORE INSERT ON classement
    FOR EACH ROW EXECUTE FUNCTION suivi_garder_quatre_yeux();

-- The erasure knows of the new table.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('observation_identite', 'demande_id = $1')$r$,
        $r$('classement', 'demande_id = $1'),
        ('observation_identite', 'demande_id = $1')$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the observations was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0060_dernier_score"),
        ("suivi", "0002_hasard"),
    ]

    operations = [
        migrations.CreateModel(
            name="Classement",
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
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("operation", models.UUIDField(null=True, verbose_name="dernier acte regardé")),
                ("observes", models.IntegerField(null=True)),
                ("depuis", models.DateField(verbose_name="premier jour regardé")),
                ("motif", models.CharField(max_length=25)),
                ("auteur", models.UUIDField()),
                ("classe_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
                (
                    "enquete",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.dossierenquete",
                    ),
                ),
            ],
            options={
                "db_table": "classement",
                "indexes": [
                    models.Index(fields=["territoire", "-survenu_le", "-id"], name="classement_recents"),
                    models.Index(
                        condition=models.Q(("demande", None)),
                        fields=["territoire", "guichet", "-survenu_le", "-id"],
                        name="classement_du_guichet",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "motif__in",
                                [
                                    "ETAT_CIVIL_RECONSTITUE",
                                    "TRANSFERT_DECES",
                                    "TRANSFERT_SEPARATION",
                                    "DOUBLON_FUSIONNE",
                                    "CORRECTION_HONNETE",
                                    "ERREUR_SAISIE",
                                    "CONFIRME",
                                ],
                            )
                        ),
                        name="classement_motif",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enquete__isnull", False), ("motif", "CONFIRME")),
                            models.Q(models.Q(("motif", "CONFIRME"), _negated=True), ("enquete", None)),
                            _connector="OR",
                        ),
                        name="classement_confirme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("demande__isnull", False), ("observes", None), ("operation__isnull", False)
                            ),
                            models.Q(("demande", None), ("observes__gte", 1), ("observes__isnull", False)),
                            _connector="OR",
                        ),
                        name="classement_objet",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("demande__isnull", False)),
                        fields=("territoire", "demande", "operation"),
                        name="classement_d_un_acte",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
