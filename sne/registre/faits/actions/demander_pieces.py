"""The message that asks a household for documents: which, why, what is accepted. Sent once, even if run twice."""

import uuid
from datetime import date

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_pieces
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.demande.selectors.etat import assembler
from sne.registre.faits.messages import MessageFait
from sne.registre.faits.models import Evenement
from sne.registre.faits.rules.pieces_demandees import PieceDemandee, dire_au_menage, prenom_de, quand
from sne.registre.faits.selectors.pieces_demandees import list_sans_reponse
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.rules.canaux import TERRITOIRE
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def expedier_demande_de_pieces(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Ask the household what this entry says; how many messages are new. Idempotent.

    Only documents that have not come yet are named; nothing is sent once the request was taken back, or the demande
    closed.
    """
    evenement = _evenement(entree_id)
    if evenement is None or has_messages(entree_id, territoire=evenement.territoire):
        return 0
    demande = evenement.demande
    contenu = assembler(demande.version_courante)
    demandees = list_sans_reponse(evenement, contenu)
    if Statut(demande.statut) not in OUVERTES or not demandees:
        return 0
    annonce = Annonce.de(
        demande,
        MessageFait.DEMANDE_PIECES,
        revision=evenement.revision,
        origine=entree_id,
        mots=lambda secrete: {
            "numero": numero(demande.nud),
            "pieces": "\n".join(_lignes(evenement, contenu, demandees, secrete=secrete)),
            "quand": _quand(evenement),
            "territoire": TERRITOIRE,
        },
    )
    return len(ecrire_au_menage(annonce, acte=acte))


def _evenement(entree_id: uuid.UUID) -> Evenement | None:
    ids = [str(entree.faits.get("fait", uuid.UUID(int=0))) for entree in list_entrees_de([entree_id])]
    return Evenement.objects.select_related("demande__version_courante").filter(id__in=ids).first()


def _lignes(
    evenement: Evenement, contenu: Contenu, demandees: list[tuple[PieceDemandee, str]], *, secrete: bool
) -> list[str]:
    jour = horloge.jour(evenement.survenu_le)
    types = {t.code: t for t in get_pieces(jour).types}
    return [
        dire_au_menage(
            demandee,
            types.get(demandee.code),
            qui=prenom_de(contenu, reference),
            jour=jour,
            secrete=secrete,
        )
        for demandee, reference in demandees
    ]


def _quand(evenement: Evenement) -> str:
    avant = evenement.caracteristiques.get("reponse_avant")
    return quand(date_longue(date.fromisoformat(avant)) if avant else "")
