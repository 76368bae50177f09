"""Alerts to counters and what followed: only added to, told, one end."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
SELECT proteger_ajout_seul('alerte_guichet');
SELECT proteger_ajout_seul('suite_alerte');
CREATE TRIGGER estampille BEFORE INSERT ON alerte_guichet FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON suite_alerte FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON alerte_guichet DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('OUVRIR_ALERTE', 'alerte');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON suite_alerte DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant(
        'DESIGNER_REPONDANT,REPONDRE_ALERTE,RELANCER_ALERTE,CLORE_ALERTE', 'suite');

-- Nothing follows the end, and what follows is of the territory of its alert.
CREATE FUNCTION suivi_garder_la_fin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM suite_alerte WHERE alerte_id = NEW.alerte_id AND nature = 'CLOTURE';
    IF FOUND THEN
        RAISE EXCEPTION 'alerte % : elle est close', NEW.alerte_id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER close BEFORE INSERT ON suite_alerte FOR EACH ROW EXECUTE FUNCTION suivi_garder_la_fin();
ALTER TABLE alerte_guichet ADD CONSTRAINT alerte_guichet_et_territoire UNIQUE (id, territoire);
ALTER TABLE suite_alerte ADD CONSTRAINT suite_alerte_de_son_territoire
    FOREIGN KEY (alerte_id, territoire) REFERENCES alerte_guichet (id, territoire);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("suivi", "0004_envois"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlerteGuichet",
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
                ("guichet", models.CharField(max_length=5)),
                ("de", models.DateField(verbose_name="premier mois")),
                ("a", models.DateField(verbose_name="dernier mois")),
                ("chiffres", models.JSONField()),
                ("texte", models.CharField(max_length=1000)),
                ("auteur", models.UUIDField()),
                ("ouverte_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "alerte_guichet",
                "indexes": [
                    models.Index(fields=["territoire", "guichet", "-survenu_le"], name="alerte_guichet_ordre")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("a__day", 1),
                            ("a__gte", models.F("de")),
                            ("de__day", 1),
                            models.Q(("texte", ""), _negated=True),
                            models.Q(("guichet", ""), _negated=True),
                        ),
                        name="alerte_guichet_dite",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SuiteAlerte",
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
                ("nature", models.CharField(max_length=11)),
                ("texte", models.CharField(blank=True, max_length=1000)),
                ("motif", models.CharField(blank=True, max_length=30)),
                ("compte", models.UUIDField(null=True, verbose_name="personne désignée")),
                ("auteur", models.UUIDField()),
                ("ecrite_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "alerte",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suites",
                        to="suivi.alerteguichet",
                    ),
                ),
            ],
            options={
                "db_table": "suite_alerte",
                "indexes": [
                    models.Index(
                        fields=["territoire", "alerte", "survenu_le", "id"], name="suite_alerte_ordre"
                    ),
                    models.Index(
                        condition=models.Q(("compte__isnull", False)),
                        fields=["territoire", "compte"],
                        name="suite_alerte_designee",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("compte__isnull", False), ("motif", ""), ("nature", "DESIGNATION")),
                            models.Q(
                                ("compte", None),
                                ("motif", ""),
                                ("nature", "REPONSE"),
                                models.Q(("texte", ""), _negated=True),
                            ),
                            models.Q(("compte", None), ("motif", ""), ("nature", "RELANCE")),
                            models.Q(
                                ("compte", None),
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
                                ),
                                ("nature", "CLOTURE"),
                            ),
                            _connector="OR",
                        ),
                        name="suite_alerte_nature",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("nature", "CLOTURE")),
                        fields=("territoire", "alerte"),
                        name="suite_alerte_une_fin",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
