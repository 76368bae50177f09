"""A counter writes to a household from its file: one of a few sentences, and a line of its own."""

import uuid

from django.db import transaction

from sne.journal.rules import Cote, Valeur
from sne.referentiels.selectors import get_guichet
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.messages import MessageJoindre
from sne.registre.joindre.possible import exiger_ecrivable
from sne.registre.joindre.rules.mots import MOTS, Mot
from sne.registre.joindre.verbes import VerbeJoindre
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.socle.templatetags.socle_tags import numero

SANS_ADRESSE = (
    "Aucune adresse de ce dossier ne permet d’écrire. Complétez ses coordonnées, ou appelez la personne."
)


@transaction.atomic
def ecrire_un_mot(demande_id: uuid.UUID, mot: Mot, *, libre: str, acte: Acte) -> int:
    """Prepare the message by each channel by which the household may be reached; how many leave.

    ``libre``: a line added to the sentence, or nothing. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (no
    longer open, too many today, no address, a NIR in the line).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_ecrivable(demande, acte.acteur, instant=acte.survenu_le)
    ligne = lire_texte(libre, requis=False)
    origine = dire(
        VerbeJoindre.ECRIRE_AU_MENAGE,
        demande,
        acte=acte,
        faits={"mot": str(mot)},
        valeurs=(Valeur("message", Cote.APRES, ligne),) if ligne else (),
    )
    mots = {"guichet": _qui(acte), "numero": numero(demande.nud), "mot": MOTS[mot], "libre": ligne}
    annonce = Annonce.de(demande, MessageJoindre.MOT_DU_GUICHET, origine=origine, mots=lambda _: mots)
    prepares = ecrire_au_menage(annonce, acte=acte)
    if not prepares:
        raise Interdit(SANS_ADRESSE)
    return len(prepares)


def _qui(acte: Acte) -> str:
    """The counter in words; the manager of a territory, for who acts for none."""
    acteur: Acteur = acte.acteur
    fiche = get_guichet(acteur.territoire, acteur.guichet, le=horloge.jour(acte.survenu_le))
    return fiche.libelle if fiche else "Le gestionnaire territorial"
