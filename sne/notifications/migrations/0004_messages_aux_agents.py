"""Messages to professionals and their attempts, guarded as those to households are."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- At commit: a message, its change of state and an attempt are each told by an entry of the same transaction.
CREATE OR REPLACE FUNCTION messages_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid := CASE WHEN tg_table_name IN ('message', 'message_agent') THEN NEW.id
        ELSE (to_jsonb(NEW) ->> 'message_id')::uuid END;
    verbes text[] := CASE
        WHEN tg_table_name = 'message' AND tg_op = 'INSERT' THEN ARRAY['PREPARER_MESSAGE']
        WHEN tg_table_name = 'message_agent' AND tg_op = 'INSERT' THEN ARRAY['ECRIRE_A_UN_AGENT']
        ELSE ARRAY['ENVOYER_MESSAGE', 'DIFFERER_MESSAGE', 'DELIVRER_MESSAGE', 'REJETER_MESSAGE']
    END;
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND verbe = ANY (verbes) AND faits ->> 'message' = cible::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme le message % (% sur %)', cible, tg_op, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- What was written to whom can be erased, never changed.
CREATE FUNCTION messages_agents_figer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.destinataire IS DISTINCT FROM OLD.destinataire AND NEW.destinataire IS NOT NULL)
        OR (NEW.contexte IS DISTINCT FROM OLD.contexte AND NEW.contexte IS NOT NULL)
    THEN
        RAISE EXCEPTION 'message % : son adresse et son texte s’effacent, ils ne changent pas', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

SELECT proteger_ajout_seul('message_agent_tentative');
CREATE TRIGGER estampille BEFORE INSERT ON message_agent
    FOR EACH ROW EXECUTE FUNCTION messages_estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON message_agent_tentative
    FOR EACH ROW EXECUTE FUNCTION messages_estampiller();
CREATE TRIGGER fige BEFORE UPDATE ON message_agent FOR EACH ROW EXECUTE FUNCTION messages_agents_figer();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON message_agent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION messages_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise_etat AFTER UPDATE ON message_agent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.etat IS DISTINCT FROM NEW.etat)
    EXECUTE FUNCTION messages_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON message_agent_tentative
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION messages_exiger_entree();
ALTER TABLE message_agent ADD CONSTRAINT message_agent_empreinte CHECK (octet_length(empreinte) = 32);
"""

ETATS = ["A_ENVOYER", "ENVOYE", "DIFFERE", "DELIVRE", "REJETE"]


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_effacer"),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageAgent",
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
                ("genre", models.CharField(max_length=30)),
                ("destinataire", models.BinaryField(null=True, verbose_name="adresse, chiffrée")),
                ("empreinte", models.BinaryField(max_length=32, verbose_name="empreinte de l’adresse")),
                ("contexte", models.BinaryField(null=True, verbose_name="valeurs du texte, chiffrées")),
                ("piece", models.CharField(blank=True, max_length=80, verbose_name="pièce jointe")),
                ("entree", models.UUIDField(unique=True, verbose_name="entrée de journal qui l’a préparé")),
                ("etat", models.CharField(max_length=10, verbose_name="état")),
                ("essais", models.SmallIntegerField(default=0)),
                (
                    "limite_echecs",
                    models.SmallIntegerField(verbose_name="échecs temporaires qui valent un refus"),
                ),
                ("limite_heures", models.SmallIntegerField(verbose_name="sur combien d’heures")),
                ("engage_le", models.DateTimeField(null=True, verbose_name="essai commencé")),
                ("prochain_essai_le", models.DateTimeField(null=True)),
                ("survenu_le", models.DateTimeField(verbose_name="préparé le")),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("compte", models.UUIDField(null=True, verbose_name="compte")),
                ("origine", models.CharField(max_length=120, verbose_name="ce qui l’a demandé")),
            ],
            options={
                "db_table": "message_agent",
                "indexes": [
                    models.Index(
                        condition=models.Q(("prochain_essai_le__isnull", False)),
                        fields=["prochain_essai_le"],
                        name="message_agent_a_envoyer",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territoire", "origine", "genre", "empreinte"), name="message_agent_une_fois"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ETATS)), name="message_agent_etat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origine", ""), _negated=True), name="message_agent_origine"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TentativeAgent",
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
                ("entree", models.UUIDField(unique=True, verbose_name="entrée de journal qui la dit")),
                ("issue", models.CharField(max_length=12)),
                ("code", models.CharField(blank=True, max_length=12)),
                ("texte", models.CharField(blank=True, max_length=200)),
                (
                    "source",
                    models.CharField(blank=True, max_length=64, verbose_name="empreinte du retour"),
                ),
                ("survenu_le", models.DateTimeField(verbose_name="le")),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tentatives",
                        to="notifications.messageagent",
                    ),
                ),
            ],
            options={
                "db_table": "message_agent_tentative",
                "indexes": [
                    models.Index(fields=["message", "survenu_le", "id"], name="tentative_agent_de_message")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("message", "source"),
                        name="tentative_agent_retour_une_fois",
                    )
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
