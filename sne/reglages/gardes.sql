-- What the database guarantees of reglages, beyond what its models declare.

-- A value starts on a day to come, when it is proposed and when it is accepted; what is answered stays as it is.
CREATE FUNCTION reglages_garder_proposition() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND OLD.clos_le IS NOT NULL THEN
        RAISE EXCEPTION 'proposition_parametre % : une réponse est déjà donnée', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.issue IN ('', 'ACCEPTEE') AND (
        NEW.debut <= (coalesce(NEW.clos_le, NEW.survenu_le) AT TIME ZONE 'Europe/Paris')::date
        OR NOT base_admet('AUTRE_JOUR')
            AND NEW.debut <= (clock_timestamp() AT TIME ZONE 'Europe/Paris')::date
    ) THEN
        RAISE EXCEPTION 'proposition_parametre % : une valeur commence un jour à venir', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garder BEFORE INSERT OR UPDATE ON proposition_parametre
    FOR EACH ROW EXECUTE FUNCTION reglages_garder_proposition();

-- The only way from a screen to a value in force: who serves may not write in ``parametre``. A value that has not begun
-- yet is replaced by another of the same first day.
CREATE FUNCTION reglages_mettre_en_vigueur() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO parametre (code, valeur, unite, libelle, source, debut)
    SELECT NEW.code, NEW.valeur, p.unite, p.libelle, NEW.source, NEW.debut FROM parametre p
    WHERE p.code = NEW.code ORDER BY p.debut DESC NULLS LAST LIMIT 1
    ON CONFLICT (code, debut) DO UPDATE SET valeur = EXCLUDED.valeur, source = EXCLUDED.source;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'proposition_parametre % : aucun paramètre ne porte ce nom', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER mettre_en_vigueur AFTER UPDATE ON proposition_parametre
    FOR EACH ROW WHEN (NEW.issue = 'ACCEPTEE') EXECUTE FUNCTION reglages_mettre_en_vigueur();
