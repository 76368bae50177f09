"""One message to one contact of a demande: the one that somebody typed, or each of those that did not sign in."""

import logging
import uuid
from collections.abc import Mapping
from datetime import datetime

from sne.demandeurs.actions import compter
from sne.demandeurs.selectors import get_limites_des_codes
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Canal, Genre, Limites
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.rattachement.rules.contacts import canal_de, is_mobile_francais
from sne.socle import horloge
from sne.socle.acte import Acte

lignes = logging.getLogger("sne.rattachement")


def ecrire_au_contact(
    demande: Demande,
    adresse: str,
    genre: Genre,
    mots: Mapping[str, str],
    *,
    origine: uuid.UUID,
    acte: Acte,
    dite: bool = False,
) -> None:
    """Prepare it, once for this entry of the journal. ``dite``: the file's history names it."""
    projet = Projet(
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision if dite else None,
        nud=demande.nud,
        genre=genre,
        canal=canal_de(adresse),
        destinataire=adresse,
        contexte=mots,
        origine=origine,
        limites=Limites.depuis(get_parametres(horloge.jour(acte.survenu_le))),
    )
    preparer_message(projet, acte=acte)


def sms_permis(adresse: str, le: datetime) -> bool:
    """Whether one more SMS may leave in this hour, to a French mobile; past the ceiling, whoever runs the service reads
    it in the technical log.
    """
    if canal_de(adresse) is not Canal.SMS:
        return True
    limite = get_limites_des_codes(le).sms
    if not is_mobile_francais(adresse):
        return False
    if compter(limite, "service", instant=le) <= limite.nombre:
        return True
    lignes.error("codes: more than %s SMS within the hour, none is sent until the next one", limite.nombre)
    return False
