"""The same household, perhaps, twice: why a case is opened for the territorial manager, and the two ways it ends.

Only present identities count here: somebody recognised under a past one opens an enquiry (:mod:`sne.registre.enquete`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules import nir as nirs
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

PRECISION_MAX = 300  # signs


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


def verifier_cloture(issue: str, motif: str, precision: str) -> None:
    """Refuse an end without a coded reason of its own. Raises ``Interdit`` with a sentence, on its field.

    « Autre » needs a sentence.
    """
    if issue not in set(Issue):
        raise Interdit("Choisissez comment le cas se termine.", champ="issue")
    if motif not in MOTIFS_PAR_ISSUE[Issue(issue)]:
        raise Interdit("Choisissez le motif dans la liste de cette décision.", champ="motif")
    if not precision and motif == Motif.AUTRE:
        raise Interdit("Dites en une phrase ce que vous avez constaté.", champ="precision")
    if nirs.en_contient(precision):
        raise Interdit("Retirez le numéro de sécurité sociale de cette phrase.", champ="precision")
    if len(precision) > PRECISION_MAX:
        raise Interdit(f"Précision{INSECABLE}: {PRECISION_MAX} signes au plus.", champ="precision")
