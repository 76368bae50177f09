"""What whoever sent a demande online is told of it, by each way that they gave."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sne.demandeurs.selectors import get_langue
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Canal, Limites
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.depot_en_ligne import dire_raison
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.depot_en_ligne.messages import MessageDepot
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.rules.reference import reference_de
from sne.registre.depot_en_ligne.selectors.envois import echeance_de
from sne.registre.joindre.rules.canaux import canaux_du_numero
from sne.registre.joindre.rules.secret import est_secrete
from sne.registre.joindre.selectors.coordonnees import (
    destinataire_de,
    get_coordonnees_declarees,
    joignable_de,
)
from sne.registre.modification.selectors.brouillons import BrouillonOuvert
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.langues import FRANCAIS
from sne.socle.templatetags.socle_tags import date_longue


def ecrire_au_deposant(
    depot: DepotEnLigne, contenu: Contenu, genre: MessageDepot, *, origine: uuid.UUID, survenu_le: datetime
) -> int:
    """Prepare the messages, in the caller's transaction; by how many ways. Idempotent for one entry of the journal.

    It is no demande yet: the message bears the reference of the sending, under the identifier that the demande will
    have.
    """
    coordonnees = get_coordonnees_declarees(contenu)
    moyens = joignable_de(coordonnees, secrete=est_secrete(contenu, dite=False))
    adresses = {
        c: ou for c in canaux_du_numero(moyens) if (ou := destinataire_de(coordonnees, c)) is not None
    }
    acte = Acte(service_du_registre(depot.territoire), survenu_le)
    mots = _mots(depot, survenu_le)
    for canal, destinataire in adresses.items():
        projet = Projet(
            territoire=depot.territoire,
            demande_id=depot.id,
            revision=None,
            nud=mots["reference"],
            genre=genre,
            canal=canal,
            destinataire=destinataire,
            contexte={nom: mots[nom] for nom in genre.modele.variables},
            origine=origine,
            limites=Limites.depuis(get_parametres(horloge.jour(survenu_le))),
            langue=get_langue([depot.compte]) or FRANCAIS,
            secours=coordonnees.adresse if canal is Canal.COURRIEL and Canal.LETTRE not in adresses else None,
        )
        preparer_message(projet, acte=acte)
    return len(adresses)


def ecrire_du_brouillon(
    brouillon: BrouillonOuvert, compte: uuid.UUID, courriel: str, *, fin: date, origine: uuid.UUID, acte: Acte
) -> None:
    """Prepare the e-mail that says that what was typed is not sent, and goes on the day ``fin``."""
    projet = Projet(
        territoire=brouillon.territoire,
        demande_id=brouillon.id,
        revision=None,
        nud="",
        genre=MessageDepot.BROUILLON_RAPPEL,
        canal=Canal.COURRIEL,
        destinataire=courriel,
        contexte={"fin": date_longue(fin)},
        origine=origine,
        limites=Limites.depuis(get_parametres(horloge.jour(acte.survenu_le))),
        langue=get_langue([compte]) or FRANCAIS,
    )
    preparer_message(projet, acte=acte)


def _mots(depot: DepotEnLigne, survenu_le: datetime) -> Mapping[str, str]:
    """What a text may say of it; each takes its own."""
    jour = horloge.jour(survenu_le)
    conservation = get_parametres(jour)[ParametresDepotEnLigne].depot_conservation_jours
    return {
        "reference": reference_de(depot.id, depot.territoire),
        "date": date_longue(horloge.jour(depot.envoye_le)),
        "avant": date_longue(echeance_de(depot)),
        "raison": dire_raison(depot.motif),
        "fin": date_longue(horloge.jour(depot.decide_le or survenu_le) + timedelta(days=conservation)),
    }
