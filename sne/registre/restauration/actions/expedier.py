"""What two households are told when a demande is put back: each of its own demande only, once, even if the job runs
twice.
"""

import uuid
from collections.abc import Mapping

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.rules import Genre
from sne.notifications.selectors import has_messages
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.rules.canaux import TERRITOIRE
from sne.registre.restauration.messages import MessageRestauration
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def expedier_retour(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Tell each household what this entry did of its demande; how many messages are new. Idempotent.

    Nothing for a demande erased since.
    """
    decision = _decision(entree_id)
    if decision is None:
        return 0
    rendue = {"anciennete_rendue": "oui" if decision.requete.anciennete else ""}
    nombre = _prevenir(
        decision.demande,
        MessageRestauration.DEMANDE_RETABLIE,
        entree_id,
        contexte=rendue,
        acte=acte,
    )
    if decision.nouvelle is not None:
        nombre += _prevenir(
            decision.nouvelle,
            MessageRestauration.DEMANDE_A_PART,
            entree_id,
            contexte={},
            acte=acte,
        )
    return nombre


def _decision(entree_id: uuid.UUID) -> DecisionRestauration | None:
    ids = [str(entree.faits["restauration"]) for entree in list_entrees_de([entree_id])]
    lignes = DecisionRestauration.objects.select_related(
        "requete", "demande__version_courante", "nouvelle__version_courante"
    )
    return lignes.filter(id__in=ids).first()


def _prevenir(
    demande: Demande,
    genre: Genre,
    origine: uuid.UUID,
    *,
    contexte: Mapping[str, str],
    acte: Acte,
) -> int:
    if demande.statut == Statut.PURGEE or has_messages(origine, territoire=demande.territoire, genre=genre):
        return 0
    mots = {
        "numero": numero(demande.nud),
        "depuis": date_longue(demande.date_anciennete),
        "date_expiration": date_longue(demande.date_expiration),
        "territoire": TERRITOIRE,
        **contexte,
    }
    annonce = Annonce.de(demande, genre, origine=origine, mots=lambda _: mots)
    return len(ecrire_au_menage(annonce, acte=acte))
