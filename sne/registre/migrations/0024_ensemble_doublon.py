"""Sets of close demandes, how far the nightly sweeps went, and what the database guarantees of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- A set is opened, grows while nobody decided, then ends, once; the entry of the same transaction names it.
CREATE FUNCTION registre_garder_ensemble() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.clos_le IS NOT NULL THEN
        RAISE EXCEPTION 'ensemble % : il est clos', OLD.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registre_garder_dans_ensemble() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.inscrit_le := clock_timestamp();
    IF NOT EXISTS (
        SELECT FROM ensemble_doublon WHERE id = NEW.ensemble_id AND territoire = NEW.territoire AND clos_le IS NULL
    ) THEN
        RAISE EXCEPTION 'ensemble % : il est clos, ou d’un autre territoire', NEW.ensemble_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- At commit: an end is told, and unless the set went on under another one it says something of each demande.
CREATE FUNCTION registre_exiger_fin_d_ensemble() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE verbe = 'CLORE_ENSEMBLE_DOUBLON' AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> 'ensemble' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme l’ensemble %', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.issue <> 'REUNI' AND EXISTS (
        SELECT FROM ensemble_membre m WHERE m.ensemble_id = NEW.id AND NOT EXISTS (
            SELECT FROM ensemble_sort s WHERE s.ensemble_id = m.ensemble_id AND s.demande_id = m.demande_id
        )
    ) THEN
        RAISE EXCEPTION 'ensemble % : sa fin ne dit rien d’une demande', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER estampille BEFORE INSERT ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER clos BEFORE UPDATE ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION registre_garder_ensemble();
CREATE CONSTRAINT TRIGGER journalise AFTER UPDATE OF clos_le ON ensemble_doublon
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.clos_le IS NOT NULL)
    EXECUTE FUNCTION registre_exiger_fin_d_ensemble();

-- A pair, or what is decided of a demande, is of demandes of the set.
ALTER TABLE ensemble_paire ADD CONSTRAINT ensemble_paire_membre_a
    FOREIGN KEY (ensemble_id, demande_a_id) REFERENCES ensemble_membre (ensemble_id, demande_id);
ALTER TABLE ensemble_paire ADD CONSTRAINT ensemble_paire_membre_b
    FOREIGN KEY (ensemble_id, demande_b_id) REFERENCES ensemble_membre (ensemble_id, demande_id);
ALTER TABLE ensemble_sort ADD CONSTRAINT ensemble_sort_membre
    FOREIGN KEY (ensemble_id, demande_id) REFERENCES ensemble_membre (ensemble_id, demande_id);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['ensemble_membre', 'ensemble_paire', 'ensemble_sort'] LOOP
        PERFORM proteger_ajout_seul(t::regclass);
        EXECUTE format('CREATE TRIGGER ouvert BEFORE INSERT ON %I FOR EACH ROW '
            'EXECUTE FUNCTION registre_garder_dans_ensemble()', t);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0023_attentes"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnsembleDoublon",
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
                ("score", models.DecimalField(decimal_places=2, max_digits=5)),
                ("ouvert_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("clos_le", models.DateTimeField(null=True)),
                ("decideur", models.UUIDField(null=True)),
                ("clos_par", models.JSONField(null=True, verbose_name="décideur, tel qu’il était")),
                ("issue", models.CharField(blank=True, max_length=20)),
                ("motif", models.CharField(blank=True, max_length=30)),
                ("precision", models.CharField(blank=True, max_length=300, verbose_name="précision")),
            ],
            options={
                "db_table": "ensemble_doublon",
                "indexes": [
                    models.Index(
                        condition=models.Q(("clos_le", None)),
                        fields=["territoire", "-score", "id"],
                        name="ensemble_doublon_ouverts",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("clos_le", None),
                                ("clos_par", None),
                                ("decideur", None),
                                ("issue", ""),
                                ("motif", ""),
                                ("precision", ""),
                            ),
                            models.Q(
                                ("clos_le__isnull", False),
                                ("clos_par__isnull", False),
                                ("decideur__isnull", False),
                                models.Q(("issue", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ensemble_doublon_cloture",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PassageDoublons",
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
                ("curseur", models.CharField(blank=True, max_length=18)),
                ("demandes", models.IntegerField(default=0)),
                ("paires", models.IntegerField(default=0)),
                ("ensembles", models.IntegerField(default=0)),
                ("reportees", models.IntegerField(default=0)),
                ("cles_communes", models.IntegerField(default=0)),
                ("paires_ecartees", models.BigIntegerField(default=0)),
                ("commence_le", models.DateTimeField()),
                ("termine_le", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "passage_doublons",
                "indexes": [
                    models.Index(fields=["territoire", "-commence_le"], name="passage_doublons_dernier")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("termine_le", None)),
                        fields=("territoire",),
                        name="passage_doublons_en_cours",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EnsembleMembre",
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
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
                (
                    "ensemble",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="membres",
                        to="registre.ensembledoublon",
                    ),
                ),
            ],
            options={
                "db_table": "ensemble_membre",
                "constraints": [
                    models.UniqueConstraint(fields=("ensemble", "demande"), name="ensemble_membre_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="EnsemblePaire",
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
                ("identite_a", models.UUIDField()),
                ("identite_b", models.UUIDField()),
                ("score", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "raisons",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60)),
                ),
                ("revue", models.BooleanField()),
                ("trouvee_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande_a",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
                (
                    "demande_b",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
                (
                    "ensemble",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paires",
                        to="registre.ensembledoublon",
                    ),
                ),
            ],
            options={
                "db_table": "ensemble_paire",
                "indexes": [models.Index(fields=["ensemble"], name="ensemble_paire_ensemble")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("demande_a", "demande_b", "ensemble"), name="ensemble_paire_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demande_a", models.F("demande_b")), _negated=True),
                        name="ensemble_paire_deux_demandes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnsembleSort",
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
                ("groupe", models.SmallIntegerField()),
                ("gardee", models.BooleanField()),
                ("identites", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField())),
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
                    "ensemble",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sorts",
                        to="registre.ensembledoublon",
                    ),
                ),
            ],
            options={
                "db_table": "ensemble_sort",
                "constraints": [
                    models.UniqueConstraint(fields=("demande", "ensemble"), name="ensemble_sort_unique")
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
