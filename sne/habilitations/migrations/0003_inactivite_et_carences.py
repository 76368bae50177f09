"""Roles that nobody uses end by themselves; places left without anybody in charge are listed."""

import django.db.models.deletion
from django.db import migrations, models

import sne.socle.identifiants

REPRISE = """
UPDATE compte SET derniere_utilisation = last_login WHERE last_login IS NOT NULL;
UPDATE habilitation h SET motif_retrait = e.faits ->> 'motif' FROM journal_entree e
WHERE h.retiree_le IS NOT NULL AND e.verbe = 'RETIRER_HABILITATION' AND e.faits ->> 'habilitation' = h.id::text;
"""
GARDES = """
-- Nobody grants a role to themselves under another of their accounts, and an end stays written.
CREATE FUNCTION habilitation_garder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'INSERT' AND NEW.accordee_par <> NEW.compte_id AND compte_personne(NEW.accordee_par) = compte_personne(NEW.compte_id) THEN
        RAISE EXCEPTION 'habilitation % : une personne ne s’accorde pas un rôle', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF tg_op = 'UPDATE' AND OLD.fin IS NOT NULL AND (NEW.fin IS NULL OR NEW.fin > OLD.fin) THEN
        RAISE EXCEPTION 'habilitation % : sa fin ne se recule pas, une nouvelle s’accorde', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garder BEFORE INSERT OR UPDATE ON habilitation
    FOR EACH ROW EXECUTE FUNCTION habilitation_garder();

-- The last use of an account only moves on.
CREATE FUNCTION compte_garder_utilisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.derniere_utilisation := greatest(OLD.derniere_utilisation, NEW.derniere_utilisation);
    NEW.sessions_closes_le := greatest(OLD.sessions_closes_le, NEW.sessions_closes_le);
    RETURN NEW;
END $$;
CREATE TRIGGER utilisation BEFORE UPDATE OF derniere_utilisation, sessions_closes_le ON compte
    FOR EACH ROW EXECUTE FUNCTION compte_garder_utilisation();

-- A lack is closed once.
CREATE FUNCTION carence_garder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.comblee_le IS NOT NULL THEN
        RAISE EXCEPTION 'carence % : elle est déjà comblée', NEW.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garder BEFORE UPDATE ON carence FOR EACH ROW EXECUTE FUNCTION carence_garder();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0002_titulaire"),
        ("journal", "0003_inscrire_en_lot"),
    ]

    operations = [
        migrations.CreateModel(
            name="AvisInactivite",
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
                ("depuis", models.DateField()),
                ("retrait_le", models.DateField()),
                ("avise_le", models.DateField()),
            ],
            options={
                "db_table": "avis_inactivite",
            },
        ),
        migrations.CreateModel(
            name="Carence",
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
                ("genre", models.CharField(max_length=20)),
                ("constatee_le", models.DateTimeField()),
                ("comblee_le", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "carence",
            },
        ),
        migrations.AddField(
            model_name="compte",
            name="derniere_utilisation",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="compte",
            name="sessions_closes_le",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="motif_retrait",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddIndex(
            model_name="habilitation",
            index=models.Index(fields=["territoire", "guichet"], name="habilitation_du_lieu"),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("motif_retrait", ""), ("retiree_le__isnull", False), _connector="OR"),
                name="habilitation_motif_retrait",
            ),
        ),
        migrations.AddField(
            model_name="avisinactivite",
            name="habilitation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avis",
                to="habilitations.habilitation",
            ),
        ),
        migrations.AddConstraint(
            model_name="carence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("genre", "SANS_GESTIONNAIRE"), ("guichet", "")),
                    models.Q(
                        ("genre__in", ["SANS_RESPONSABLE", "SANS_PERSONNE"]),
                        models.Q(("guichet", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="carence_genre",
            ),
        ),
        migrations.AddConstraint(
            model_name="carence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("comblee_le", None), ("comblee_le__gte", models.F("constatee_le")), _connector="OR"
                ),
                name="carence_dans_l_ordre",
            ),
        ),
        migrations.AddConstraint(
            model_name="carence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("comblee_le", None)),
                fields=("territoire", "guichet", "genre"),
                name="carence_ouverte_une_fois",
            ),
        ),
        migrations.AddIndex(
            model_name="avisinactivite",
            index=models.Index(fields=["territoire", "avise_le"], name="avis_inactivite_du_jour"),
        ),
        migrations.AddConstraint(
            model_name="avisinactivite",
            constraint=models.UniqueConstraint(
                fields=("habilitation", "depuis"), name="avis_inactivite_une_fois"
            ),
        ),
        migrations.AddConstraint(
            model_name="avisinactivite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("depuis__lt", models.F("avise_le")), ("avise_le__lt", models.F("retrait_le"))
                ),
                name="avis_inactivite_dans_l_ordre",
            ),
        ),
        migrations.RunSQL(REPRISE, migrations.RunSQL.noop),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
