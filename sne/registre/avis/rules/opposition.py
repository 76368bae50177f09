"""An objection as it may be kept: what is contested, where the person may be reached, their reference. Pure."""

from sne.journal.rules import Verbe
from sne.registre.avis.rules.changement import phrase
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.rules.gel import FIGEABLES
from sne.registre.lecture.rules.historique_demandeur.catalogue import dit_de

CONTACT_MAX = 200  # signs


def lire_contact(texte: str) -> str:
    """Where to reach somebody, in their words. Raises ``Interdit`` on ``contact``."""
    return lire_texte(
        " ".join(texte.split()),
        champ="contact",
        requis=True,
        dites="Donnez un numéro de téléphone ou une adresse que personne d’autre ne lit.",
        maximum=CONTACT_MAX,
    )


def phrase_contestee(code: str) -> str:
    """What is contested, in words: a change that a notice told, or a kind of act of the history."""
    if ":" in code:
        return phrase(code)
    return dit_de(Verbe.tous()[code]).phrase.replace("{qui}", "Quelqu’un")


def fige_seule(statut: Statut, *, protegee: bool, partagee: bool) -> bool:
    """Whether an objection freezes by itself. Otherwise the territorial manager decides, in a safe way. ``protegee``:
    nobody outside may learn of the demande; ``partagee``: the person who objects is reached at the same address as
    somebody who left it.
    """
    return statut in FIGEABLES and not (protegee or partagee)


def reference_de(annee: int, rang: int) -> str:
    """« S-2026-004182 »: said on the telephone, it opens nothing."""
    return f"S-{annee}-{rang:06d}"
