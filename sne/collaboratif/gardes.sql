-- What is expected of a phase is fixed before it begins, by the clock of the server too where days are its own.
CREATE FUNCTION mesure_avant_la_phase() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    debut timestamptz;
BEGIN
    SELECT du INTO debut FROM phase_cohorte WHERE id = NEW.phase_id;
    IF NOT base_admet('AUTRE_JOUR') AND clock_timestamp() >= debut OR NEW.fixee_le >= debut THEN
        RAISE EXCEPTION 'la phase a commencé : ce qui en était attendu ne change plus'
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER avant_la_phase BEFORE INSERT OR UPDATE OF attendu, fixee_le ON mesure_cohorte
FOR EACH ROW EXECUTE FUNCTION mesure_avant_la_phase();
