"""Cases of duplicates for the territorial manager, and what the database guarantees of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- A case is opened, then ended, once; the entry of the same transaction names it.
CREATE FUNCTION registre_garder_cas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.clos_le IS NOT NULL THEN
        RAISE EXCEPTION 'cas % : il est clos', OLD.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registre_exiger_entree_de_cas() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE verbe = CASE WHEN tg_op = 'INSERT' THEN 'OUVRIR_CAS_DOUBLON' ELSE 'CLORE_CAS_DOUBLON' END
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> 'cas' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme le cas % (%)', NEW.id, tg_op
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.identite_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM identite WHERE id = NEW.identite_id AND demande_id = NEW.demande_id)
    THEN
        RAISE EXCEPTION 'cas % : l’identité reconnue n’est pas de cette demande', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER estampille BEFORE INSERT ON cas_doublon FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER clos BEFORE UPDATE ON cas_doublon FOR EACH ROW EXECUTE FUNCTION registre_garder_cas();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR UPDATE ON cas_doublon
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_de_cas();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0008_egalite_de_traitement"),
    ]

    operations = [
        migrations.CreateModel(
            name="CasDoublon",
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
                ("origine", models.CharField(max_length=20)),
                ("dossier", models.UUIDField()),
                ("score", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "raisons",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60)),
                ),
                ("saisie", models.BinaryField()),
                ("guichet", models.CharField(max_length=5)),
                ("auteur", models.UUIDField()),
                ("ouvert_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
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
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
                (
                    "identite",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.identite",
                    ),
                ),
            ],
            options={
                "db_table": "cas_doublon",
                "indexes": [
                    models.Index(
                        condition=models.Q(("clos_le", None)),
                        fields=["territoire", "ouvert_le", "id"],
                        name="cas_doublon_ouverts",
                    ),
                    models.Index(
                        condition=models.Q(("origine", "GUICHET")),
                        fields=["auteur", "-ouvert_le"],
                        name="cas_doublon_questions",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "demande"), name="cas_doublon_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("identite__isnull", True), ("origine", "GUICHET")),
                            models.Q(("identite__isnull", False), ("origine", "ANCIENNE_IDENTITE")),
                            _connector="OR",
                        ),
                        name="cas_doublon_origine",
                    ),
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
                                models.Q(("motif", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cas_doublon_cloture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decideur", None),
                            models.Q(("auteur", models.F("decideur")), _negated=True),
                            _connector="OR",
                        ),
                        name="cas_doublon_quatre_yeux",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
