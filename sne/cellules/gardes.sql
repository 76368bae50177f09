-- What the database guarantees of cells, beyond what their model declares.

-- The barrier, put on the tables of a territory while it moves, and taken off again: nobody but the owner, who moves it,
-- writes its rows. Arguments: how a row (``ligne``) is of that territory; another SQLSTATE, where the directory is copied.
-- The apply of a replication goes through.
CREATE FUNCTION cellule_refuser() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    ordre text := format('SELECT EXISTS (SELECT FROM (SELECT ($1).*) AS ligne WHERE %s)', tg_argv[0]);
    sienne boolean;
BEGIN
    IF session_user <> current_user THEN
        IF tg_op = 'DELETE' THEN
            EXECUTE ordre INTO sienne USING OLD;
        ELSE
            EXECUTE ordre INTO sienne USING NEW;
        END IF;
        IF sienne THEN
            RAISE EXCEPTION 'table % : rien ne s’y écrit ici, ou pas maintenant', tg_table_name
                USING errcode = coalesce(tg_argv[1], 'SN503');
        END IF;
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN OLD ELSE NEW END;
END $$;
