"""Documents of a demande, what was said of each, and what the database guarantees of them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE OR REPLACE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER', 'LEVER_GEL',
        'SEPARER', 'DECIDER_SEPARATION', 'ANNULER', 'RETABLIR', 'PURGER', 'DECIDER_ANTERIORITE', 'JOINDRE_PIECE',
        'REMPLACER_PIECE', 'NOTER_PIECE_VUE']
$$;

-- A document is of its demande, of a person of it, and takes the place of one of it, from a revision that was.
ALTER TABLE piece ADD CONSTRAINT piece_et_demande UNIQUE (id, demande_id);
ALTER TABLE piece ADD CONSTRAINT piece_d_une_personne_du_dossier FOREIGN KEY (personne_id, demande_id)
    REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE piece ADD CONSTRAINT piece_de_son_dossier FOREIGN KEY (remplace_id, demande_id)
    REFERENCES piece (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE piece ADD CONSTRAINT piece_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE piece ADD CONSTRAINT piece_d_un_fichier_du_territoire FOREIGN KEY (document, territoire)
    REFERENCES document (id, territoire) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE piece ADD CONSTRAINT piece_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE qualification_piece ADD CONSTRAINT qualification_de_son_dossier FOREIGN KEY (piece_id, demande_id)
    REFERENCES piece (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE qualification_piece ADD CONSTRAINT qualification_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- At commit: an entry of the same transaction names the row, its demande and its revision.
CREATE FUNCTION registre_exiger_piece_dite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.revision AND verbe = ANY (string_to_array(tg_argv[0], ','))
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits -> tg_argv[1] ? NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la ligne % de %', NEW.id, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- At commit: the version that a document starts with names it, and no longer the one that it takes the place of.
CREATE FUNCTION registre_exiger_piece_en_vigueur() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM version v JOIN demande d ON d.id = v.demande_id
    WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.revision AND NEW.id = ANY (v.pieces)
        AND (NEW.remplace_id IS NULL OR NOT NEW.remplace_id = ANY (v.pieces)) AND d.territoire = NEW.territoire;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pièce % : la version % ne la nomme pas, ou elle est d’un autre territoire', NEW.id, NEW.revision
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- At commit: a version names documents of its demande, and forgets none but those replaced or of somebody who left.
CREATE FUNCTION registre_garder_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.pieces) p
            WHERE NOT EXISTS (SELECT FROM piece x WHERE x.id = p AND x.demande_id = NEW.demande_id))
        OR NEW.statut <> 'PURGEE' AND EXISTS (
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
CREATE CONSTRAINT TRIGGER pieces AFTER INSERT ON version DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.numero > 1 OR NEW.pieces <> '{}') EXECUTE FUNCTION registre_garder_pieces();

-- What is in a frozen file is evidence: something may be added, nothing takes the place of anything.
CREATE FUNCTION registre_garder_piece_figee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF registre_est_figee(NEW.demande_id) THEN
        RAISE EXCEPTION 'demande % : dossier figé, aucune pièce n’y est remplacée', NEW.demande_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fige_par_un_gel BEFORE INSERT ON piece FOR EACH ROW WHEN (NEW.remplace_id IS NOT NULL)
    EXECUTE FUNCTION registre_garder_piece_figee();

CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON piece DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_piece_dite('JOINDRE_PIECE,REMPLACER_PIECE,NOTER_PIECE_VUE,DEPOSER', 'pieces');
CREATE CONSTRAINT TRIGGER en_vigueur AFTER INSERT ON piece DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_piece_en_vigueur();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON qualification_piece DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_piece_dite('QUALIFIER_PIECE', 'qualification');

-- At commit: the file of a document erased is erased with it, unless another demande holds it.
CREATE FUNCTION registre_exiger_fichier_efface() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM document x WHERE x.id = OLD.document AND x.etat <> 'EFFACE')
        AND NOT EXISTS (SELECT FROM piece p WHERE p.document = OLD.document)
    THEN
        RAISE EXCEPTION 'pièce % : elle est effacée, et son fichier reste', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER fichier_efface AFTER DELETE ON piece DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.document IS NOT NULL) EXECUTE FUNCTION registre_exiger_fichier_efface();

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['piece', 'qualification_piece'] LOOP
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
        EXECUTE format('CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge(%L)', t, 'demande_id');
        EXECUTE format('CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul_vider', t);
    END LOOP;
END $$;
"""

PURGER = """
-- The erasure knows of the new tables, before what they refer to, and says how many files go with them.
DO $$
DECLARE
    texte text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    avant text;
    apres text;
BEGIN
    FOR avant, apres IN VALUES
        ($r$('decision_separation', 'separation_id IN$r$, $r$('qualification_piece', 'demande_id = $1'),
        ('piece', 'demande_id = $1'),
        ('decision_separation', 'separation_id IN$r$),
        ($r$jsonb_build_object('recherche', purge_effacer_recherches(d))$r$,
        $r$jsonb_build_object('recherche', purge_effacer_recherches(d), 'document',
        (SELECT count(DISTINCT x.document) FROM piece x WHERE x.demande_id = d.id
            AND NOT EXISTS (SELECT FROM piece y WHERE y.document = x.document AND y.demande_id <> d.id)))$r$)
    LOOP
        IF position(avant IN texte) = 0 THEN
            RAISE EXCEPTION 'registre_purger: % was not found', avant;
        END IF;
        texte := replace(texte, avant, apres);
    END LOOP;
    EXECUTE texte;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0037_attentes_du_gestionnaire"),
        ("documents", "0002_garde_fous"),
    ]

    operations = [
        migrations.CreateModel(
            name="Piece",
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
                ("membre", models.CharField(blank=True, max_length=60)),
                ("type_piece", models.CharField(max_length=40)),
                ("nature", models.CharField(blank=True, max_length=20)),
                ("annee", models.SmallIntegerField(null=True, verbose_name="année des revenus")),
                ("sante", models.BooleanField(default=False, verbose_name="parle de santé")),
                ("document", models.UUIDField(null=True)),
                ("empreinte", models.BinaryField(max_length=32, null=True)),
                ("vue_le", models.DateField(null=True)),
                ("validite_fin", models.DateField(null=True, verbose_name="dernier jour de validité")),
                (
                    "explication",
                    models.CharField(blank=True, max_length=300, verbose_name="explication du ménage"),
                ),
                ("canal", models.CharField(max_length=10)),
                ("auteur", models.UUIDField()),
                ("depose_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("guichet", models.CharField(blank=True, max_length=5)),
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
                    "personne",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.personne",
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
                        to="registre.piece",
                    ),
                ),
            ],
            options={
                "db_table": "piece",
            },
        ),
        migrations.CreateModel(
            name="QualificationPiece",
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
                ("qualification", models.CharField(max_length=14)),
                ("motif", models.CharField(blank=True, max_length=300)),
                ("auteur", models.UUIDField()),
                ("qualifie_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("guichet", models.CharField(blank=True, max_length=5)),
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
                    "piece",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="qualifications",
                        to="registre.piece",
                    ),
                ),
            ],
            options={
                "db_table": "qualification_piece",
            },
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(fields=["territoire", "demande", "survenu_le"], name="piece_du_dossier"),
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(
                condition=models.Q(("document__isnull", False)), fields=["document"], name="piece_du_fichier"
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(fields=("remplace",), name="piece_remplacee_une_fois"),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(fields=("demande", "document"), name="piece_un_fichier"),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document__isnull", False), ("empreinte__isnull", False), ("vue_le", None)),
                    models.Q(("document", None), ("empreinte", None), ("vue_le__isnull", False)),
                    _connector="OR",
                ),
                name="piece_recue_ou_vue",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(("personne", None), ("membre", ""), _connector="OR"),
                name="piece_d_une_personne_au_plus",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(("remplace", models.F("id")), _negated=True),
                name="piece_remplace_une_autre",
            ),
        ),
        migrations.AddIndex(
            model_name="qualificationpiece",
            index=models.Index(
                fields=["territoire", "demande", "piece", "id"], name="qualification_du_dossier"
            ),
        ),
        migrations.AddConstraint(
            model_name="qualificationpiece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "qualification__in",
                        ["VALIDE", "INEXPLOITABLE", "HORS_PERIMETRE", "OBSOLETE", "DOUBLON"],
                    )
                ),
                name="qualification_piece_connue",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
        migrations.RunSQL(PURGER, migrations.RunSQL.noop),
    ]
