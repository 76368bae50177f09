"""What somebody waits for: opened and closed by triggers on the rows it comes from, filled once from what is there."""

import django.db.models.deletion
from django.db import migrations, models

NATURES = [
    "IDENTITE",
    "ANTERIORITE",
    "DOUBLON",
    "ANCIENNE_IDENTITE",
    "PIECES",
    "REPONSE_MENAGE",
    "COURRIEL_INVALIDE",
    "MESSAGE_REFUSE",
    "LETTRE_REFUSEE",
]
OUVRIR = """
ALTER TABLE attente ADD CONSTRAINT attente_demande FOREIGN KEY (demande_id) REFERENCES demande (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- Nothing is opened for a demande that the register does not hold; one that is struck off keeps its line, closed.
CREATE FUNCTION attente_ouvrir(objet uuid, quoi text, dans text, cible uuid, ou text, qui uuid, le timestamptz, limite date)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO attente (id, territoire, nature, liste, demande_id, guichet, auteur, depuis, avant, ouverte)
    SELECT objet, d.territoire, quoi, dans, d.id, coalesce(ou, d.guichet_gestionnaire), qui, le, limite,
        d.statut NOT IN ('RADIEE', 'PURGEE')
    FROM demande d WHERE d.id = cible
    ON CONFLICT (id) DO NOTHING
$$;
REVOKE ALL ON FUNCTION attente_ouvrir(uuid, text, text, uuid, text, uuid, timestamptz, date) FROM PUBLIC;

CREATE FUNCTION attente_identite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'IDENTITE', 'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.survenu_le, NULL);
    RETURN NULL;
END $$;
CREATE FUNCTION attente_decision_identite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.identite_id;
    RETURN NULL;
END $$;
CREATE FUNCTION attente_anteriorite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'ANTERIORITE', 'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.survenu_le,
        NULL);
    RETURN NULL;
END $$;
CREATE FUNCTION attente_cas() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.clos_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, CASE NEW.origine WHEN 'GUICHET' THEN 'DOUBLON' ELSE 'ANCIENNE_IDENTITE' END,
            'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.ouvert_le, NULL);
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

-- The household answered when somebody met it, when it came or refused, or when its file was changed since.
CREATE FUNCTION attente_evenement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.remplace_id;
    IF NEW.retrait THEN
        RETURN NULL;
    END IF;
    IF NEW.type IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR') THEN
        DELETE FROM attente WHERE demande_id = NEW.demande_id AND nature IN ('PIECES', 'REPONSE_MENAGE');
    ELSIF NEW.type = 'DEMANDE_PJ' OR NEW.caracteristiques ? 'reponse_avant' THEN
        PERFORM attente_ouvrir(NEW.id, CASE NEW.type WHEN 'DEMANDE_PJ' THEN 'PIECES' ELSE 'REPONSE_MENAGE' END,
            'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.survenu_le,
            (NEW.caracteristiques ->> 'reponse_avant')::date);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION attente_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE demande_id = NEW.demande_id AND nature = 'PIECES';
    RETURN NULL;
END $$;
CREATE FUNCTION attente_decidee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE demande_id = NEW.demande_id AND nature = 'REPONSE_MENAGE';
    RETURN NULL;
END $$;

-- A mark has no instant of its own: that of the transaction which wrote it.
CREATE FUNCTION attente_courriel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.courriel_etat = 'INVALIDE' AND NEW.retire_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'COURRIEL_INVALIDE', 'COURRIERS', NEW.demande_id, NULL, NULL, now(), NULL);
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

-- Refused, unless another message was made in its place; over when a later one leaves.
CREATE FUNCTION attente_message() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.etat = 'REJETE' AND NOT EXISTS (SELECT FROM message r WHERE r.remplace_id = NEW.id) THEN
        PERFORM attente_ouvrir(NEW.id, CASE NEW.canal WHEN 'LETTRE' THEN 'LETTRE_REFUSEE' ELSE 'MESSAGE_REFUSE' END,
            'COURRIERS', NEW.demande, NULL, NULL, NEW.survenu_le, NULL);
    ELSIF NEW.etat IN ('ENVOYE', 'DELIVRE') THEN
        DELETE FROM attente WHERE demande_id = NEW.demande AND depuis <= NEW.survenu_le
            AND nature IN ('MESSAGE_REFUSE', 'LETTRE_REFUSEE');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION attente_remplacement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.remplace_id;
    RETURN NULL;
END $$;

CREATE FUNCTION attente_statut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE attente SET ouverte = NEW.statut NOT IN ('RADIEE', 'PURGEE') WHERE demande_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION attente_effacee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = OLD.id;
    RETURN NULL;
END $$;

CREATE TRIGGER attente AFTER INSERT ON identite FOR EACH ROW WHEN (NEW.voie = 'CONTROLE')
    EXECUTE FUNCTION attente_identite();
CREATE TRIGGER attente AFTER INSERT ON decision_identite FOR EACH ROW EXECUTE FUNCTION attente_decision_identite();
CREATE TRIGGER attente AFTER INSERT ON requete_anteriorite FOR EACH ROW EXECUTE FUNCTION attente_anteriorite();
CREATE TRIGGER attente AFTER INSERT OR UPDATE OF clos_le ON cas_doublon FOR EACH ROW EXECUTE FUNCTION attente_cas();
CREATE TRIGGER attente AFTER INSERT ON evenement FOR EACH ROW EXECUTE FUNCTION attente_evenement();
CREATE TRIGGER attente AFTER INSERT ON version FOR EACH ROW
    WHEN (NEW.numero > 1 AND NEW.auteur <> '00000000-0000-7000-8000-000000000001')
    EXECUTE FUNCTION attente_version();
CREATE TRIGGER attente AFTER INSERT ON decision_caleol FOR EACH ROW EXECUTE FUNCTION attente_decidee();
CREATE TRIGGER attente AFTER INSERT ON attribution FOR EACH ROW EXECUTE FUNCTION attente_decidee();
CREATE TRIGGER attente AFTER UPDATE OF courriel_etat, retire_le ON personne FOR EACH ROW
    WHEN (NEW.courriel_etat IS DISTINCT FROM OLD.courriel_etat OR NEW.retire_le IS DISTINCT FROM OLD.retire_le)
    EXECUTE FUNCTION attente_courriel();
CREATE TRIGGER attente AFTER UPDATE OF etat ON message FOR EACH ROW WHEN (NEW.etat IS DISTINCT FROM OLD.etat)
    EXECUTE FUNCTION attente_message();
CREATE TRIGGER attente_remplacement AFTER INSERT ON message FOR EACH ROW WHEN (NEW.remplace_id IS NOT NULL)
    EXECUTE FUNCTION attente_remplacement();
CREATE TRIGGER attente AFTER UPDATE OF statut ON demande FOR EACH ROW
    WHEN (NEW.statut <> OLD.statut AND (NEW.statut IN ('RADIEE', 'PURGEE') OR OLD.statut IN ('RADIEE', 'PURGEE')))
    EXECUTE FUNCTION attente_statut();
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['identite', 'requete_anteriorite', 'cas_doublon', 'evenement', 'personne', 'message'] LOOP
        EXECUTE format('CREATE TRIGGER attente_effacee AFTER DELETE ON %I FOR EACH ROW EXECUTE FUNCTION attente_effacee()', t);
    END LOOP;
END $$;

-- What waits already.
SELECT count(attente_ouvrir(i.id, 'IDENTITE', 'REPONSES', i.demande_id, i.guichet, i.auteur, i.survenu_le, NULL))
FROM identite i WHERE i.voie = 'CONTROLE' AND NOT EXISTS (SELECT FROM decision_identite x WHERE x.identite_id = i.id);
SELECT count(attente_ouvrir(r.id, 'ANTERIORITE', 'REPONSES', r.demande_id, r.guichet, r.auteur, r.survenu_le, NULL))
FROM requete_anteriorite r;
SELECT count(attente_ouvrir(c.id, CASE c.origine WHEN 'GUICHET' THEN 'DOUBLON' ELSE 'ANCIENNE_IDENTITE' END, 'REPONSES',
    c.demande_id, c.guichet, c.auteur, c.ouvert_le, NULL)) FROM cas_doublon c WHERE c.clos_le IS NULL;
SELECT count(attente_ouvrir(e.id, CASE e.type WHEN 'DEMANDE_PJ' THEN 'PIECES' ELSE 'REPONSE_MENAGE' END, 'REPONSES',
    e.demande_id, e.guichet, e.auteur, e.survenu_le, (e.caracteristiques ->> 'reponse_avant')::date))
FROM evenement e
WHERE (e.type = 'DEMANDE_PJ' OR e.caracteristiques ? 'reponse_avant') AND NOT e.retrait
    AND NOT EXISTS (SELECT FROM evenement s WHERE s.remplace_id = e.id OR s.demande_id = e.demande_id
        AND s.survenu_le > e.survenu_le AND s.type IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR'))
    AND NOT EXISTS (SELECT FROM version v WHERE e.type = 'DEMANDE_PJ' AND v.demande_id = e.demande_id
        AND v.survenu_le > e.survenu_le AND v.auteur <> '00000000-0000-7000-8000-000000000001')
    AND NOT EXISTS (SELECT FROM decision_caleol x WHERE e.type <> 'DEMANDE_PJ' AND x.demande_id = e.demande_id
        AND x.survenu_le > e.survenu_le)
    AND NOT EXISTS (SELECT FROM attribution x WHERE e.type <> 'DEMANDE_PJ' AND x.demande_id = e.demande_id
        AND x.survenu_le > e.survenu_le);
SELECT count(attente_ouvrir(p.id, 'COURRIEL_INVALIDE', 'COURRIERS', p.demande_id, NULL, NULL, now(), NULL))
FROM personne p WHERE p.courriel_etat = 'INVALIDE' AND p.retire_le IS NULL;
SELECT count(attente_ouvrir(m.id, CASE m.canal WHEN 'LETTRE' THEN 'LETTRE_REFUSEE' ELSE 'MESSAGE_REFUSE' END, 'COURRIERS',
    m.demande, NULL, NULL, m.survenu_le, NULL))
FROM message m
WHERE m.etat = 'REJETE' AND NOT EXISTS (SELECT FROM message r WHERE r.remplace_id = m.id OR r.demande = m.demande
    AND r.survenu_le > m.survenu_le AND r.etat IN ('ENVOYE', 'DELIVRE'));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0022_examen"),
        ("notifications", "0002_garde_fous"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attente",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("territoire", models.CharField(max_length=3)),
                ("nature", models.CharField(max_length=20)),
                ("liste", models.CharField(max_length=12)),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("auteur", models.UUIDField(null=True)),
                ("depuis", models.DateTimeField()),
                ("avant", models.DateField(null=True, verbose_name="réponse attendue avant le")),
                ("ouverte", models.BooleanField(default=True)),
                (
                    "demande",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
            ],
            options={
                "db_table": "attente",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ouverte", True)),
                        fields=["territoire", "liste", "depuis", "id"],
                        name="attente_territoire",
                    ),
                    models.Index(
                        condition=models.Q(("ouverte", True)),
                        fields=["territoire", "guichet", "liste", "depuis", "id"],
                        name="attente_guichet",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("nature__in", NATURES)), name="attente_nature")
                ],
            },
        ),
        migrations.RunSQL(OUVRIR, migrations.RunSQL.noop),
    ]
