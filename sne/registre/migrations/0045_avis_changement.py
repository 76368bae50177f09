"""Notices of a change, objections to it, and what the database guarantees of both: told, kept, ended once, erasable."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE SEQUENCE opposition_numero;
ALTER TABLE avis_changement ADD CONSTRAINT avis_changement_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE avis_changement ADD CONSTRAINT avis_changement_empreintes
    CHECK (octet_length(empreinte) = 32 AND octet_length(jeton) = 32);
ALTER TABLE avis_changement ADD CONSTRAINT avis_et_demande UNIQUE (id, demande_id);
ALTER TABLE opposition ADD CONSTRAINT opposition_de_son_avis FOREIGN KEY (avis_id, demande_id)
    REFERENCES avis_changement (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE opposition ADD CONSTRAINT opposition_de_son_enquete FOREIGN KEY (enquete_id, demande_id)
    REFERENCES demande_enquetee (enquete_id, demande_id) DEFERRABLE INITIALLY DEFERRED;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['avis_changement', 'opposition'] LOOP
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
        EXECUTE format('CREATE TRIGGER ajout_seul BEFORE DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge(%L)', t, 'demande_id');
        EXECUTE format('CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul_vider', t);
    END LOOP;
END $$;
CREATE TRIGGER clos BEFORE UPDATE ON avis_changement
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('porte_le');
CREATE TRIGGER clos BEFORE UPDATE ON opposition
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('retiree_le');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON avis_changement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('AVERTIR,CONFIER_AVIS', 'avis');
CREATE CONSTRAINT TRIGGER journalise_la_fin AFTER UPDATE ON avis_changement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('PORTER_AVIS', 'avis');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON opposition DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('S_OPPOSER', 'opposition');
CREATE CONSTRAINT TRIGGER journalise_la_fin AFTER UPDATE ON opposition DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('RETIRER_OPPOSITION', 'opposition');
"""

ATTENTES = """
CREATE FUNCTION attente_avis() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.porte_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'AVIS_A_PORTER', 'REPONSES', NEW.demande_id, '', NULL, NEW.survenu_le, NULL);
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT OR UPDATE OF porte_le ON avis_changement FOR EACH ROW WHEN (NEW.raison <> '')
    EXECUTE FUNCTION attente_avis();
CREATE TRIGGER attente_effacee AFTER DELETE ON avis_changement FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- One line for each enquiry, whoever else objects meanwhile; it ends with the enquiry.
CREATE FUNCTION attente_opposition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.enquete_id, 'OPPOSITION', 'REPONSES', NEW.demande_id, '', NULL, NEW.survenu_le,
        NEW.rappel_avant);
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON opposition FOR EACH ROW EXECUTE FUNCTION attente_opposition();
"""

PURGER = """
-- The erasure knows of the new tables, before what they refer to.
DO $$
DECLARE
    texte text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    avant text := $r$('decision_separation', 'separation_id IN$r$;
BEGIN
    IF position(avant IN texte) = 0 THEN
        RAISE EXCEPTION 'registre_purger: % was not found', avant;
    END IF;
    EXECUTE replace(texte, avant, $r$('opposition', 'demande_id = $1'),
        ('avis_changement', 'demande_id = $1'),
        $r$ || avant);
END $$;
"""

DEPUIS_MAINTENANT = """
-- What was changed before is not announced today.
INSERT INTO journal_abonnement (abonne, scellement)
SELECT 'registre.changements', max(numero) FROM journal_scellement HAVING max(numero) IS NOT NULL
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0044_restaurer"),
        ("journal", "0002_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AvisChangement",
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
                ("origine", models.UUIDField()),
                ("canal", models.CharField(blank=True, max_length=8)),
                ("raison", models.CharField(blank=True, max_length=16)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40)),
                ),
                ("message", models.UUIDField(null=True)),
                (
                    "empreinte",
                    models.BinaryField(max_length=32, null=True, verbose_name="empreinte de l’adresse"),
                ),
                (
                    "jeton",
                    models.BinaryField(max_length=32, null=True, verbose_name="empreinte du jeton du lien"),
                ),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("porte_le", models.DateTimeField(null=True)),
                ("porteur", models.UUIDField(null=True)),
                ("porte_par", models.JSONField(null=True, verbose_name="porteur, tel qu’il était")),
                ("precision", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "db_table": "avis_changement",
            },
        ),
        migrations.CreateModel(
            name="Opposition",
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
                ("formulaire", models.UUIDField()),
                ("reference", models.CharField(max_length=16, verbose_name="référence")),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40)),
                ),
                ("contact", models.BinaryField(verbose_name="où joindre la personne, chiffré")),
                ("rappel_avant", models.DateField()),
                (
                    "retrait",
                    models.BinaryField(
                        max_length=32, null=True, verbose_name="empreinte du jeton de retrait"
                    ),
                ),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("retiree_le", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "opposition",
            },
        ),
        migrations.RemoveConstraint(
            model_name="attente",
            name="attente_nature",
        ),
        migrations.RemoveConstraint(
            model_name="dossierenquete",
            name="dossier_enquete_codes",
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
                            "OPPOSITION",
                            "AVIS_A_PORTER",
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
        migrations.AddConstraint(
            model_name="dossierenquete",
            constraint=models.CheckConstraint(
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
                    ("origine__in", ["MAIN_GT", "DPO", "ANCIENNE_IDENTITE", "OPPOSITION"]),
                ),
                name="dossier_enquete_codes",
            ),
        ),
        migrations.AddField(
            model_name="avischangement",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="opposition",
            name="avis",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opposition",
                to="registre.avischangement",
            ),
        ),
        migrations.AddField(
            model_name="opposition",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="opposition",
            name="enquete",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="oppositions",
                to="registre.dossierenquete",
            ),
        ),
        migrations.AddIndex(
            model_name="avischangement",
            index=models.Index(
                fields=["territoire", "demande", "survenu_le"], name="avis_changement_dossier"
            ),
        ),
        migrations.AddConstraint(
            model_name="avischangement",
            constraint=models.UniqueConstraint(
                fields=("territoire", "origine", "raison", "canal", "empreinte"),
                name="avis_changement_une_fois",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="avischangement",
            constraint=models.UniqueConstraint(fields=("jeton",), name="avis_changement_jeton"),
        ),
        migrations.AddConstraint(
            model_name="avischangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("canal__in", ["COURRIEL", "SMS", "LETTRE"]),
                        ("empreinte__isnull", False),
                        ("message__isnull", False),
                        ("porte_le", None),
                        ("raison", ""),
                    ),
                    models.Q(
                        ("canal", ""),
                        ("empreinte", None),
                        ("jeton", None),
                        ("message", None),
                        ("raison__in", ["PROTEGEE", "CONTACT_PARTAGE", "INJOIGNABLE"]),
                    ),
                    _connector="OR",
                ),
                name="avis_changement_parti_ou_confie",
            ),
        ),
        migrations.AddConstraint(
            model_name="avischangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("porte_le", None), ("porte_par__isnull", True), ("porteur", None), ("precision", "")
                    ),
                    models.Q(
                        ("porte_le__isnull", False), ("porte_par__isnull", False), ("porteur__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="avis_changement_porte",
            ),
        ),
        migrations.AddIndex(
            model_name="opposition",
            index=models.Index(fields=["territoire", "demande", "survenu_le"], name="opposition_dossier"),
        ),
        migrations.AddConstraint(
            model_name="opposition",
            constraint=models.UniqueConstraint(fields=("reference",), name="opposition_reference"),
        ),
        migrations.AddConstraint(
            model_name="opposition",
            constraint=models.UniqueConstraint(fields=("retrait",), name="opposition_retrait"),
        ),
        migrations.AddConstraint(
            model_name="opposition",
            constraint=models.CheckConstraint(
                condition=models.Q(("codes", []), _negated=True), name="opposition_a_quelque_chose"
            ),
        ),
        *(
            migrations.RunSQL(s, migrations.RunSQL.noop)
            for s in (GARDES, ATTENTES, PURGER, DEPUIS_MAINTENANT)
        ),
    ]
