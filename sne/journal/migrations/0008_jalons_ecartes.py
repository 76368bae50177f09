"""A false checkpoint is set aside by the owner, and a cursor of delivery only advances."""

import django.db.models.deletion
from django.db import migrations, models

SQL = """
SELECT proteger_ajout_seul('journal_jalon_ecarte');

-- A checkpoint follows the one before, and says of the seals what they say, in its row and in its text. Whether it is
-- signed, only a verifier can tell.
CREATE OR REPLACE FUNCTION journal_garder_jalon() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    dernier journal_jalon;
    sceau journal_scellement;
BEGIN
    SELECT * INTO dernier FROM journal_jalon ORDER BY numero DESC LIMIT 1;
    SELECT * INTO sceau FROM journal_scellement WHERE numero = NEW.scellement;
    IF NEW.numero <> coalesce(dernier.numero, 0) + 1
        OR NEW.scellement <= coalesce(dernier.scellement, 0) OR NEW.pose_le > clock_timestamp()
        OR NEW.entrees - coalesce(dernier.entrees, 0) IS DISTINCT FROM (
            SELECT sum(nombre) FROM journal_scellement
            WHERE numero > coalesce(dernier.scellement, 0) AND numero <= NEW.scellement)
        OR (string_to_array(NEW.note, E'\\n'))[2] IS DISTINCT FROM NEW.scellement::text
        OR (string_to_array(NEW.note, E'\\n'))[4:7] IS DISTINCT FROM ARRAY['jalon ' || NEW.numero, 'ere ' || sceau.ere,
            'entrees ' || NEW.entrees, 'chaine ' || translate(encode(sceau.empreinte, 'base64'), E'\\n', '')]
    THEN
        RAISE EXCEPTION 'le jalon % ne suit pas le précédent', NEW.numero USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- What was delivered stays delivered; a cursor never passes the last seal either.
CREATE FUNCTION journal_garder_abonnement() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND (NEW.abonne <> OLD.abonne OR NEW.scellement < OLD.scellement)
        OR NEW.scellement > (SELECT coalesce(max(numero), 0) FROM journal_scellement)
    THEN
        RAISE EXCEPTION 'abonné % : sa position ne fait qu’avancer, jusqu’au dernier scellement', NEW.abonne
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER avance BEFORE INSERT OR UPDATE ON journal_abonnement
    FOR EACH ROW EXECUTE FUNCTION journal_garder_abonnement();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0007_ere")]
    operations = [
        migrations.CreateModel(
            name="JalonEcarte",
            fields=[
                (
                    "jalon",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ecarte",
                        serialize=False,
                        to="journal.jalon",
                    ),
                ),
                ("motif", models.CharField(max_length=300, verbose_name="motif")),
                ("ecarte_le", models.DateTimeField()),
            ],
            options={"db_table": "journal_jalon_ecarte"},
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
