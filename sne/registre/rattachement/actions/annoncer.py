"""Telling every address on file that a demande can now be followed online."""

import uuid

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.selectors import has_messages
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.rattachement import PreuveRattachement
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.rattachement.messages import MessageRattachement
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def annoncer_rattachement(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Prepare the messages of a link; how many are new. Idempotent; nothing for a demande erased since, nor for a code,
    whose sign-ins are told, nor for who has sent the demande themselves, who is told its number.
    """
    ids = [str(entree.faits["rattachement"]) for entree in list_entrees_de([entree_id])]
    lien = (
        Rattachement.objects.select_related("demande", "personne__identite_courante")
        .filter(id__in=ids)
        .first()
    )
    if lien is None or lien.demande.statut == Statut.PURGEE or _sans_etat_civil(lien):
        return 0
    demande, genre = lien.demande, MessageRattachement.RATTACHEMENT
    if has_messages(entree_id, territoire=demande.territoire, genre=genre):
        return 0
    mots = {
        "numero": numero(demande.nud),
        "le": date_longue(lien.survenu_le),
        "prenom": lien.personne.identite_courante.prenoms,
    }
    annonce = Annonce.de(demande, genre, origine=entree_id, mots=lambda _: mots)
    return len(ecrire_au_menage(annonce, acte=acte))


def _sans_etat_civil(lien: Rattachement) -> bool:
    """Whether nobody compared a civil status: number and code alone, or the sending itself."""
    sans_ecart = lien.preuve == PreuveRattachement.NUMERO and not lien.ecarts
    return sans_ecart or lien.preuve == PreuveRattachement.DEPOT
