"""Telling every address on file that a demande can now be followed online, that codes open it no more, or again; the
territorial manager, of a link to one that is spoken of to nobody.
"""

import uuid
from collections.abc import Mapping
from types import MappingProxyType

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.selectors import has_messages
from sne.registre.avis.actions.avertir import confier_acces
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.rattachement import PreuveRattachement
from sne.registre.rattachement.actions.ecrire import ecrire_a_tous
from sne.registre.rattachement.messages import MessageRattachement
from sne.registre.rattachement.verbes import VerbeRattachement
from sne.socle.acte import Acte
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_longue, numero

FAITS: Mapping[str, str] = MappingProxyType(
    {
        VerbeRattachement.FERMER_AU_CODE: "ne s’ouvre plus par un code",
        VerbeRattachement.ROUVRIR_AU_CODE: "s’ouvre de nouveau par un code",
    }
)
"""Kinds of act that are told, in the words of the message."""


@transaction.atomic
def annoncer_rattachement(entree_id: uuid.UUID, *, acte: Acte) -> None:
    """Prepare the messages of a link, to every contact on file. Idempotent; nothing for a demande erased since.

    Nor for a code, whose sign-ins are told, nor for who sent the demande themselves, who is told its number. Of a
    protected demande, nothing leaves: the territorial manager tells.
    """
    entrees = list_entrees_de([entree_id])
    lien = (
        Rattachement.objects.select_related("demande__version_courante", "personne__identite_courante")
        .filter(id__in=[str(entree.faits["rattachement"]) for entree in entrees])
        .first()
    )
    if lien is None or lien.demande.statut == Statut.PURGEE or _sans_etat_civil(lien):
        return
    demande, genre = lien.demande, MessageRattachement.RATTACHEMENT
    if confier_acces(demande, entrees[0], acte=acte):
        return
    if has_messages(entree_id, territoire=demande.territoire, genre=genre):
        return
    mots = {
        "numero": numero(demande.nud),
        "le": date_longue(lien.survenu_le),
        "prenom": lien.personne.identite_courante.prenoms,
    }
    ecrire_a_tous(demande, genre, mots, origine=entree_id, acte=acte)


@transaction.atomic
def annoncer_connexion_changee(entree_id: uuid.UUID, *, demande_id: uuid.UUID, acte: Acte) -> None:
    """Tell every contact on file that codes open a demande no more, or again. Idempotent; nothing for one erased
    since.
    """
    (entree,) = list_entrees_de([entree_id])
    demande = Demande.objects.select_related("version_courante").get(id=demande_id)
    genre = MessageRattachement.CONNEXION_CHANGEE
    if demande.statut == Statut.PURGEE or has_messages(entree_id, territoire=demande.territoire, genre=genre):
        return
    mots = {
        "numero": numero(demande.nud),
        "le": date_longue(jour(entree.survenu_le)),
        "fait": FAITS[entree.verbe],
    }
    ecrire_a_tous(demande, genre, mots, origine=entree_id, acte=acte)


def _sans_etat_civil(lien: Rattachement) -> bool:
    """Whether nobody compared a civil status: number and code alone, or the sending itself."""
    sans_ecart = lien.preuve == PreuveRattachement.NUMERO and not lien.ecarts
    return sans_ecart or lien.preuve == PreuveRattachement.DEPOT
