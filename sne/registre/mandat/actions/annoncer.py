"""A helper authorised, accepted, about to end or ended, told to the household."""

import uuid

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.selectors import has_messages
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.mandat.messages import MessageMandat
from sne.registre.mandat.rules.annonce import dire_la_suite
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def annoncer_mandat(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Prepare the message of what this entry tells; how many are new. Idempotent; nothing for a demande erased since,
    nor for one that is spoken of to nobody.
    """
    (entree,) = list_entrees_de([entree_id])
    mandat = MandatAide.objects.select_related("demande").filter(id=entree.faits["mandat"]).first()
    if mandat is None or mandat.demande.statut == Statut.PURGEE or is_protegee(mandat.demande):
        return 0
    demande, genre = mandat.demande, MessageMandat.MANDAT_SUIVI
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
    )
    mots = {"numero": numero(demande.nud), "dit": dit, "suite": suite}
    annonce = Annonce.de(demande, genre, origine=entree_id, mots=lambda _: mots)
    return len(ecrire_au_menage(annonce, acte=acte))
