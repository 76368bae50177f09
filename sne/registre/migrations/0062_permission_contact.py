"""A change of contact allowed soon after a change of identity, by somebody else than who makes either; used once."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- Whoever these accounts are, and whoever changed the identity, is the database's to say: what is sent is overwritten.
CREATE FUNCTION registre_nommer_qui_permet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.premier := (SELECT auteur FROM identite WHERE id = NEW.identite_id AND demande_id = NEW.demande_id);
    NEW.personne_premier := compte_personne(NEW.premier);
    NEW.personne_gestionnaire := compte_personne(NEW.gestionnaire);
    RETURN NEW;
END $$;
CREATE TRIGGER personnes BEFORE INSERT ON permission_contact
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_qui_permet();

CREATE FUNCTION registre_user_de_la_permission() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    permission permission_contact;
BEGIN
    SELECT * INTO permission FROM permission_contact WHERE id = NEW.permission_id AND demande_id = NEW.demande_id;
    IF permission.jusqu_au IS NULL OR (NEW.survenu_le AT TIME ZONE 'Europe/Paris')::date > permission.jusqu_au THEN
        RAISE EXCEPTION 'permission % : d’une autre demande, ou hors de son temps', NEW.permission_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    NEW.gestionnaire := permission.gestionnaire;
    NEW.personne_gestionnaire := compte_personne(permission.gestionnaire);
    NEW.personne_auteur := compte_personne(NEW.auteur);
    RETURN NEW;
END $$;
CREATE TRIGGER personnes BEFORE INSERT ON usage_permission
    FOR EACH ROW EXECUTE FUNCTION registre_user_de_la_permission();

CREATE TRIGGER estampille BEFORE INSERT ON permission_contact FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON usage_permission FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON permission_contact DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('PERMETTRE_CONTACT', 'permission');
CREATE FUNCTION registre_exiger_entree_d_usage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE verbe IN ('MODIFIER', 'RENOUVELER', 'REACTIVER') AND faits ->> 'permission' = NEW.permission_id::text
        AND demande = NEW.demande_id AND revision = NEW.revision
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne dit l’usage de la permission %', NEW.permission_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON usage_permission DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_d_usage();
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON permission_contact
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON permission_contact
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON usage_permission
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON usage_permission
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE permission_contact ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE permission_contact ENABLE ALWAYS TRIGGER ajout_seul_vider;
ALTER TABLE usage_permission ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE usage_permission ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- The erasure knows of the new tables, before what they refer to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('decision_identite', 'demande_id = $1'),$r$,
        $r$('usage_permission', 'demande_id = $1'),
        ('permission_contact', 'demande_id = $1'),
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
        ("registre", "0061_retirer_un_retour"),
    ]

    operations = [
        migrations.CreateModel(
            name="PermissionContact",
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
                ("motif", models.CharField(max_length=14)),
                ("precision", models.CharField(max_length=300, verbose_name="précision")),
                ("jusqu_au", models.DateField()),
                ("premier", models.UUIDField()),
                ("gestionnaire", models.UUIDField()),
                ("permise_par", models.JSONField(verbose_name="gestionnaire, tel qu’il était")),
                ("personne_premier", models.UUIDField(editable=False, null=True)),
                ("personne_gestionnaire", models.UUIDField(editable=False, null=True)),
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
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.identite",
                    ),
                ),
            ],
            options={
                "db_table": "permission_contact",
                "indexes": [
                    models.Index(
                        fields=["territoire", "demande", "survenu_le"], name="permission_contact_du_dossier"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("motif__in", ["PLUS_D_ACCES", "ERREUR_SAISIE", "MISE_EN_DANGER", "AUTRE"]),
                            models.Q(("precision", ""), _negated=True),
                        ),
                        name="permission_contact_motif",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personne_premier", models.F("personne_gestionnaire")), _negated=True
                        ),
                        name="permission_contact_deux_personnes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UsagePermission",
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
                ("gestionnaire", models.UUIDField()),
                ("auteur", models.UUIDField()),
                ("personne_gestionnaire", models.UUIDField(editable=False, null=True)),
                ("personne_auteur", models.UUIDField(editable=False, null=True)),
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
                    "permission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="usage",
                        to="registre.permissioncontact",
                    ),
                ),
            ],
            options={
                "db_table": "usage_permission",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personne_gestionnaire", models.F("personne_auteur")), _negated=True
                        ),
                        name="usage_permission_deux_personnes",
                    )
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
