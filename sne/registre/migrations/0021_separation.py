"""A couple separates: the one place where seniority passes from one demande to another, and what holds it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE OR REPLACE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER', 'LEVER_GEL',
        'SEPARER', 'DECIDER_SEPARATION']
$$;

-- A separation is between one demande, its own person and its own title, and another demande with its own person.
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_et_demande UNIQUE (id, demande_id);
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_et_date UNIQUE (id, date_depot);
ALTER TABLE separation ADD CONSTRAINT separation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_de_sa_personne
    FOREIGN KEY (personne_id, demande_id) REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_vers_sa_personne
    FOREIGN KEY (personne_nouvelle_id, nouvelle_id) REFERENCES personne (id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_de_son_titre
    FOREIGN KEY (titre_id, demande_id) REFERENCES titre_anciennete (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_et_titre UNIQUE (id, titre_id, nouvelle_id, personne_nouvelle_id);
ALTER TABLE separation ADD CONSTRAINT separation_et_auteur UNIQUE (id, nouvelle_id, auteur);
ALTER TABLE decision_separation ADD CONSTRAINT decision_separation_de_son_auteur
    FOREIGN KEY (separation_id, demande_id, auteur) REFERENCES separation (id, nouvelle_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_separation ADD CONSTRAINT decision_separation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- A title descends from another by a separation only: of the same date, for the person who left, once (the column
-- separation_id is unique, and so is separation.personne_id). The first household keeps its own title.
ALTER TABLE titre_anciennete DROP CONSTRAINT titre_sans_fourche;
ALTER TABLE titre_anciennete DROP CONSTRAINT titre_acte;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_acte CHECK (
    acte IN ('DEPOT', 'REPRISE', 'ADJONCTION') AND precedent_id IS NULL AND separation_id IS NULL
    OR acte = 'SEPARATION' AND precedent_id IS NOT NULL AND separation_id IS NOT NULL AND personne_id IS NOT NULL);
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_de_meme_date
    FOREIGN KEY (precedent_id, date_depot) REFERENCES titre_anciennete (id, date_depot) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_de_sa_separation
    FOREIGN KEY (separation_id, precedent_id, demande_id, personne_id)
    REFERENCES separation (id, titre_id, nouvelle_id, personne_nouvelle_id) DEFERRABLE INITIALLY DEFERRED;

-- Whoever inherits was named in the first demande before they left it; what waited for a decision was decided so.
CREATE FUNCTION registre_exiger_heritage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation s
    JOIN version v ON v.demande_id = s.demande_id AND v.numero = s.revision - 1
    JOIN demande d ON d.id = s.nouvelle_id AND d.anciennete_heritee = NEW.date_depot
    WHERE s.id = NEW.separation_id
        AND EXISTS (SELECT FROM identite i WHERE i.id = ANY (v.identites) AND i.personne_id = s.personne_id)
        AND (cardinality(s.a_decider) = 0
            OR EXISTS (SELECT FROM decision_separation z WHERE z.separation_id = s.id AND z.issue = 'HERITEE'));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : cette personne n’hérite d’aucune ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- The date that lists and statistics read is the title's; once given it does not move.
CREATE FUNCTION registre_exiger_titre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND OLD.anciennete_heritee IS NOT NULL THEN
        RAISE EXCEPTION 'demande % : l’ancienneté héritée ne change pas', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    PERFORM 1 FROM titre_anciennete
    WHERE demande_id = NEW.id AND acte = 'SEPARATION' AND date_depot = NEW.anciennete_heritee;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'demande % : aucun titre ne donne cette ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- A person stays in their demande for ever; a co-holder becomes the applicant when the applicant leaves, only then.
CREATE OR REPLACE FUNCTION registre_figer_personne() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.territoire, NEW.demande_id) IS DISTINCT FROM (OLD.id, OLD.territoire, OLD.demande_id)
        OR NEW.role <> OLD.role AND (OLD.role, NEW.role) <> ('COTITULAIRE', 'DEMANDEUR')
    THEN
        RAISE EXCEPTION 'personne % : elle reste dans sa demande et son rôle', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registre_exiger_separation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation s
    JOIN demande d ON d.id = s.demande_id AND d.revision = s.revision
    JOIN personne p ON p.id = s.personne_id AND p.role = 'DEMANDEUR' AND p.retire_le IS NOT NULL
    WHERE s.demande_id = NEW.demande_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : le demandeur n’est pas parti, elle garde son rôle', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

SELECT proteger_ajout_seul('separation');
SELECT proteger_ajout_seul('decision_separation');
CREATE TRIGGER estampille BEFORE INSERT ON separation FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON decision_separation FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON separation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_acte('SEPARER', 'separation');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON decision_separation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_acte('DECIDER_SEPARATION', 'decision');
CREATE CONSTRAINT TRIGGER heritage AFTER INSERT ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.acte = 'SEPARATION')
    EXECUTE FUNCTION registre_exiger_heritage();
CREATE CONSTRAINT TRIGGER anciennete_d_un_titre AFTER INSERT ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.anciennete_heritee IS NOT NULL)
    EXECUTE FUNCTION registre_exiger_titre();
CREATE CONSTRAINT TRIGGER anciennete_d_un_titre_ensuite AFTER UPDATE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.anciennete_heritee IS DISTINCT FROM OLD.anciennete_heritee)
    EXECUTE FUNCTION registre_exiger_titre();
CREATE CONSTRAINT TRIGGER role_repris AFTER UPDATE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.role <> OLD.role)
    EXECUTE FUNCTION registre_exiger_separation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0020_enquete"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionSeparation",
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
                ("issue", models.CharField(max_length=12)),
                ("motif", models.CharField(blank=True, max_length=300)),
                ("auteur", models.UUIDField()),
                ("decideur", models.UUIDField()),
                ("decide_par", models.JSONField(verbose_name="décideur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "decision_separation",
            },
        ),
        migrations.CreateModel(
            name="Separation",
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
                ("preuve", models.CharField(max_length=6)),
                ("document", models.CharField(max_length=200, verbose_name="où la preuve est gardée")),
                ("secrete", models.BooleanField(verbose_name="adresse à tenir secrète")),
                (
                    "a_decider",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list
                    ),
                ),
                ("auteur", models.UUIDField()),
                ("separe_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("guichet", models.CharField(max_length=5)),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "separation",
            },
        ),
        migrations.AddField(
            model_name="demande",
            name="anciennete_heritee",
            field=models.DateField(null=True, verbose_name="ancienneté héritée d’une autre demande"),
        ),
        migrations.AddConstraint(
            model_name="demande",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("anciennete_heritee", None),
                    ("anciennete_heritee__lt", models.F("date_depot")),
                    _connector="OR",
                ),
                name="demande_anciennete_heritee",
            ),
        ),
        migrations.AddField(
            model_name="decisionseparation",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="separation",
            name="demande",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
            ),
        ),
        migrations.AddField(
            model_name="separation",
            name="nouvelle",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
            ),
        ),
        migrations.AddField(
            model_name="separation",
            name="personne",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.personne"
            ),
        ),
        migrations.AddField(
            model_name="separation",
            name="personne_nouvelle",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.personne",
            ),
        ),
        migrations.AddField(
            model_name="separation",
            name="titre",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.titreanciennete",
            ),
        ),
        migrations.AddField(
            model_name="decisionseparation",
            name="separation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="registre.separation"
            ),
        ),
        migrations.AddField(
            model_name="titreanciennete",
            name="separation",
            field=models.OneToOneField(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.separation",
            ),
        ),
        migrations.AddIndex(
            model_name="separation",
            index=models.Index(fields=["territoire", "survenu_le", "id"], name="separation_avis"),
        ),
        migrations.AddConstraint(
            model_name="separation",
            constraint=models.CheckConstraint(
                condition=models.Q(("demande", models.F("nouvelle")), _negated=True),
                name="separation_deux_demandes",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionseparation",
            constraint=models.CheckConstraint(
                condition=models.Q(("auteur", models.F("decideur")), _negated=True),
                name="decision_separation_quatre_yeux",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionseparation",
            constraint=models.CheckConstraint(
                condition=models.Q(("issue__in", ["VUE", "HERITEE", "NON_HERITEE"])),
                name="decision_separation_issue",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
