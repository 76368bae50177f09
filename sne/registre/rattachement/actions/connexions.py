"""Sign-ins, told in the history of each demande that they opened; those by a code, to the other contacts too.

Those that failed are told there as well, without anything of who tried; so is what a session asked for in vain.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from sne.cellules.routage import cellule_de, cellules, dans, exiger_ouvert
from sne.demandeurs.actions import compter
from sne.demandeurs.rules.codes import Cible
from sne.demandeurs.rules.limites import Limite
from sne.demandeurs.rules.niveaux import Voie
from sne.demandeurs.selectors import get_cible_du_code, list_sujets, sujet_du_code
from sne.journal.selectors import EntreeLue, has_entree_disant, list_entrees_de
from sne.notifications.selectors import has_messages
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.rattachement.actions.ecrire import ecrire_au_contact
from sne.registre.rattachement.messages import MessageRattachement
from sne.registre.rattachement.selectors.contacts import list_contacts
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.rattachement.verbes import VerbeRattachement
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, heure_fr, numero

UN_AVIS_PAR_JOUR = Limite("code:avis", 1, timedelta(days=1))
UN_REFUS_PAR_SESSION = Limite("refus:session", 1, timedelta(days=1))


class Echec(StrEnum):
    """Why nobody came in: six digits that are not those sent; a demande that a code did not open then."""

    CODE_FAUX = "CODE_FAUX"
    FERMEE = "FERMEE"


def noter_connexion(demande: Demande, voie: Voie, *, appareil: str, acte: Acte) -> uuid.UUID:
    """Tell that somebody signed in who follows this demande: by which way, from what kind of device."""
    faits = {"voie": str(voie), "appareil": appareil}
    return dire(VerbeRattachement.SE_CONNECTER, demande, acte=acte, faits=faits)


def noter_connexions(visites: Sequence[Visite], voie: Voie, *, appareil: str, survenu_le: datetime) -> None:
    """The same, of every demande that this session opens, in the cell of each: told of all, or of none while one of
    their territories is closed, since whoever asks again would tell the others twice.
    """
    for territoire in sorted({visite.lien.territoire for visite in visites}):
        exiger_ouvert(territoire)
    for cellule in cellules():
        siennes = [visite for visite in visites if cellule_de(visite.lien.territoire) == cellule]
        with dans(cellule), transaction.atomic():
            _noter(siennes, voie, appareil=appareil, survenu_le=survenu_le)


def _noter(visites: Sequence[Visite], voie: Voie, *, appareil: str, survenu_le: datetime) -> None:
    demandes = Demande.objects.in_bulk([visite.lien.demande_id for visite in visites])
    for visite in visites:
        demande = demandes[visite.lien.demande_id]
        noter_connexion(demande, voie, appareil=appareil, acte=Acte(visite.acteur, survenu_le))


def noter_echec(demande: Demande, cause: Echec, *, acte: Acte, origine: uuid.UUID | None = None) -> None:
    """Tell that somebody tried to come in by a code, and did not. ``origine``: the entry that it was read from."""
    faits = {"voie": str(Voie.CODE), "cause": str(cause)} | ({"origine": str(origine)} if origine else {})
    dire(VerbeRattachement.ECHEC_CONNEXION, demande, acte=acte, faits=faits)


def noter_code_faux(entree_id: uuid.UUID) -> bool:
    """Tell a wrong code to the demande that the right one would have opened; whether it is new. Idempotent; nothing for
    a code that opens nothing, nor for a demande erased since.
    """
    (entree,) = list_entrees_de([entree_id])
    cible = get_cible_du_code(uuid.UUID(str(entree.faits["code"])))
    if cible is None:
        return False
    with dans(cellule_de(cible.territoire)), transaction.atomic():
        return _noter_code_faux(cible, entree)


def _noter_code_faux(cible: Cible, entree: EntreeLue) -> bool:
    demande = Demande.objects.filter(id=cible.demande).exclude(statut=Statut.PURGEE).first()
    dit = {"cle": "origine", "valeur": str(entree.id)}
    if demande is None or has_entree_disant(demande.id, VerbeRattachement.ECHEC_CONNEXION, **dit):
        return False
    acte = Acte(service_du_registre(demande.territoire), entree.survenu_le)
    noter_echec(demande, Echec.CODE_FAUX, acte=acte, origine=entree.id)
    return True


@transaction.atomic
def noter_refus(visite: Visite, geste: str, *, session: bytes, survenu_le: datetime) -> None:
    """Tell what this session asked of a demande and may not do: once for a session and a kind of act, not a click.

    ``geste``: one of the table of levels; empty for a right that another table gives.
    """
    qui = f"{session.hex()}\0{visite.lien.demande_id}\0{geste}"
    if compter(UN_REFUS_PAR_SESSION, qui, instant=survenu_le) > 1:
        return
    demande = Demande.objects.get(id=visite.lien.demande_id)
    faits = {"niveau": str(visite.presence.niveau)} | ({"geste": geste} if geste else {})
    dire(VerbeRattachement.REFUSER_ACCES, demande, acte=Acte(visite.acteur, survenu_le), faits=faits)


@transaction.atomic
def annoncer_connexion(entree_id: uuid.UUID, *, demande_id: uuid.UUID, acte: Acte) -> int:
    """Tell a sign-in by code to the other contacts of the demande, once a day at most to each; how many were written.

    Idempotent; nothing for another way, nor for a demande that is protected or erased since.
    """
    (entree,) = list_entrees_de([entree_id])
    demande = Demande.objects.select_related("version_courante").filter(id=demande_id).first()
    if demande is None or demande.statut == Statut.PURGEE or entree.faits.get("voie") != Voie.CODE:
        return 0
    if is_protegee(demande) or has_messages(entree_id, territoire=demande.territoire):
        return 0
    sujets, contacts = list_sujets(uuid.UUID(str(entree.acteur["id"]))), list_contacts(demande)
    sien = {c.adresse for c in contacts if sujet_du_code(c.personne, c.adresse) in sujets}
    mots = {
        "numero": numero(demande.nud),
        "le": date_longue(horloge.jour(entree.survenu_le)),
        "heure": heure_fr(entree.survenu_le),
    }
    autres = sorted({c.adresse for c in contacts} - sien)
    dus = [
        ou for ou in autres if compter(UN_AVIS_PAR_JOUR, f"{demande.id}\0{ou}", instant=acte.survenu_le) == 1
    ]
    for adresse in dus:
        genre = MessageRattachement.CONNEXION_PAR_CODE
        ecrire_au_contact(demande, adresse, genre, mots, origine=entree_id, acte=acte, dite=True)
    return len(dus)
