"""Enquiries and freezes, and what the database guarantees of them: four eyes, one freeze, a frozen file kept still."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
-- Enquiries and requests to lift are opened, then ended, once; an entry of the same transaction names the row.
CREATE FUNCTION registre_une_seule_fin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) ->> tg_argv[0] IS NOT NULL THEN
        RAISE EXCEPTION '% % : sa fin est déjà écrite', tg_table_name, OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registre_exiger_entree_nommant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE verbe = ANY (string_to_array(tg_argv[0], ',')) AND faits -> tg_argv[1] ? NEW.id::text
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la ligne % de % (%)', NEW.id, tg_table_name, tg_op
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- A freeze ends by the answer that somebody else gave to whoever asked, at that instant.
CREATE FUNCTION registre_exiger_levee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM levee_gel
    WHERE gel_id = NEW.id AND decision = 'ACCEPTEE' AND decidee_le = NEW.leve_le;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'gel % : personne n’a accepté de le lever', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION registre_est_figee(demande uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM gel WHERE demande_id = demande AND leve_le IS NULL)
$$;

-- What a version says of who holds the file and how they are reached.
CREATE FUNCTION registre_traits_figes(identites uuid[], contenu jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(to_jsonb(identites), contenu -> 'titulaire', contenu #> '{demandeur,contact}',
        contenu #> '{demandeur,adresse_courrier}', jsonb_path_query_array(contenu, '$.cotitulaires[*].personne'),
        jsonb_path_query_array(contenu, '$.cotitulaires[*].contact'), contenu -> 'association',
        contenu -> 'accompagnant')
$$;

-- The last word on a frozen file, whatever door the change comes through.
CREATE FUNCTION registre_garder_fige() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cible uuid := CASE WHEN tg_table_name = 'demande' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'demande_id' END;
BEGIN
    IF NOT registre_est_figee(cible) THEN
        RETURN NEW;
    END IF;
    IF tg_table_name = 'version' THEN
        PERFORM 1 FROM version v
        WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.numero - 1
            AND registre_traits_figes(v.identites, v.contenu) = registre_traits_figes(NEW.identites, NEW.contenu);
        IF FOUND THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'demande % : dossier figé (% sur %)', cible, tg_op, tg_table_name
        USING errcode = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER fige_par_un_gel BEFORE INSERT ON version FOR EACH ROW WHEN (NEW.numero > 1)
    EXECUTE FUNCTION registre_garder_fige();
CREATE TRIGGER fige_par_un_gel BEFORE INSERT ON identite FOR EACH ROW WHEN (NEW.voie <> 'DEPOT')
    EXECUTE FUNCTION registre_garder_fige();
CREATE TRIGGER fige_par_un_gel BEFORE UPDATE ON personne FOR EACH ROW
    WHEN ((NEW.courriel, NEW.telephone, NEW.identite_courante_id, NEW.retire_le)
        IS DISTINCT FROM (OLD.courriel, OLD.telephone, OLD.identite_courante_id, OLD.retire_le))
    EXECUTE FUNCTION registre_garder_fige();
CREATE TRIGGER fige_par_un_gel BEFORE UPDATE OF statut ON demande FOR EACH ROW
    WHEN (NEW.statut <> OLD.statut AND NEW.statut <> 'ACTIVE')
    EXECUTE FUNCTION registre_garder_fige();

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['demande_enquetee', 'element_enquete'] LOOP
        PERFORM proteger_ajout_seul(t::regclass);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['dossier_enquete', 'element_enquete', 'gel', 'levee_gel'] LOOP
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
    END LOOP;
END $$;
CREATE TRIGGER clos BEFORE UPDATE ON dossier_enquete
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('clos_le');
CREATE TRIGGER clos BEFORE UPDATE ON levee_gel
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('decidee_le');
CREATE TRIGGER clos BEFORE UPDATE ON gel FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('leve_le');
CREATE CONSTRAINT TRIGGER acceptee AFTER UPDATE ON gel
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_levee();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON dossier_enquete DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('OUVRIR_ENQUETE', 'enquete');
CREATE CONSTRAINT TRIGGER journalise_la_fin AFTER UPDATE ON dossier_enquete DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('CLORE_ENQUETE', 'enquete');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON element_enquete DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('COMPLETER_ENQUETE', 'element');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON demande_enquetee DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('OUVRIR_ENQUETE,COMPLETER_ENQUETE', 'liens');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON gel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_acte('GELER', 'gel');
CREATE CONSTRAINT TRIGGER journalise_la_fin AFTER UPDATE ON gel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('LEVER_GEL', 'gel');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON levee_gel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('DEMANDER_LEVEE', 'levee');
CREATE CONSTRAINT TRIGGER journalise_la_fin AFTER UPDATE ON levee_gel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('LEVER_GEL,REFUSER_LEVEE', 'levee');
ALTER TABLE gel ADD CONSTRAINT gel_de_son_enquete FOREIGN KEY (enquete_id, demande_id)
    REFERENCES demande_enquetee (enquete_id, demande_id) DEFERRABLE INITIALLY DEFERRED;

CREATE OR REPLACE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER', 'LEVER_GEL']
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0019_preavis"),
    ]

    operations = [
        migrations.CreateModel(
            name="DossierEnquete",
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
                ("motif", models.CharField(max_length=20)),
                ("precision", models.CharField(blank=True, max_length=300, verbose_name="précision")),
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
                ("motif_issue", models.CharField(blank=True, max_length=30)),
                ("precision_issue", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "db_table": "dossier_enquete",
                "indexes": [
                    models.Index(
                        condition=models.Q(("clos_le", None)),
                        fields=["territoire", "ouvert_le", "id"],
                        name="dossier_enquete_ouverts",
                    ),
                    models.Index(
                        condition=models.Q(("clos_le__isnull", False)),
                        fields=["territoire", "-ouvert_le", "-id"],
                        name="dossier_enquete_clos",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "motif__in",
                                [
                                    "IDENTITE_REMPLACEE",
                                    "CONTACTS_REMPLACES",
                                    "SIGNALEMENT",
                                    "PIECES_A_VERIFIER",
                                    "ANCIEN_TITULAIRE",
                                    "AUTRE",
                                ],
                            ),
                            ("origine__in", ["MAIN_GT", "DPO", "ANCIENNE_IDENTITE"]),
                        ),
                        name="dossier_enquete_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("clos_le", None),
                                ("clos_par__isnull", True),
                                ("decideur", None),
                                ("issue", ""),
                                ("motif_issue", ""),
                                ("precision_issue", ""),
                            ),
                            models.Q(
                                ("clos_le__isnull", False),
                                ("clos_par__isnull", False),
                                ("decideur__isnull", False),
                                (
                                    "issue__in",
                                    ["MEME_PERSONNE", "AUTRE_PERSONNE", "CHANGEMENT_EXPLIQUE", "A_RETABLIR"],
                                ),
                                (
                                    "motif_issue__in",
                                    [
                                        "DEJA_ENREGISTREE",
                                        "AUTRE_ORTHOGRAPHE",
                                        "HOMONYME",
                                        "MEME_FAMILLE",
                                        "ERREUR_SAISIE",
                                        "ETAT_CIVIL_RECONSTITUE",
                                        "TRANSFERT_DECES",
                                        "TRANSFERT_SEPARATION",
                                        "DOUBLON_FUSIONNE",
                                        "CONTACTS_CONFIRMES",
                                        "REMPLACEMENT_INEXPLIQUE",
                                        "TITULAIRE_NIE",
                                        "AUTRE",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="dossier_enquete_cloture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decideur", None),
                            models.Q(("origine", "ANCIENNE_IDENTITE"), _negated=True),
                            models.Q(("auteur", models.F("decideur")), _negated=True),
                            _connector="OR",
                        ),
                        name="dossier_enquete_quatre_yeux",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gel",
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
                ("auteur", models.UUIDField()),
                ("pose_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("pose_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("leve_le", models.DateTimeField(null=True)),
                ("jours_rendus", models.IntegerField(null=True)),
                (
                    "demande",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gels",
                        to="registre.demande",
                    ),
                ),
                (
                    "enquete",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gels",
                        to="registre.dossierenquete",
                    ),
                ),
            ],
            options={
                "db_table": "gel",
            },
        ),
        migrations.CreateModel(
            name="LeveeGel",
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
                ("precision", models.CharField(max_length=300, verbose_name="précision")),
                ("auteur", models.UUIDField()),
                ("demandee_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("demandee_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("decision", models.CharField(blank=True, max_length=10, verbose_name="décision")),
                ("precision_decision", models.CharField(blank=True, max_length=300)),
                ("decideur", models.UUIDField(null=True)),
                ("decidee_par", models.JSONField(null=True, verbose_name="décideur, tel qu’il était")),
                ("decidee_le", models.DateTimeField(null=True)),
                (
                    "gel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="levees", to="registre.gel"
                    ),
                ),
            ],
            options={
                "db_table": "levee_gel",
            },
        ),
        migrations.CreateModel(
            name="DemandeEnquetee",
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
                ("principale", models.BooleanField()),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
                (
                    "enquete",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demandes",
                        to="registre.dossierenquete",
                    ),
                ),
            ],
            options={
                "db_table": "demande_enquetee",
                "constraints": [
                    models.UniqueConstraint(fields=("enquete", "demande"), name="demande_enquetee_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("principale", True)),
                        fields=("enquete",),
                        name="demande_enquetee_principale",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ElementEnquete",
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
                ("nature", models.CharField(max_length=10)),
                ("texte", models.CharField(blank=True, max_length=2000)),
                ("entree", models.UUIDField(null=True)),
                ("auteur", models.UUIDField()),
                ("ajoute_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "enquete",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="elements",
                        to="registre.dossierenquete",
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
                "db_table": "element_enquete",
                "indexes": [models.Index(fields=["enquete", "survenu_le"], name="element_enquete_ordre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entree", None),
                                ("identite", None),
                                ("nature", "NOTE"),
                                models.Q(("texte", ""), _negated=True),
                            ),
                            models.Q(("entree__isnull", False), ("identite", None), ("nature", "ENTREE")),
                            models.Q(("entree", None), ("identite__isnull", False), ("nature", "IDENTITE")),
                            _connector="OR",
                        ),
                        name="element_enquete_nature",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="gel",
            index=models.Index(fields=["demande", "pose_le"], name="gel_demande"),
        ),
        migrations.AddConstraint(
            model_name="gel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("leve_le", None)), fields=("demande",), name="gel_en_cours"
            ),
        ),
        migrations.AddConstraint(
            model_name="gel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("jours_rendus", None), ("leve_le", None)),
                    models.Q(("jours_rendus__gte", 0), ("leve_le__gte", models.F("pose_le"))),
                    _connector="OR",
                ),
                name="gel_leve",
            ),
        ),
        migrations.AddConstraint(
            model_name="leveegel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decidee_le", None)), fields=("gel",), name="levee_gel_en_cours"
            ),
        ),
        migrations.AddConstraint(
            model_name="leveegel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decidee_le", None),
                        ("decidee_par__isnull", True),
                        ("decideur", None),
                        ("decision", ""),
                        ("precision_decision", ""),
                    ),
                    models.Q(
                        ("decidee_le__isnull", False),
                        ("decidee_par__isnull", False),
                        ("decideur__isnull", False),
                        ("decision__in", ["ACCEPTEE", "REFUSEE"]),
                    ),
                    _connector="OR",
                ),
                name="levee_gel_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="leveegel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decideur", None),
                    models.Q(("auteur", models.F("decideur")), _negated=True),
                    _connector="OR",
                ),
                name="levee_gel_quatre_yeux",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
