"""Who the journal names as the author of an act, against the accounts there are."""

from sne.socle.replique import connection


def list_auteurs_inconnus() -> tuple[str, ...]:
    """Sentences on authors said to act at a counter or by an interface, but whose identifier is that of no account.

    Anybody who holds the database role of the service may inscribe an entry under any author. Reads the whole journal.
    """
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT e.acteur ->> 'id', count(*) FROM journal_entree e "
            "WHERE e.acteur ->> 'canal' IN ('GUICHET', 'INTERFACE') AND e.verbe <> 'CONNEXION_REFUSEE' "
            "AND NOT EXISTS (SELECT FROM compte c WHERE c.id::text = e.acteur ->> 'id') GROUP BY 1 ORDER BY 1"
        )
        return tuple(
            f"{nombre} entrée(s) au nom de {auteur or 'personne'}, qui n’est aucun compte."
            for auteur, nombre in curseur.fetchall()
        )
