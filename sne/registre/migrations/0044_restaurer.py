"""A demande is put back as it was by two persons: the request, the answer, and what the database lets come back."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_verbes()'::regprocedure);
    apres text := replace(avant, '''PURGER'',', '''PURGER'', ''RESTAURER'',');
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_verbes: its list was not found';
    END IF;
    EXECUTE apres;
END $$;

-- A request is of an enquiry on that demande, and of one of its versions; its answer is of that request, by another.
ALTER TABLE requete_restauration ADD CONSTRAINT requete_restauration_et_auteur UNIQUE (id, demande_id, auteur);
ALTER TABLE requete_restauration ADD CONSTRAINT requete_restauration_de_son_enquete
    FOREIGN KEY (enquete_id, demande_id) REFERENCES demande_enquetee (enquete_id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE requete_restauration ADD CONSTRAINT requete_restauration_vers_sa_version
    FOREIGN KEY (demande_id, vers) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_restauration ADD CONSTRAINT decision_restauration_de_sa_requete
    FOREIGN KEY (requete_id, demande_id, auteur) REFERENCES requete_restauration (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_restauration ADD CONSTRAINT decision_restauration_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_restauration ADD CONSTRAINT decision_restauration_par_une_version
    FOREIGN KEY (demande_id, arrivee) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON requete_restauration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('DEMANDER_RESTAURATION', 'requete');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON decision_restauration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.issue = 'ACCEPTEE') EXECUTE FUNCTION registre_exiger_acte('RESTAURER', 'restauration');
CREATE CONSTRAINT TRIGGER journalise_le_refus AFTER INSERT ON decision_restauration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.issue <> 'ACCEPTEE')
    EXECUTE FUNCTION registre_exiger_entree_nommant('REFUSER_RESTAURATION', 'restauration');
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['requete_restauration', 'decision_restauration'] LOOP
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
        EXECUTE format('CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge(%L)', t, 'demande_id');
        EXECUTE format('CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul_vider', t);
    END LOOP;
END $$;

-- Whether two persons agreed that this demande is put back by that revision of it.
CREATE FUNCTION registre_est_retablie(p_demande uuid, p_revision integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM decision_restauration
        WHERE demande_id = p_demande AND revision = p_revision AND issue = 'ACCEPTEE')
$$;

-- An identity put back is one that the version asked for had in force, of the same person, trait for trait.
CREATE FUNCTION registre_exiger_identite_d_alors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM decision_restauration z
    JOIN demande d ON d.id = z.demande_id AND d.revision = z.revision
    JOIN requete_restauration r ON r.id = z.requete_id
    JOIN version v ON v.demande_id = r.demande_id AND v.numero = r.vers
    JOIN identite i ON i.id = ANY (v.identites) AND i.personne_id = NEW.personne_id
    WHERE z.demande_id = NEW.demande_id AND z.issue = 'ACCEPTEE' AND z.survenu_le = NEW.survenu_le
        AND (i.civilite, i.nom_naissance, i.nom_usage, i.prenoms, i.date_naissance, i.date_naissance_presumee,
            i.naissance_commune, i.naissance_pays, i.nationalite, i.nir_etat, i.nir_empreinte)
        IS NOT DISTINCT FROM (NEW.civilite, NEW.nom_naissance, NEW.nom_usage, NEW.prenoms, NEW.date_naissance,
            NEW.date_naissance_presumee, NEW.naissance_commune, NEW.naissance_pays, NEW.nationalite, NEW.nir_etat,
            NEW.nir_empreinte);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'identité % : personne n’a accepté qu’elle soit rétablie', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER retablie AFTER INSERT ON identite DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.voie = 'RETABLIE') EXECUTE FUNCTION registre_exiger_identite_d_alors();

-- Whoever left a household comes back to it in no other way.
CREATE FUNCTION registre_exiger_retour() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT registre_est_retablie(NEW.demande_id, (SELECT revision FROM demande WHERE id = NEW.demande_id)) THEN
        RAISE EXCEPTION 'personne % : elle a quitté la demande, rien ne dit qu’elle y revient', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER retour_dit AFTER UPDATE ON personne DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.retire_le IS NOT NULL AND NEW.retire_le IS NULL) EXECUTE FUNCTION registre_exiger_retour();

-- Nobody leaves a household but by a separation, a departure that somebody validated, or a demande put back.
CREATE OR REPLACE FUNCTION registre_exiger_depart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation WHERE personne_id = NEW.id
    UNION ALL
    SELECT 1 FROM identite i JOIN decision_identite d ON d.identite_id = i.id
    WHERE i.personne_id = NEW.id AND i.retrait AND d.issue = 'VALIDEE'
    UNION ALL
    SELECT 1 FROM demande d WHERE d.id = NEW.demande_id AND registre_est_retablie(d.id, d.revision);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : rien ne dit qu’elle quitte la demande', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- A version that puts a demande back may leave aside what was added since; no other may.
CREATE OR REPLACE FUNCTION registre_garder_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.pieces) p
            WHERE NOT EXISTS (SELECT FROM piece x WHERE x.id = p AND x.demande_id = NEW.demande_id))
        OR NEW.statut <> 'PURGEE' AND NOT registre_est_retablie(NEW.demande_id, NEW.numero) AND EXISTS (
            SELECT FROM version v CROSS JOIN LATERAL unnest(v.pieces) p
            WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.numero - 1 AND NOT p = ANY (NEW.pieces)
                AND NOT EXISTS (SELECT FROM piece r WHERE r.remplace_id = p AND r.id = ANY (NEW.pieces))
                AND NOT EXISTS (SELECT FROM piece x JOIN personne q ON q.id = x.personne_id
                    WHERE x.id = p AND q.retire_le IS NOT NULL))
    THEN
        RAISE EXCEPTION 'version % de la demande % : ses pièces ne suivent pas celles d’avant', NEW.numero, NEW.demande_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- A document takes the place of one in force until then: once, unless that one was put back since.
CREATE OR REPLACE FUNCTION registre_exiger_piece_en_vigueur() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM version v JOIN demande d ON d.id = v.demande_id
    WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.revision AND NEW.id = ANY (v.pieces)
        AND (NEW.remplace_id IS NULL OR NOT NEW.remplace_id = ANY (v.pieces)
            AND EXISTS (SELECT FROM version a WHERE a.demande_id = v.demande_id AND a.numero = v.numero - 1
                AND NEW.remplace_id = ANY (a.pieces)))
        AND d.territoire = NEW.territoire;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pièce % : la version % ne la nomme pas, ou elle est d’un autre territoire', NEW.id, NEW.revision
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Seniority: the title of a deposit says the day of the deposit, that of who joins no earlier one; none is inherited from
-- nowhere (a title says « HERITAGE » once what it came from is erased, by the erasure alone). While a demande is being
-- registered it is not there yet, and both are written together.
CREATE FUNCTION registre_garder_titre() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    depot date;
BEGIN
    SELECT date_depot INTO depot FROM demande WHERE id = NEW.demande_id;
    IF NEW.acte = 'HERITAGE' OR NEW.date_depot < depot OR NEW.acte <> 'ADJONCTION' AND NEW.date_depot <> depot THEN
        RAISE EXCEPTION 'titre % : aucun acte ne donne cette ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garde BEFORE INSERT ON titre_anciennete FOR EACH ROW
    WHEN (NEW.acte NOT IN ('SEPARATION', 'ANTERIORITE')) EXECUTE FUNCTION registre_garder_titre();

-- The freeze ends by the same decision: whoever asked for the one asked for the other.
DROP TRIGGER journalise ON levee_gel;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON levee_gel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('DEMANDER_LEVEE,LEVER_GEL', 'levee');
"""

ATTENTES = """
CREATE FUNCTION attente_requete_restauration() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'RESTAURATION', 'REPONSES', NEW.demande_id, '', NEW.auteur, NEW.survenu_le, NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON requete_restauration FOR EACH ROW
    EXECUTE FUNCTION attente_requete_restauration();
CREATE TRIGGER attente_effacee AFTER DELETE ON requete_restauration FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- Answered, it waits no more; put back, a demande has other documents in force, and nobody else's freeze to end.
CREATE FUNCTION attente_decision_restauration() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.requete_id;
    IF NEW.issue = 'ACCEPTEE' THEN
        DELETE FROM attente a WHERE a.demande_id = NEW.demande_id AND a.nature = 'PIECE_PERIMEE'
            AND NOT EXISTS (SELECT FROM demande d JOIN version v ON v.id = d.version_courante_id
                WHERE d.id = NEW.demande_id AND a.id = ANY (v.pieces));
        DELETE FROM attente a USING levee_gel l JOIN gel g ON g.id = l.gel_id
        WHERE a.id = l.id AND g.demande_id = NEW.demande_id AND g.leve_le IS NOT NULL;
        PERFORM attente_placer_piece(NEW.demande_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON decision_restauration FOR EACH ROW
    EXECUTE FUNCTION attente_decision_restauration();
"""

PURGER = """
-- The erasure knows of the new tables, before what they refer to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('decision_anteriorite', 'demande_id = $1'),$r$,
        $r$('decision_restauration', 'demande_id = $1'),
        ('requete_restauration', 'demande_id = $1'),
        ('decision_anteriorite', 'demande_id = $1'),$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the answers was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0043_explication_piece"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionRestauration",
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
                ("issue", models.CharField(max_length=8)),
                ("motif", models.CharField(blank=True, max_length=300)),
                ("arrivee", models.IntegerField(null=True, verbose_name="version qui a amené l’autre foyer")),
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
                "db_table": "decision_restauration",
            },
        ),
        migrations.CreateModel(
            name="RequeteRestauration",
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
                ("vers", models.IntegerField(verbose_name="version à laquelle revenir")),
                ("a_part", models.BooleanField(verbose_name="une demande à part pour l’autre foyer")),
                (
                    "garder",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list
                    ),
                ),
                ("motif", models.CharField(max_length=300)),
                ("auteur", models.UUIDField()),
                ("demandee_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "requete_restauration",
            },
        ),
        migrations.RemoveConstraint(
            model_name="attente",
            name="attente_nature",
        ),
        migrations.RemoveConstraint(
            model_name="piece",
            name="piece_remplacee_une_fois",
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(
                condition=models.Q(("remplace__isnull", False)), fields=["remplace"], name="piece_remplacee"
            ),
        ),
        migrations.AddConstraint(
            model_name="attente",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "nature__in",
                        [
                            "IDENTITE",
                            "ANTERIORITE",
                            "DOUBLON",
                            "ANCIENNE_IDENTITE",
                            "SEPARATION",
                            "ENSEMBLE_DOUBLON",
                            "LEVEE_GEL",
                            "RESTAURATION",
                            "PIECES",
                            "REPONSE_MENAGE",
                            "PIECE_A_VERIFIER",
                            "PIECE_PERIMEE",
                            "COURRIEL_INVALIDE",
                            "MESSAGE_REFUSE",
                            "LETTRE_REFUSEE",
                        ],
                    )
                ),
                name="attente_nature",
            ),
        ),
        migrations.AddField(
            model_name="decisionrestauration",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="decisionrestauration",
            name="nouvelle",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="requeterestauration",
            name="demande",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
            ),
        ),
        migrations.AddField(
            model_name="requeterestauration",
            name="enquete",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.dossierenquete"
            ),
        ),
        migrations.AddField(
            model_name="decisionrestauration",
            name="requete",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="registre.requeterestauration",
            ),
        ),
        migrations.AddIndex(
            model_name="decisionrestauration",
            index=models.Index(fields=["demande", "revision"], name="decision_restauration_demande"),
        ),
        migrations.AddConstraint(
            model_name="decisionrestauration",
            constraint=models.CheckConstraint(
                condition=models.Q(("auteur", models.F("decideur")), _negated=True),
                name="decision_restauration_quatre_yeux",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionrestauration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("issue", "ACCEPTEE"),
                    models.Q(
                        ("issue", "REFUSEE"), ("nouvelle", None), models.Q(("motif", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="decision_restauration_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionrestauration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrivee", None), ("nouvelle", None)),
                    models.Q(("arrivee__isnull", False), ("nouvelle__isnull", False)),
                    _connector="OR",
                ),
                name="decision_restauration_arrivee",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
        migrations.RunSQL(ATTENTES, migrations.RunSQL.noop),
        migrations.RunSQL(PURGER, migrations.RunSQL.noop),
    ]
