"""The same household, perhaps, twice: why a case is opened for the territorial manager, and the two ways it ends.

Only present identities count here: somebody recognised under a past one opens an enquiry (:mod:`sne.registre.enquete`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.texte import lire_texte
from sne.socle.erreurs import Interdit


class Origine(StrEnum):
    """Who or what asks: a counter in doubt."""

    GUICHET = "GUICHET"


class Issue(StrEnum):
    """How a case ends."""

    MEME_PERSONNE = "MEME_PERSONNE"
    AUTRE_PERSONNE = "AUTRE_PERSONNE"


class Motif(StrEnum):
    """Coded reason of the end."""

    DEJA_ENREGISTREE = "DEJA_ENREGISTREE"
    AUTRE_ORTHOGRAPHE = "AUTRE_ORTHOGRAPHE"
    HOMONYME = "HOMONYME"
    MEME_FAMILLE = "MEME_FAMILLE"
    ERREUR_SAISIE = "ERREUR_SAISIE"
    TRANSFERT_SEPARATION = "TRANSFERT_SEPARATION"  # of sets of demandes found by night
    AUTRE = "AUTRE"


ISSUES: Mapping[Issue, str] = MappingProxyType(
    {
        Issue.MEME_PERSONNE: "C’est la même personne : la demande existante continue",
        Issue.AUTRE_PERSONNE: "Ce sont deux personnes différentes",
    }
)
MOTIFS: Mapping[Motif, str] = MappingProxyType(
    {
        Motif.DEJA_ENREGISTREE: "Demande déjà enregistrée, oubliée ou faite ailleurs",
        Motif.AUTRE_ORTHOGRAPHE: "Même personne, nom écrit autrement",
        Motif.HOMONYME: "Homonyme",
        Motif.MEME_FAMILLE: "Personne de la même famille",
        Motif.ERREUR_SAISIE: "Erreur de saisie sur le nom ou la date",
        Motif.TRANSFERT_SEPARATION: "Transfert après une séparation",
        Motif.AUTRE: "Autre (à préciser)",
    }
)
MOTIFS_PAR_ISSUE: Mapping[Issue, tuple[Motif, ...]] = MappingProxyType(
    {
        Issue.MEME_PERSONNE: (Motif.DEJA_ENREGISTREE, Motif.AUTRE_ORTHOGRAPHE, Motif.AUTRE),
        Issue.AUTRE_PERSONNE: (Motif.HOMONYME, Motif.MEME_FAMILLE, Motif.ERREUR_SAISIE, Motif.AUTRE),
    }
)
REPONSES: Mapping[Issue, str] = MappingProxyType(
    {
        Issue.MEME_PERSONNE: "C’est la même personne : continuez sur la demande existante.",
        Issue.AUTRE_PERSONNE: "Ce sont deux personnes : la nouvelle demande est la bonne.",
    }
)
"""What a counter that asked is told."""


def lire_cloture(issue: str, motif: str, precision: str) -> str:
    """The sentence of an end with a coded reason of its own; « Autre » needs one. Raises ``Interdit`` on its field."""
    if issue not in set(Issue):
        raise Interdit("Choisissez comment le cas se termine.", champ="issue")
    if motif not in MOTIFS_PAR_ISSUE[Issue(issue)]:
        raise Interdit("Choisissez le motif dans la liste de cette décision.", champ="motif")
    return lire_texte(precision, requis=motif == Motif.AUTRE)
