"""What of a solved ticket can be found, by who reads it: its title, its answer, its thread without the notes."""

from sne.assistance.models import Ticket
from sne.assistance.rules.etats import FINIS
from sne.assistance.rules.niveaux import est_confidentiel
from sne.recherche.actions import Publication, publier, retirer
from sne.socle.horloge import jour

GENRE = "TICKET"
REPONSE_MAX = 240


def indexer(ticket: Ticket) -> None:
    """In the transaction of the act that solves it, opens it again, or changes who reads it. Never with the officer."""
    if ticket.statut not in FINIS or ticket.resolu_le is None or est_confidentiel(ticket.niveau):
        retirer(GENRE, [ticket.id])
        return
    fil = list(ticket.messages.filter(interne=False).order_by("survenu_le", "id"))
    reponses = [m.brut for m in fil if m.cote in {"NIVEAU", "SERVICE"}]
    publier(
        Publication(
            genre=GENRE,
            cible=ticket.id,
            url=f"/assistance/{ticket.numero}/",
            acces=ticket.acces,
            titre=ticket.titre,
            reponse=" ".join(reponses[-1].split())[:REPONSE_MAX] if reponses else "",
            corps="\n".join(m.brut for m in fil),
            visible_du=ticket.resolu_le,
            verifie_le=jour(ticket.resolu_le),
        )
    )
