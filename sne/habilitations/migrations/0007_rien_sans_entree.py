"""No right, no password and no second factor changes without an entry of the journal that names it."""

from django.db import migrations

SQL = """
-- At commit, an entry of this transaction has one of these verbs, and its fact of that name is that column of the row.
CREATE FUNCTION habilitations_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible text := CASE WHEN tg_op = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> tg_argv[2];
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE xid = pg_current_xact_id() AND inscrit_le >= transaction_timestamp()
        AND verbe = ANY (string_to_array(tg_argv[0], ',')) AND faits ->> tg_argv[1] = cible;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la ligne % de % (%)', cible, tg_table_name, tg_op
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT * FROM (VALUES
        ('habilitation', 'journalise_accordee', 'INSERT', '', 'ACCORDER_HABILITATION', 'habilitation', 'id'),
        ('habilitation', 'journalise_retiree', 'UPDATE', 'OLD IS DISTINCT FROM NEW', 'RETIRER_HABILITATION', 'habilitation', 'id'),
        ('suspension', 'journalise_posee', 'INSERT', '', 'SUSPENDRE_HABILITATION', 'habilitation', 'habilitation_id'),
        ('suspension', 'journalise_levee', 'UPDATE', 'NEW.issue = ''RETABLIE''', 'RETABLIR_HABILITATION', 'habilitation',
            'habilitation_id'),
        ('reduction', 'journalise_dite', 'INSERT', '', 'REDUIRE_HABILITATION', 'habilitation', 'habilitation_id'),
        ('compte', 'journalise_cree', 'INSERT', '', 'CREER_COMPTE', 'compte', 'id'),
        ('compte', 'journalise_modifie', 'UPDATE', 'OLD.password <> NEW.password OR OLD.actif <> NEW.actif', 'MODIFIER_COMPTE',
            'compte', 'id'),
        ('compte', 'titulaire_journalise', 'UPDATE', 'OLD.titulaire_id IS DISTINCT FROM NEW.titulaire_id', 'LIER_COMPTES', 'titulaire',
            'titulaire_id'),
        -- A device proves nothing until it is confirmed; drift, errors and the last code are no change of it.
        ('otp_totp_totpdevice', 'journalise_ajoute', 'INSERT', 'NEW.confirmed', 'CREER_COMPTE,MODIFIER_COMPTE', 'compte', 'user_id'),
        ('otp_totp_totpdevice', 'journalise_modifie', 'UPDATE',
            '(NEW.confirmed OR OLD.confirmed) AND (OLD.user_id, OLD.key, OLD.confirmed, OLD.step, OLD.t0, OLD.digits, '
            'OLD.tolerance) IS DISTINCT FROM (NEW.user_id, NEW.key, NEW.confirmed, NEW.step, NEW.t0, NEW.digits, '
            'NEW.tolerance)', 'MODIFIER_COMPTE', 'compte', 'user_id'),
        ('otp_totp_totpdevice', 'journalise_retire', 'DELETE', 'OLD.confirmed', 'MODIFIER_COMPTE', 'compte', 'user_id')
    ) AS x(nom_table, nom, acte, si, verbes, fait, colonne) LOOP
        EXECUTE format('CREATE CONSTRAINT TRIGGER %I AFTER %s ON %I DEFERRABLE INITIALLY DEFERRED '
            'FOR EACH ROW %s EXECUTE FUNCTION habilitations_exiger_entree(%L, %L, %L)', r.nom, r.acte, r.nom_table,
            CASE WHEN r.si = '' THEN '' ELSE 'WHEN (' || r.si || ')' END, r.verbes, r.fait, r.colonne);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0006_rythmes"),
        ("journal", "0006_recherche"),
        ("otp_totp", "0003_add_timestamps"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
