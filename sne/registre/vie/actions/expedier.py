"""Messages of a notice of renewal and of a striking-off: prepared from their entry, once even if a job runs twice."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction

from sne.notifications.actions import Projet, preparer_message
from sne.notifications.parametres import ParametresMessages
from sne.notifications.rules import AdressePostale, Canal, Limites
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.enquete.selectors.gels import limite_de_retour
from sne.registre.joindre.rules.canaux import canaux_de_l_avis
from sne.registre.joindre.selectors.coordonnees import (
    Coordonnees,
    destinataire_de,
    get_coordonnees,
    joignable_de,
)
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.vie.actions.prevenir import noter_echec
from sne.registre.vie.messages import MessageVie
from sne.registre.vie.models.preavis import Preavis
from sne.registre.vie.rules.avis_radiation import Avis, Circonstances, rediger_avis
from sne.registre.vie.rules.radiation import date_de_purge
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.signes import INSECABLE
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def expedier_preavis(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Prepare the messages of the notice told by this entry; how many are new. Idempotent.

    Present addresses are used; an e-mail that comes back becomes a letter. When every address was removed in between,
    the notice reached nobody. Raises ``Introuvable``.
    """
    preavis = Preavis.objects.select_related("demande").filter(entree=entree_id).first()
    if preavis is None or has_messages(entree_id, territoire=preavis.territoire):
        return 0
    coordonnees = get_coordonnees(preavis.demande_id, acteur=acte.acteur)
    prepares = 0
    for canal in map(Canal, preavis.canaux):
        destinataire = destinataire_de(coordonnees, canal)
        if destinataire is not None:
            preparer_message(_projet(preavis, canal, destinataire, coordonnees), acte=acte)
            prepares += 1
    if not prepares:
        noter_echec(entree_id, (), acte=acte)
    return prepares


@transaction.atomic
def expedier_avis_de_radiation(
    entree_id: uuid.UUID, *, demande_id: uuid.UUID, revision: int, acte: Acte
) -> int:
    """Tell the household that its demande was struck off at this revision; how many messages are new. Idempotent.

    Nothing is sent when the demande has come back since: its household is told that it was renewed. Raises
    ``Introuvable``.
    """
    lignes = Radiation.objects.select_related("demande__version_courante").filter(reactivation=None)
    radiation = lignes.filter(demande=demande_id, revision=revision).first()
    if radiation is None or has_messages(entree_id, territoire=radiation.territoire):
        return 0
    avis = rediger_avis(_circonstances(radiation, acte.survenu_le))
    coordonnees = get_coordonnees(demande_id, acteur=acte.acteur)
    secrete = is_protegee(radiation.demande)
    canaux = canaux_de_l_avis(joignable_de(coordonnees, secrete=secrete))
    adresses = {c: adresse for c in canaux if (adresse := destinataire_de(coordonnees, c)) is not None}
    secours = coordonnees.adresse if Canal.LETTRE not in adresses else None
    for canal, adresse in adresses.items():
        projet = _projet_de_l_avis(radiation, avis, canal, adresse, origine=entree_id, secours=secours)
        preparer_message(projet, acte=acte)
    return len(adresses)


def _circonstances(radiation: Radiation, survenu_le: datetime) -> Circonstances:
    limite = limite_de_retour(radiation, le=horloge.jour(survenu_le))
    return Circonstances(
        motif=MotifRadiation(radiation.motif),
        sous_motif=SousMotif(radiation.sous_motif) if radiation.sous_motif else None,
        courrier_le=date_longue(radiation.date_courrier),
        expiration=date_longue(radiation.demande.date_expiration),
        # Not so for one whose end was held back very long.
        retour_jusqu_au=date_longue(limite) if limite >= radiation.date_radiation else "",
    )


def _projet_de_l_avis(
    radiation: Radiation,
    avis: Avis,
    canal: Canal,
    destinataire: str | AdressePostale,
    *,
    origine: uuid.UUID,
    secours: AdressePostale | None,
) -> Projet:
    parametres = get_parametres(radiation.date_radiation)
    return Projet(
        territoire=radiation.territoire,
        demande_id=radiation.demande_id,
        revision=radiation.revision,
        nud=radiation.demande.nud,
        genre=MessageVie.AVIS_RADIATION,
        canal=canal,
        destinataire=destinataire,
        contexte={
            "numero": numero(radiation.demande.nud),
            "date_radiation": date_longue(radiation.date_radiation),
            "pourquoi": avis.pourquoi,
            "retour": avis.retour,
            "contester": avis.contester,
            "date_effacement": date_longue(
                date_de_purge(radiation.date_radiation, delais=parametres[ParametresDemande])
            ),
            "recours": f"{parametres[ParametresDemande].recours_mois}{INSECABLE}mois",
        },
        origine=origine,
        limites=Limites(
            parametres[ParametresMessages].courriel_echecs_temporaires,
            parametres[ParametresMessages].courriel_echecs_heures,
        ),
        secours=secours,
    )


def _projet(
    preavis: Preavis, canal: Canal, destinataire: str | AdressePostale, coordonnees: Coordonnees
) -> Projet:
    parametres = get_parametres(preavis.jour)
    par_lettre = Canal.LETTRE in preavis.canaux
    return Projet(
        territoire=preavis.territoire,
        demande_id=preavis.demande_id,
        revision=preavis.revision,
        nud=preavis.demande.nud,
        genre=MessageVie.PREAVIS_RENOUVELLEMENT,
        canal=canal,
        destinataire=destinataire,
        contexte=_contexte(preavis),
        origine=preavis.entree,
        limites=Limites(
            parametres[ParametresMessages].courriel_echecs_temporaires,
            parametres[ParametresMessages].courriel_echecs_heures,
        ),
        secours=coordonnees.adresse if canal is Canal.COURRIEL and not par_lettre else None,
    )


def _contexte(preavis: Preavis) -> dict[str, str]:
    passee = preavis.date_expiration < preavis.jour
    revient = preavis.reactivable_jusqu_au > preavis.date_radiation  # not so for one held back very long
    return {
        "numero": numero(preavis.demande.nud),
        "validite": "a pris fin" if passee else "prend fin",
        "date_expiration": date_longue(preavis.date_expiration),
        "date_radiation": date_longue(preavis.date_radiation),
        "retour_jusqu_au": date_longue(preavis.reactivable_jusqu_au) if revient else "",
        "portail": settings.URL_PORTAIL,
    }
