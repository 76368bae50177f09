"""A helper authorised, accepted, about to end or ended, told to the household; a relative, invited."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.selectors import has_messages
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.mandat.actions.aider import nommer
from sne.registre.mandat.messages import MessageMandat
from sne.registre.mandat.rules.annonce import dire_la_suite
from sne.registre.mandat.rules.mandat import enumerer
from sne.registre.mandat.rules.proche import grouper
from sne.registre.mandat.selectors.invitations import get_code
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.rattachement.actions.ecrire import ecrire_au_contact
from sne.socle.acte import Acte
from sne.socle.langues import FRANCAIS
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def annoncer_mandat(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Prepare the message of what this entry tells; how many are new. Idempotent; nothing for a demande erased since,
    nor for one that is spoken of to nobody.
    """
    (entree,) = list_entrees_de([entree_id])
    mandats = MandatAide.objects.select_related("demande", "identite")
    mandat = mandats.filter(id=entree.faits["mandat"]).first()
    if mandat is None or mandat.demande.statut == Statut.PURGEE or is_protegee(mandat.demande):
        return 0
    demande, genre = mandat.demande, MessageMandat.MANDAT_SUIVI
    if mandat.proche and entree.verbe == VerbeMandat.PROPOSER_MANDAT and mandat.clos_le is None:
        _inviter(mandat, entree_id, acte=acte)
    if has_messages(entree_id, territoire=demande.territoire, genre=genre):
        return 0
    dit, suite = dire_la_suite(
        entree.verbe,
        organisme=mandat.organisme_nom,
        portees=mandat.portees,
        avant=date_longue(mandat.accepter_avant),
        jusqu_au=date_longue(mandat.jusqu_au) if mandat.jusqu_au else "",
        fin=str(entree.faits.get("fin", "")),
        mesure=mandat.mesure,
        proche=mandat.proche,
    )
    mots = {"numero": numero(demande.nud), "dit": dit, "suite": suite}
    annonce = Annonce.de(demande, genre, origine=entree_id, mots=lambda _: mots)
    return len(ecrire_au_menage(annonce, acte=acte))


def _inviter(mandat: MandatAide, entree_id: uuid.UUID, *, acte: Acte) -> None:
    """The code by which a relative finds what they are asked: to them alone, in French."""
    mots = {
        "personne": nommer(mandat),
        "peut": enumerer(mandat.portees),
        "code": grouper(get_code(mandat.id)),
        "site": urlsplit(settings.URL_MENAGES).netloc,
        "avant": date_longue(mandat.accepter_avant),
    }
    genre = MessageMandat.MANDAT_INVITATION
    ecrire_au_contact(
        mandat.demande, mandat.courriel, genre, mots, origine=entree_id, acte=acte, langue=FRANCAIS
    )
