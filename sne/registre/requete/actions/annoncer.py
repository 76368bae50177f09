"""What becomes of a request, told to the household that asked for it."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.selectors import has_messages
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.requete.messages import MessageRequete
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.selectors.requetes import RequeteLue, lire
from sne.registre.requete.verbes import VerbeRequete
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero

ETATS: Mapping[str, str] = MappingProxyType(
    {
        VerbeRequete.DEPOSER_REQUETE: "est envoyée",
        VerbeRequete.COMPLETER_REQUETE: "attend un document",
        VerbeRequete.FAIRE_REQUETE: "est faite",
        VerbeRequete.REFUSER_REQUETE: "n’est pas acceptée",
        VerbeRequete.RAPPELER_REQUETE: "attend toujours un document",
        VerbeRequete.CLORE_REQUETE: "est close sans suite",
    }
)
"""Kinds of act that are told, in the words of the message."""
SANS_DOCUMENT = "Le document demandé n’est pas venu. Si ce changement reste à faire, demandez-le de nouveau."


@transaction.atomic
def annoncer_requete(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Prepare the message of what this entry tells; how many are new. Idempotent; nothing for a demande erased since,
    nor for one that is spoken of to nobody: the page says it to who signs in.
    """
    (entree,) = list_entrees_de([entree_id])
    requete = RequeteDemandeur.objects.select_related("demande").filter(id=entree.faits["requete"]).first()
    if requete is None or requete.demande.statut == Statut.PURGEE or is_protegee(requete.demande):
        return 0
    demande, genre = requete.demande, MessageRequete.REQUETE_SUIVI
    if has_messages(entree_id, territoire=demande.territoire, genre=genre):
        return 0
    lue = lire(requete, sienne=False)
    mots = {
        "numero": numero(demande.nud),
        "reference": lue.reference,
        "etat": ETATS[entree.verbe],
        "suite": _suite(entree.verbe, lue),
    }
    return len(
        ecrire_au_menage(Annonce.de(demande, genre, origine=entree_id, mots=lambda _: mots), acte=acte)
    )


def _suite(verbe: str, lue: RequeteLue) -> str:
    """What the person does next; nothing of what is to be changed, nor of what it becomes."""
    if verbe == VerbeRequete.DEPOSER_REQUETE:
        jour = date_longue(lue.prendre_avant)
        lecture = f"Un guichet la lit avant le {jour}. Jusque-là, rien ne change dans votre demande."
        if lue.papiers:
            return f"{lecture} Envoyez en photo depuis « Ma demande » ou apportez au guichet {lue.document}."
        return f"{lecture} Apportez au guichet {lue.document}."
    if verbe == VerbeRequete.FAIRE_REQUETE:
        return (
            "Le guichet a changé votre demande de logement. Relisez-la\u00a0: si ce n’est pas ce que vous vouliez, "
            "dites-le-lui."
        )
    if verbe == VerbeRequete.CLORE_REQUETE:
        return SANS_DOCUMENT
    if lue.attend_un_document and lue.document_avant:
        return f"{lue.precision}\nSans ce document avant la fin du {date_longue(lue.document_avant)}, elle est close."
    return f"{lue.refus} {lue.precision}".strip()
