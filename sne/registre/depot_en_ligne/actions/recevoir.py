"""What follows a sending, once it is committed: its receipt, who is told besides, a number at once where it may be.

The service does it, for the door that faces everybody may write to nobody, nor look for anybody.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from sne.demandeurs.rules.niveaux import Niveau
from sne.demandeurs.selectors import is_mineur
from sne.documents.rules import EtatDocument
from sne.documents.selectors import get_etat
from sne.habilitations.actions.annonces import ecrire_aux_veilleurs
from sne.habilitations.selectors.veilleurs import list_gestionnaires
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.sejour import HORS_UNION
from sne.registre.controle.parametres import Seuils
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.rules.depot_en_ligne import StatutDepot
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.selectors.depot_en_ligne import ouvrir_envoi
from sne.registre.depot_en_ligne import policies
from sne.registre.depot_en_ligne.actions.ecrire import ecrire_au_deposant
from sne.registre.depot_en_ligne.actions.verifier import (
    Verification,
    pieces_de,
    valider_depot_en_ligne,
)
from sne.registre.depot_en_ligne.messages import MessageDepot, MessageDepotAgent
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.rules.reference import reference_de
from sne.registre.doublons.actions.signaler import lock_foyer, signaler_ancienne_identite
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.anciens_ailleurs import reconnaitre_ailleurs, seuils_ailleurs
from sne.registre.doublons.selectors.en_ligne import list_en_attente
from sne.registre.doublons.selectors.proches import adulte_cherche, rapprocher
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.rattachement.selectors.candidats import lire_declaree, list_certains
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero


@dataclass(frozen=True, slots=True)
class Trouve:
    """What looking for the household gave. ``connues``: its own open demandes, without doubt; ``rien``: nobody close at
    all, neither now nor by a past identity, in the register or among what waits.
    """

    connues: tuple[uuid.UUID, ...]
    rien: bool


@transaction.atomic
def suivre_envoi(depot_id: uuid.UUID, *, origine: uuid.UUID, survenu_le: datetime) -> bool:
    """Do what a sending asks for; whether it has its number already. Idempotent; nothing once it is answered.

    ``origine``: the entry that tells the sending.
    """
    depot = _tenir(depot_id)
    if depot is None:
        return False
    contenu = ouvrir_envoi(depot).contenu
    trouve = _chercher(depot, contenu, jour=horloge.jour(survenu_le))
    acte = Acte(service_du_registre(depot.territoire), survenu_le)
    for demande_id in trouve.connues:
        _prevenir(demande_id, depot, origine=origine, acte=acte)
    for _, adulte in adultes(contenu):
        signaler_ancienne_identite(
            adulte_cherche(adulte), territoire=depot.territoire, demande_id=None, acte=acte
        )
    if is_numero_immediat(depot, contenu, trouve, jour=horloge.jour(survenu_le)):
        portail = Acte(policies.portail_pour(depot.compte, territoire=depot.territoire), survenu_le)
        valider_depot_en_ligne(depot.id, Verification(), acte=portail)
        return True
    ecrire_au_deposant(depot, contenu, MessageDepot.DEPOT_RECU, origine=origine, survenu_le=survenu_le)
    return False


@transaction.atomic
def tenter_le_numero(depot_id: uuid.UUID, *, survenu_le: datetime) -> bool:
    """Give the number once the picture has come, where nothing else is to be verified; whether it was given.

    Idempotent. Nobody is told anything that the sending did not tell: the attestation brings the number. Not once a
    counter has answered: it is the counter's.
    """
    depot = _tenir(depot_id)
    if depot is None or depot.decide_le is not None:
        return False
    contenu, jour = ouvrir_envoi(depot).contenu, horloge.jour(survenu_le)
    if not _ouvert(depot, jour=jour):
        return False
    if not is_numero_immediat(depot, contenu, _chercher(depot, contenu, jour=jour), jour=jour):
        return False
    portail = Acte(policies.portail_pour(depot.compte, territoire=depot.territoire), survenu_le)
    valider_depot_en_ligne(depot.id, Verification(), acte=portail)
    return True


def tenter_les_numeros(*, survenu_le: datetime) -> int:
    """The same of all that wait for it, their picture having been let through since; how many were given."""
    ouverts = get_parametres(horloge.jour(survenu_le))[ParametresDepotEnLigne].portail_numero_immediat
    attendent = DepotEnLigne.objects.filter(
        territoire__in=ouverts, statut=StatutDepot.A_VALIDER, niveau=Niveau.FC, decide_le=None
    ).exclude(complete_le=None)
    cles = list(attendent.order_by("envoye_le", "id").values_list("id", flat=True))
    return sum(tenter_le_numero(cle, survenu_le=survenu_le) for cle in cles)


def _tenir(depot_id: uuid.UUID) -> DepotEnLigne | None:
    """What waits for its number, once the household is locked as a registration locks it: before any row."""
    attend = DepotEnLigne.objects.filter(id=depot_id, statut=StatutDepot.A_VALIDER)
    if (lu := attend.first()) is None:
        return None
    lock_foyer(lu.territoire, ouvrir_envoi(lu).contenu)
    return attend.select_for_update(of=("self",)).first()


def _ouvert(depot: DepotEnLigne, *, jour: date) -> bool:
    """Whether a number may be given at once there to somebody who signed in that way."""
    ouverts = get_parametres(jour)[ParametresDepotEnLigne].portail_numero_immediat
    return depot.territoire in ouverts and depot.niveau == Niveau.FC


def is_numero_immediat(depot: DepotEnLigne, contenu: Contenu, trouve: Trouve, *, jour: date) -> bool:
    """Whether nothing has to be verified before the number: the State says who this is, the picture is there and
    clean, and nobody like them is known.
    """
    identite = contenu.demandeur.identite if contenu.demandeur else None
    if not _ouvert(depot, jour=jour) or identite is None:
        return False
    majeur = identite.date_naissance is not None and not is_mineur(identite.date_naissance, le=jour)
    etats = [get_etat(p.document, territoire=depot.territoire) for p in pieces_de(depot)]
    propres = bool(etats) and all(etat is EtatDocument.DISPONIBLE for etat in etats)
    return majeur and identite.nationalite not in (None, HORS_UNION) and propres and trouve.rien


def _chercher(depot: DepotEnLigne, contenu: Contenu, *, jour: date) -> Trouve:
    """The searches of a registration, at the threshold of what is only proposed."""
    parametres = get_parametres(jour)
    personnes = [adulte_cherche(adulte) for _, adulte in adultes(contenu)]
    seuil = float(parametres[ParametresDoublons].seuil_doublon_proposition)
    trouvees = rapprocher(personnes, territoire=depot.territoire, seuil=seuil)
    ailleurs = reconnaitre_ailleurs(
        personnes, territoire=depot.territoire, recente=None, jour=jour, seuils=seuils_ailleurs(parametres)
    )
    attendent = list_en_attente(personnes, territoire=depot.territoire, seuil=seuil, sauf=depot.id)
    connues = {p.demande_id for p in trouvees.proches if p.bloque}
    titulaire = next(adulte for _, adulte in adultes(contenu))
    certains = list_certains(lire_declaree(titulaire.identite), parametres[Seuils])
    connues |= {c.demande_id for c in certains if c.territoire == depot.territoire}
    return Trouve(
        tuple(sorted(connues)),
        rien=not (connues or trouvees.proches or trouvees.anciennes or ailleurs or attendent),
    )


def _prevenir(demande_id: uuid.UUID, depot: DepotEnLigne, *, origine: uuid.UUID, acte: Acte) -> None:
    """Tell the household of an open demande, where it is reached, that another was sent in its name; of one that is
    spoken of to nobody, its territorial managers.
    """
    demande = Demande.objects.filter(id=demande_id, statut__in=OUVERTES).first()
    genre = MessageDepot.DEPOT_DEJA_CONNU
    if demande is None or has_messages(origine, territoire=demande.territoire, genre=genre):
        return
    if is_protegee(demande):
        _signaler(demande, depot, origine=origine, acte=acte)
        return
    mots = {"numero": numero(demande.nud), "date": date_longue(horloge.jour(depot.envoye_le))}
    ecrire_au_menage(Annonce.de(demande, genre, origine=origine, mots=lambda _: mots), acte=acte)


def _signaler(demande: Demande, depot: DepotEnLigne, *, origine: uuid.UUID, acte: Acte) -> None:
    """Once for this entry, however often it is handled."""
    ecrire_aux_veilleurs(
        list_gestionnaires(demande.territoire, le=horloge.jour(acte.survenu_le)),
        MessageDepotAgent.DEPOT_SUR_PROTEGEE,
        territoire=demande.territoire,
        phrase="Une demande de logement vient d’être envoyée en ligne au nom d’un foyer déjà enregistré, dont la "
        "demande est protégée. Rien ne lui a été écrit.",
        lignes=[
            f"Demande enregistrée\u00a0: {numero(demande.nud)}",
            f"Envoi en ligne\u00a0: {reference_de(depot.id, depot.territoire)}",
        ],
        suite="Voyez avec le foyer, par les moyens qu’il a choisis, si cet envoi est le sien.",
        page=reverse("demande", args=[demande.nud]),
        origine=str(origine),
        survenu_le=acte.survenu_le,
    )
