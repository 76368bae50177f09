"""Facts recorded beside a demande, in rows only added: events, decisions, allocations, DALO; each told by an entry."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- The entry of the same transaction names the row, by the verb that the trigger is given.
CREATE FUNCTION registre_exiger_fait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.revision AND verbe = tg_argv[0]
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> 'fait' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme le fait % (%)', NEW.id, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    t text;
    v text;
BEGIN
    FOR t, v IN VALUES ('evenement', 'CONSIGNER_EVENEMENT'), ('decision_caleol', 'CONSIGNER_DECISION'),
        ('attribution', 'CONSIGNER_ATTRIBUTION'), ('fait_dalo', 'CONSIGNER_DALO')
    LOOP
        -- A fact is of a revision that was, and corrects one of the same demande.
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I UNIQUE (id, demande_id)', t, t || '_et_demande');
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (remplace_id, demande_id) '
            'REFERENCES %I (id, demande_id) DEFERRABLE INITIALLY DEFERRED', t, t || '_de_son_dossier', t);
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (demande_id, revision) '
            'REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED', t, t || '_de_sa_version');
        PERFORM proteger_ajout_seul(t::regclass);
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
        EXECUTE format('CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON %I '
            'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_fait(%L)', t, v);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0011_radiation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attribution",
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
                ("jour", models.DateField()),
                ("retrait", models.BooleanField(default=False)),
                (
                    "motif",
                    models.CharField(blank=True, max_length=300, verbose_name="motif de la correction"),
                ),
                ("auteur", models.UUIDField()),
                ("consigne_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("bailleur", models.CharField(max_length=9)),
                ("rpls", models.CharField(blank=True, max_length=10, verbose_name="identifiant RPLS")),
                ("commune", models.CharField(blank=True, max_length=5)),
                ("type_logement", models.CharField(blank=True, max_length=3)),
                ("surface", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("loyer", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ("bail_signe_le", models.DateField(null=True, verbose_name="bail signé le")),
                ("deja_loge", models.CharField(max_length=6, verbose_name="déjà logé par ce bailleur")),
                ("accord", models.CharField(max_length=6)),
                ("reservataire", models.CharField(max_length=6, verbose_name="réservataire")),
                ("convention_etat", models.CharField(blank=True, max_length=6)),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list
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
                    "remplace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.attribution",
                    ),
                ),
            ],
            options={
                "db_table": "attribution",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["territoire", "demande", "-jour"], name="attribution_du_dossier")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("remplace",), name="attribution_corrige_une_fois"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("motif", ""), ("remplace", None), ("retrait", False)),
                            models.Q(("remplace__isnull", False), models.Q(("motif", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="attribution_correction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rpls", ""), _negated=True),
                            models.Q(
                                models.Q(("commune", ""), _negated=True),
                                models.Q(("type_logement", ""), _negated=True),
                                ("loyer__isnull", False),
                                ("surface__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="attribution_logement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bail_signe_le", None), ("bail_signe_le__gte", models.F("jour")), _connector="OR"
                        ),
                        name="attribution_bail",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionCaleol",
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
                ("jour", models.DateField()),
                ("retrait", models.BooleanField(default=False)),
                (
                    "motif",
                    models.CharField(blank=True, max_length=300, verbose_name="motif de la correction"),
                ),
                ("auteur", models.UUIDField()),
                ("consigne_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("code", models.CharField(max_length=11)),
                ("bailleur", models.CharField(max_length=9)),
                ("rpls", models.CharField(blank=True, max_length=10, verbose_name="identifiant RPLS")),
                ("rang", models.PositiveSmallIntegerField(null=True)),
                (
                    "pieces_manquantes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list
                    ),
                ),
                (
                    "pieces_avant",
                    models.DateField(null=True, verbose_name="pièces attendues au plus tard le"),
                ),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list
                    ),
                ),
                ("motivation", models.CharField(blank=True, max_length=300)),
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
                    "remplace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.decisioncaleol",
                    ),
                ),
            ],
            options={
                "db_table": "decision_caleol",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["territoire", "demande", "-jour"], name="decision_caleol_du_dossier")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("remplace",), name="decisioncaleol_corrige_une_fois"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("motif", ""), ("remplace", None), ("retrait", False)),
                            models.Q(("remplace__isnull", False), models.Q(("motif", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decisioncaleol_correction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ["ATTR", "ATTR_RANG", "ATTR_SUSP", "NON_ATTR", "IRRECEVABLE"]),
                            models.Q(
                                models.Q(
                                    ("code", "ATTR_RANG"),
                                    ("rang__gte", 1),
                                ),
                                models.Q(
                                    models.Q(
                                        ("code", "ATTR_RANG"),
                                        _negated=True,
                                    ),
                                    ("rang", None),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="decision_caleol_rang",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("pieces_manquantes", []), _negated=True),
                                ("code", "ATTR_SUSP"),
                                ("pieces_avant__gte", models.F("jour")),
                                ("pieces_avant__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("code", "ATTR_SUSP"),
                                    _negated=True,
                                ),
                                ("pieces_avant", None),
                                ("pieces_manquantes", []),
                            ),
                            _connector="OR",
                        ),
                        name="decision_caleol_condition",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evenement",
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
                ("jour", models.DateField()),
                ("retrait", models.BooleanField(default=False)),
                (
                    "motif",
                    models.CharField(blank=True, max_length=300, verbose_name="motif de la correction"),
                ),
                ("auteur", models.UUIDField()),
                ("consigne_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("type", models.CharField(max_length=30)),
                ("caracteristiques", models.JSONField(verbose_name="caractéristiques")),
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
                    "remplace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.evenement",
                    ),
                ),
            ],
            options={
                "db_table": "evenement",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["territoire", "demande", "-jour"], name="evenement_du_dossier")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("remplace",), name="evenement_corrige_une_fois"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("motif", ""), ("remplace", None), ("retrait", False)),
                            models.Q(("remplace__isnull", False), models.Q(("motif", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="evenement_correction",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FaitDalo",
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
                ("jour", models.DateField()),
                ("retrait", models.BooleanField(default=False)),
                (
                    "motif",
                    models.CharField(blank=True, max_length=300, verbose_name="motif de la correction"),
                ),
                ("auteur", models.UUIDField()),
                ("consigne_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("nature", models.CharField(max_length=13)),
                ("statut", models.CharField(blank=True, max_length=6)),
                ("fin", models.DateField(null=True)),
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
                    "remplace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.faitdalo",
                    ),
                ),
            ],
            options={
                "db_table": "fait_dalo",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["territoire", "demande", "-jour"], name="fait_dalo_du_dossier")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("remplace",), name="faitdalo_corrige_une_fois"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("motif", ""), ("remplace", None), ("retrait", False)),
                            models.Q(("remplace__isnull", False), models.Q(("motif", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="faitdalo_correction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("nature", "STATUT"),
                                models.Q(("statut", ""), _negated=True),
                            ),
                            models.Q(
                                ("nature", "DELAI_ANORMAL"),
                                ("statut", ""),
                            ),
                            _connector="OR",
                        ),
                        name="fait_dalo_nature",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fin", None), ("fin__gte", models.F("jour")), _connector="OR"),
                        name="fait_dalo_periode",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
