-- What the database guarantees of the subject « requete », beyond what its models declare.

CREATE SEQUENCE requete_demandeur_numero;
-- What has ended does not move again.
CREATE TRIGGER clos BEFORE UPDATE ON requete_demandeur
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('clos_le');

-- A change asked online, until it is answered or taken back; its day is that before which somebody takes it, then that up to which
-- an agent holds it.
CREATE FUNCTION attente_due_requete(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.id, 'REQUETE', 'REPONSES', d.guichet_gestionnaire::text, NULL::uuid, r.survenu_le,
        coalesce(r.tenue_jusqu_au, r.prendre_avant)
    FROM requete_demandeur r WHERE r.territoire = d.territoire AND r.demande_id = d.id AND r.clos_le IS NULL
$$;
