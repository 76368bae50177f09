"""One message to one contact of a demande, the one that somebody typed for instance; or one to each of them."""

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
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.selectors.langues import get_langue_des_personnes
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.rattachement.rules.contacts import canal_de, is_mobile_francais
from sne.registre.rattachement.selectors.contacts import list_contacts
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.langues import FRANCAIS

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
    langue: str = FRANCAIS,
) -> None:
    """Prepare it, once for this entry of the journal. ``dite``: the file's history names it.

    ``langue``: of the page that asks for it, as long as whoever is reached there asked for none.
    """
    siennes = {contact.personne for contact in list_contacts(demande) if contact.adresse == adresse}
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
        langue=get_langue_des_personnes(siennes, defaut=langue),
    )
    preparer_message(projet, acte=acte)


def ecrire_sans_demande(
    cle: uuid.UUID,
    courriel: str,
    genre: Genre,
    mots: Mapping[str, str],
    *,
    origine: uuid.UUID,
    acte: Acte,
    langue: str,
) -> None:
    """Prepare an e-mail of no demande and of no territory yet, under the identifier of what it is about."""
    projet = Projet(
        territoire="",
        demande_id=cle,
        revision=None,
        nud="",
        genre=genre,
        canal=Canal.COURRIEL,
        destinataire=courriel,
        contexte=mots,
        origine=origine,
        limites=Limites.depuis(get_parametres(horloge.jour(acte.survenu_le))),
        langue=langue,
    )
    preparer_message(projet, acte=acte)


def ecrire_a_tous(
    demande: Demande, genre: Genre, mots: Mapping[str, str], *, origine: uuid.UUID, acte: Acte
) -> None:
    """Prepare it for the household as it chose to be written to, then for every other contact on file, once each.

    Nobody else is told of a demande that is spoken of to nobody. Raises ``Introuvable``.
    """
    ecrire_au_menage(Annonce.de(demande, genre, origine=origine, mots=lambda _: mots), acte=acte)
    if is_protegee(demande):
        return
    for adresse in sorted({contact.adresse for contact in list_contacts(demande)}):
        if canal_de(adresse) in genre.modele.canaux:
            ecrire_au_contact(demande, adresse, genre, mots, origine=origine, acte=acte, dite=True)


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
