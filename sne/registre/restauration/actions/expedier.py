"""What two households are told when a demande is put back: each of its own demande only, once, even if the job runs
twice.
"""

import uuid
from collections.abc import Mapping

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.parametres import ParametresMessages
from sne.notifications.rules import Canal, Genre, Limites
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.registre.joindre.rules.canaux import TERRITOIRE, canaux_de_l_avis
from sne.registre.joindre.selectors.coordonnees import destinataire_de, get_coordonnees, joignable_de
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.restauration.messages import MessageRestauration
from sne.socle import horloge
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
    secrete = is_protegee(demande)
    coordonnees = get_coordonnees(demande.id, acteur=acte.acteur)
    canaux = canaux_de_l_avis(joignable_de(coordonnees, secrete=secrete))
    adresses = {c: ou for c in canaux if (ou := destinataire_de(coordonnees, c)) is not None}
    parametres = get_parametres(horloge.jour(acte.survenu_le))
    for canal, destinataire in adresses.items():
        projet = Projet(
            territoire=demande.territoire,
            demande_id=demande.id,
            revision=demande.revision,
            nud=demande.nud,
            genre=genre,
            canal=canal,
            destinataire=destinataire,
            contexte={
                "numero": numero(demande.nud),
                "depuis": date_longue(demande.date_anciennete),
                "date_expiration": date_longue(demande.date_expiration),
                "territoire": TERRITOIRE,
                **contexte,
            },
            origine=origine,
            limites=Limites(
                parametres[ParametresMessages].courriel_echecs_temporaires,
                parametres[ParametresMessages].courriel_echecs_heures,
            ),
            secours=coordonnees.adresse if Canal.LETTRE not in adresses else None,
        )
        preparer_message(projet, acte=acte)
    return len(adresses)
