"""What a household says of a document after its deposit: rows only added, told, and gone with the demande."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
ALTER TABLE explication_piece ADD CONSTRAINT explication_de_son_dossier FOREIGN KEY (piece_id, demande_id)
    REFERENCES piece (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE explication_piece ADD CONSTRAINT explication_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON explication_piece DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_piece_dite('EXPLIQUER_PIECE', 'explication');
CREATE TRIGGER estampille BEFORE INSERT ON explication_piece FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON explication_piece
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON explication_piece
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE explication_piece ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE explication_piece ENABLE ALWAYS TRIGGER ajout_seul_vider;
"""

PURGER = """
-- The erasure knows of the new table, before what it refers to.
DO $$
DECLARE
    texte text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    avant text := $r$('qualification_piece', 'demande_id = $1'),$r$;
BEGIN
    IF position(avant IN texte) = 0 THEN
        RAISE EXCEPTION 'registre_purger: % was not found', avant;
    END IF;
    EXECUTE replace(texte, avant, $r$('explication_piece', 'demande_id = $1'),
        $r$ || avant);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0042_pieces_demandees")]

    operations = [
        migrations.CreateModel(
            name="ExplicationPiece",
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
                ("texte", models.CharField(max_length=300, verbose_name="explication du ménage")),
                ("auteur", models.UUIDField()),
                ("explique_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
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
                        related_name="explications",
                        to="registre.piece",
                    ),
                ),
            ],
            options={
                "db_table": "explication_piece",
                "indexes": [
                    models.Index(
                        fields=["territoire", "demande", "piece", "id"], name="explication_du_dossier"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("texte", ""), _negated=True), name="explication_piece_dite"
                    )
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
        migrations.RunSQL(PURGER, migrations.RunSQL.noop),
    ]
