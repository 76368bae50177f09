-- What the database guarantees of tickets, beyond what the models declare.

-- Nobody deletes a ticket but by this: closed for as long as the dated parameter says, with all that hangs on it.
CREATE FUNCTION assistance_oublier(p_avant timestamptz, p_dpo boolean, p_au_plus integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    v_mois integer := parametre_entier(
        CASE WHEN p_dpo THEN 'assistance_conservation_dpo_mois' ELSE 'assistance_conservation_mois' END, current_date);
    v_vieux uuid[];
BEGIN
    IF NOT base_admet('AUTRE_JOUR')
        AND (v_mois IS NULL OR p_avant > clock_timestamp() - make_interval(months => v_mois) + interval '1 day')
    THEN
        RAISE EXCEPTION 'demandes d’assistance d’avant % : elles se gardent encore', p_avant
            USING errcode = 'integrity_constraint_violation';
    END IF;
    v_vieux := ARRAY(SELECT t.id FROM ticket t WHERE t.statut = 'CLOS' AND t.derniere_activite_le < p_avant
        AND (t.niveau = 'DPO') = p_dpo
        AND NOT EXISTS (SELECT FROM ticket_piece p JOIN ticket_message m ON m.id = p.message_id
            WHERE m.ticket_id = t.id AND p.efface_le IS NULL)
        ORDER BY t.derniere_activite_le, t.id LIMIT p_au_plus FOR UPDATE SKIP LOCKED);
    DELETE FROM entree_index WHERE genre = 'TICKET' AND cible = ANY (v_vieux);
    DELETE FROM ticket_masque WHERE ticket = ANY (v_vieux);
    UPDATE courriel_recu SET ticket_id = NULL, lu = NULL WHERE ticket_id = ANY (v_vieux);
    DELETE FROM lien_ticket WHERE ticket_id = ANY (v_vieux) OR autre_id = ANY (v_vieux);
    DELETE FROM passage_ticket WHERE ticket_id = ANY (v_vieux);
    DELETE FROM ticket_partage WHERE ticket_id = ANY (v_vieux);
    DELETE FROM pause_ticket WHERE horloge_id IN (SELECT id FROM horloge_ticket WHERE ticket_id = ANY (v_vieux));
    DELETE FROM horloge_ticket WHERE ticket_id = ANY (v_vieux);
    DELETE FROM ticket_piece WHERE message_id IN (SELECT id FROM ticket_message WHERE ticket_id = ANY (v_vieux));
    DELETE FROM ticket_message WHERE ticket_id = ANY (v_vieux);
    DELETE FROM ticket WHERE id = ANY (v_vieux);
    RETURN cardinality(v_vieux);
END $$;
REVOKE EXECUTE ON FUNCTION assistance_oublier FROM PUBLIC;

-- What a household reads of what it asked about a file: without notes, nor who wrote. Its own door opens no table.
CREATE FUNCTION assistance_du_menage(p_compte uuid, p_nud text)
RETURNS TABLE (numero text, titre text, statut text, niveau text, derniere timestamptz, juge boolean, cote text,
    html text, survenu_le timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT t.numero, t.titre, t.statut, t.niveau, t.derniere_activite_le, t.satisfaction <> '', m.cote, m.html,
        m.survenu_le
    FROM ticket t JOIN ticket_message m ON m.ticket_id = t.id AND NOT m.interne
    WHERE t.menage AND t.demandeur = p_compte AND p_nud = ANY (t.nuds)
    ORDER BY t.survenu_le DESC, t.id, m.survenu_le, m.id
$$;
REVOKE EXECUTE ON FUNCTION assistance_du_menage FROM PUBLIC;
