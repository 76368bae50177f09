"""What is examined of each change of identity, and the operations that surround it: two tables that are added to."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['examen_identite', 'operation'] LOOP
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
        EXECUTE format('CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON %I '
            'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree()', t);
        EXECUTE format('CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge(''demande_id'')', t);
        EXECUTE format('CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul_vider', t);
    END LOOP;
END $$;
ALTER TABLE operation ADD CONSTRAINT operation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- ``ListeCivilite``: 1 for a man, 2 and 3 for a woman.
CREATE FUNCTION registre_sexe(civilite text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE civilite WHEN '3' THEN '2' ELSE civilite END
$$;

-- A protected trait that changes at once was examined; what a validated change keeps of the identity before was too.
CREATE OR REPLACE FUNCTION registre_exiger_identite_admise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM identite i JOIN identite a ON a.id = OLD.identite_courante_id
    LEFT JOIN decision_identite d ON d.identite_id = i.id
    WHERE i.id = NEW.identite_courante_id AND NOT i.retrait AND (
        d.issue = 'VALIDEE'
        OR i.voie NOT IN ('DEPOT', 'CONTROLE', 'AUTOMATIQUE')
        OR i.voie = 'AUTOMATIQUE' AND (
            (i.nom_naissance, i.prenoms, i.date_naissance, i.nir_empreinte, registre_sexe(i.civilite))
                IS NOT DISTINCT FROM
            (a.nom_naissance, a.prenoms, a.date_naissance, a.nir_empreinte, registre_sexe(a.civilite))
            OR EXISTS (SELECT FROM examen_identite x WHERE x.identite_id = i.id AND x.decision = 'AUTOMATIQUE')
            OR EXISTS (SELECT FROM decision_identite x JOIN identite y ON y.id = x.identite_id
                WHERE y.personne_id = NEW.id AND x.issue = 'VALIDEE' AND x.survenu_le = i.survenu_le)));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : personne n’a validé cette identité', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION registre_exiger_depart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation WHERE personne_id = NEW.id
    UNION ALL
    SELECT 1 FROM identite i LEFT JOIN decision_identite d ON d.identite_id = i.id
    LEFT JOIN examen_identite x ON x.identite_id = i.id
    WHERE i.personne_id = NEW.id AND i.retrait
        AND (d.issue = 'VALIDEE' OR i.voie = 'AUTOMATIQUE' AND x.decision = 'AUTOMATIQUE')
    UNION ALL
    SELECT 1 FROM demande d WHERE d.id = NEW.demande_id AND registre_est_retablie(d.id, d.revision);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : rien ne dit qu’elle quitte la demande', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- The erasure knows of the new tables, before what they refer to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('decision_identite', 'demande_id = $1'),$r$,
        $r$('decision_identite', 'demande_id = $1'),
        ('examen_identite', 'demande_id = $1'),
        ('operation', 'demande_id = $1'),$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the decisions was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0045_avis_changement"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExamenIdentite",
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
                ("decision", models.CharField(max_length=11)),
                (
                    "clauses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list
                    ),
                ),
                ("phrase", models.TextField()),
                ("seuils", models.JSONField()),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
                (
                    "identite",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examen",
                        to="registre.identite",
                    ),
                ),
            ],
            options={
                "db_table": "examen_identite",
                "indexes": [
                    models.Index(
                        fields=["territoire", "demande", "survenu_le"], name="examen_identite_du_dossier"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["AUTOMATIQUE", "EN_ATTENTE"])),
                        name="examen_identite_decision",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Operation",
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
                ("revision", models.IntegerField()),
                ("type", models.CharField(max_length=14)),
                ("canal", models.CharField(max_length=10)),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("auteur", models.UUIDField()),
                (
                    "champs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list
                    ),
                ),
                ("risque", models.BooleanField(default=False)),
                ("score", models.FloatField(null=True)),
                ("termes", models.JSONField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
            ],
            options={
                "db_table": "operation",
                "indexes": [
                    models.Index(fields=["demande", "survenu_le"], name="operation_du_dossier"),
                    models.Index(
                        condition=models.Q(("risque", True)),
                        fields=["auteur", "survenu_le"],
                        name="operation_a_risque",
                    ),
                    models.Index(fields=["territoire", "guichet", "survenu_le"], name="operation_du_guichet"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["modification", "renouvellement", "reactivation"])),
                        name="operation_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("score", None), ("termes", None)),
                            models.Q(("score__isnull", False), ("termes__isnull", False)),
                            _connector="OR",
                        ),
                        name="operation_score",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
