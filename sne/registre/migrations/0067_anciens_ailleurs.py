"""Identities left behind, in a table that every territory looks up; evidence that names another territory."""

import django.db.models.deletion
from django.db import migrations, models

NOTER = """
-- An identity leaves its person's row when another takes its place, or when its person leaves the demande.
CREATE FUNCTION registre_noter_quittee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO identite_quittee (identite_id, territoire, demande_id, nir_empreinte, date_naissance, nom_norm,
        prenoms_norm)
    SELECT i.id, i.territoire, i.demande_id, i.nir_empreinte, i.date_naissance, i.nom_norm, i.prenoms_norm
    FROM identite i
    WHERE NOT i.retrait AND (i.id = OLD.identite_courante_id
        OR i.id = NEW.identite_courante_id AND NEW.retire_le IS NOT NULL)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER quittee AFTER UPDATE OF identite_courante_id, retire_le ON personne FOR EACH ROW
    WHEN (NEW.identite_courante_id <> OLD.identite_courante_id OR NEW.retire_le IS NOT NULL)
    EXECUTE FUNCTION registre_noter_quittee();

INSERT INTO identite_quittee (identite_id, territoire, demande_id, nir_empreinte, date_naissance, nom_norm, prenoms_norm)
SELECT i.id, i.territoire, i.demande_id, i.nir_empreinte, i.date_naissance, i.nom_norm, i.prenoms_norm
FROM personne p JOIN identite i ON i.personne_id = p.id
WHERE NOT i.retrait AND (i.id <> p.identite_courante_id OR p.retire_le IS NOT NULL)
    AND (i.voie <> 'CONTROLE'
        OR EXISTS (SELECT FROM decision_identite z WHERE z.identite_id = i.id AND z.issue = 'VALIDEE'));
SET CONSTRAINTS ALL IMMEDIATE;

CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON identite_quittee
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON identite_quittee
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE identite_quittee ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE identite_quittee ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- The erasure knows of the new table, before what it refers to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('identite', 'demande_id = $1'),$r$,
        $r$('identite_quittee', 'demande_id = $1'),
        ('identite', 'demande_id = $1'),$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the identities was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0066_rien_en_silence")]

    operations = [
        migrations.CreateModel(
            name="IdentiteQuittee",
            fields=[
                (
                    "identite",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="registre.identite",
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
                ("nir_empreinte", models.BinaryField(max_length=32, null=True)),
                ("date_naissance", models.DateField()),
                ("nom_norm", models.TextField()),
                ("prenoms_norm", models.TextField()),
            ],
            options={
                "db_table": "identite_quittee",
                "indexes": [
                    models.Index(
                        condition=models.Q(("nir_empreinte__isnull", False)),
                        fields=["nir_empreinte"],
                        name="identite_quittee_nir",
                    ),
                    models.Index(
                        fields=["date_naissance", "nom_norm", "prenoms_norm"],
                        name="identite_quittee_naissance",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="elementenquete",
            name="territoire_ailleurs",
            field=models.CharField(blank=True, db_default="", default="", max_length=3),
        ),
        migrations.AddField(
            model_name="elementenquete",
            name="ailleurs",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddIndex(
            model_name="elementenquete",
            index=models.Index(
                condition=models.Q(("ailleurs__isnull", False)),
                fields=["ailleurs"],
                name="element_enquete_recente",
            ),
        ),
        migrations.AddConstraint(
            model_name="elementenquete",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ailleurs", None), ("territoire_ailleurs", "")),
                    models.Q(
                        models.Q(("territoire_ailleurs", ""), _negated=True),
                        ("nature", "IDENTITE"),
                    ),
                    _connector="OR",
                ),
                name="element_enquete_ailleurs",
            ),
        ),
        migrations.RunSQL(NOTER, migrations.RunSQL.noop),
    ]
