"""Somebody leaves: the day, the reason, who takes over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- Nobody says their own departure under another of their accounts; what is handed over is handed over once.
CREATE FUNCTION depart_garder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'INSERT' AND compte_personne(NEW.prononce_par) = compte_personne(NEW.compte_id)
        AND NEW.prononce_par <> NEW.compte_id
    THEN
        RAISE EXCEPTION 'depart % : une personne ne signale pas le sien', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF tg_op = 'UPDATE' AND OLD.execute_le IS NOT NULL THEN
        RAISE EXCEPTION 'depart % : il est déjà exécuté', NEW.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garder BEFORE INSERT OR UPDATE ON depart FOR EACH ROW EXECUTE FUNCTION depart_garder();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0003_inactivite_et_carences"),
    ]

    operations = [
        migrations.CreateModel(
            name="Depart",
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
                ("territoire", models.CharField(blank=True, max_length=3)),
                ("effet", models.DateField()),
                ("motif", models.CharField(max_length=20)),
                ("precision", models.CharField(blank=True, max_length=200, verbose_name="précision")),
                ("prononce_par", models.UUIDField()),
                ("prononce_le", models.DateTimeField()),
                ("execute_le", models.DateTimeField(null=True)),
                (
                    "compte",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "successeur",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "depart",
                "indexes": [
                    models.Index(fields=["territoire", "compte"], name="depart_du_compte"),
                    models.Index(
                        condition=models.Q(("execute_le", None)), fields=["effet"], name="depart_a_executer"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("motif__in", ["FIN_DE_CONTRAT", "MUTATION", "RETRAITE", "AUTRE"]),
                            models.Q(
                                models.Q(("motif", "AUTRE"), _negated=True),
                                models.Q(("precision", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="depart_motif",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("prononce_par", models.F("compte")), _negated=True),
                            models.Q(
                                ("successeur", None),
                                models.Q(("successeur", models.F("compte")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="depart_autre_personne",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
