-- What the database guarantees of the subject « joindre », beyond what its models declare.

-- At commit: a protection is lifted by an act that says so, once the reason is out, by another person than took it out.
CREATE FUNCTION registre_garder_protection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    raison constant jsonb := '{"motifs": {"codes": ["06"]}}';
    dite integer := (SELECT max(numero) FROM version
        WHERE demande_id = NEW.demande_id AND numero < NEW.numero AND contenu @> raison);
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.numero AND verbe = 'LEVER_PROTECTION'
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id();
    IF NOT FOUND OR NEW.contenu @> raison OR EXISTS (
        SELECT FROM version v WHERE v.demande_id = NEW.demande_id AND v.numero = dite + 1
            AND compte_personne(v.auteur) = compte_personne(NEW.auteur))
    THEN
        RAISE EXCEPTION 'version % de la demande % : sa protection ne se lève pas ainsi', NEW.numero, NEW.demande_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER protection AFTER INSERT ON version DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.protection_levee) EXECUTE FUNCTION registre_garder_protection();

-- An address marked as refusing messages: the mark has no instant of its own, hence no ``depuis``.
CREATE FUNCTION attente_due_courriel_invalide(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.id, 'COURRIEL_INVALIDE', 'COURRIERS', d.guichet_gestionnaire::text, NULL::uuid,
        NULL::timestamptz, NULL::date
    FROM personne p WHERE p.demande_id = d.id AND p.courriel_etat = 'INVALIDE' AND p.retire_le IS NULL
$$;

-- A message refused, unless another was made in its place, or until one that is not older leaves.
CREATE FUNCTION messages_refuses(d demande) RETURNS SETOF message LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m.* FROM message m WHERE m.territoire = d.territoire AND m.demande = d.id AND m.etat = 'REJETE'
        AND NOT EXISTS (SELECT FROM message r WHERE r.remplace_id = m.id)
        AND NOT EXISTS (SELECT FROM message s JOIN message_tentative t ON t.message_id = s.id
            WHERE s.territoire = d.territoire AND s.demande = d.id AND s.survenu_le >= m.survenu_le
                AND t.issue IN ('ACCEPTE', 'TRAITE', 'DELIVRE')
                AND t.inscrit_le > (SELECT max(x.inscrit_le) FROM message_tentative x WHERE x.message_id = m.id))
$$;
CREATE FUNCTION attente_due_message_refuse(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m.id, 'MESSAGE_REFUSE', 'COURRIERS', d.guichet_gestionnaire::text, NULL::uuid, m.survenu_le, NULL::date
    FROM messages_refuses(d) m WHERE m.canal <> 'LETTRE'
$$;
CREATE FUNCTION attente_due_lettre_refusee(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m.id, 'LETTRE_REFUSEE', 'COURRIERS', d.guichet_gestionnaire::text, NULL::uuid, m.survenu_le, NULL::date
    FROM messages_refuses(d) m WHERE m.canal = 'LETTRE'
$$;
