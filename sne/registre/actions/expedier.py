"""The messages of a notice: prepared from its entry, as many as it has channels, once whatever happens."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import AdressePostale, Canal, Genre, Limites
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_parametres
from sne.registre.actions.prevenir import noter_echec
from sne.registre.models import Preavis
from sne.registre.selectors.preavis import Coordonnees, get_coordonnees
from sne.socle.acteur import Acteur
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def expedier_preavis(entree_id: uuid.UUID, *, acteur: Acteur, survenu_le: datetime) -> int:
    """Prepare the messages of the notice told by this entry; how many are new. Idempotent.

    Addresses are those of now; an e-mail that comes back becomes a letter. One whose addresses all went in between
    reached nobody. Raises ``Introuvable``.
    """
    preavis = Preavis.objects.select_related("demande").filter(entree=entree_id).first()
    if preavis is None or has_messages(entree_id, territoire=preavis.territoire):
        return 0
    coordonnees = get_coordonnees(preavis.demande_id, acteur=acteur)
    prepares = 0
    for canal in map(Canal, preavis.canaux):
        destinataire = _destinataire(coordonnees, canal)
        if destinataire is not None:
            preparer_message(
                _projet(preavis, canal, destinataire, coordonnees), acteur=acteur, survenu_le=survenu_le
            )
            prepares += 1
    if not prepares:
        noter_echec(entree_id, (), acteur=acteur, survenu_le=survenu_le)
    return prepares


def _destinataire(coordonnees: Coordonnees, canal: Canal) -> str | AdressePostale | None:
    if canal is Canal.LETTRE:
        return coordonnees.adresse
    return coordonnees.courriel if canal is Canal.COURRIEL else coordonnees.mobile


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
        genre=Genre.PREAVIS_RENOUVELLEMENT,
        canal=canal,
        destinataire=destinataire,
        contexte=_contexte(preavis),
        origine=preavis.entree,
        limites=Limites(parametres.courriel_echecs_temporaires, parametres.courriel_echecs_heures),
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
    }
