"""The same household, perhaps, twice: why a case is opened for the territorial manager, and the four ways it ends.

The reasons of « explained » are the known false alarms: rebuilt civil status, transfer, merged duplicates.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.registre.rules import nir as nirs
from sne.registre.rules.anomalie import INSECABLE
from sne.socle.erreurs import Interdit

PRECISION_MAX = 300  # signs


class Origine(StrEnum):
    """Who or what asks: a counter in doubt, or a registration by somebody known under a past identity."""

    GUICHET = "GUICHET"
    ANCIENNE_IDENTITE = "ANCIENNE_IDENTITE"


class Issue(StrEnum):
    """How a case ends."""

    MEME_PERSONNE = "MEME_PERSONNE"
    AUTRE_PERSONNE = "AUTRE_PERSONNE"
    CHANGEMENT_EXPLIQUE = "CHANGEMENT_EXPLIQUE"
    A_RETABLIR = "A_RETABLIR"


class Motif(StrEnum):
    """Coded reason of the end."""

    DEJA_ENREGISTREE = "DEJA_ENREGISTREE"
    AUTRE_ORTHOGRAPHE = "AUTRE_ORTHOGRAPHE"
    HOMONYME = "HOMONYME"
    MEME_FAMILLE = "MEME_FAMILLE"
    ERREUR_SAISIE = "ERREUR_SAISIE"
    ETAT_CIVIL_RECONSTITUE = "ETAT_CIVIL_RECONSTITUE"
    TRANSFERT_DECES = "TRANSFERT_DECES"
    TRANSFERT_SEPARATION = "TRANSFERT_SEPARATION"
    DOUBLON_FUSIONNE = "DOUBLON_FUSIONNE"
    REMPLACEMENT_INEXPLIQUE = "REMPLACEMENT_INEXPLIQUE"
    TITULAIRE_NIE = "TITULAIRE_NIE"
    AUTRE = "AUTRE"


ISSUES: Mapping[Issue, str] = MappingProxyType(
    {
        Issue.MEME_PERSONNE: "C’est la même personne : la demande existante continue",
        Issue.AUTRE_PERSONNE: "Ce sont deux personnes différentes",
        Issue.CHANGEMENT_EXPLIQUE: "La personne a quitté cette demande, et le changement s’explique",
        Issue.A_RETABLIR: "La personne a été remplacée sans explication : demande à rétablir",
    }
)
MOTIFS: Mapping[Motif, str] = MappingProxyType(
    {
        Motif.DEJA_ENREGISTREE: "Demande déjà enregistrée, oubliée ou faite ailleurs",
        Motif.AUTRE_ORTHOGRAPHE: "Même personne, nom écrit autrement",
        Motif.HOMONYME: "Homonyme",
        Motif.MEME_FAMILLE: "Personne de la même famille",
        Motif.ERREUR_SAISIE: "Erreur de saisie sur le nom ou la date",
        Motif.ETAT_CIVIL_RECONSTITUE: "État civil reconstitué",
        Motif.TRANSFERT_DECES: "Transfert après un décès",
        Motif.TRANSFERT_SEPARATION: "Transfert après une séparation",
        Motif.DOUBLON_FUSIONNE: "Demandes en double réunies",
        Motif.REMPLACEMENT_INEXPLIQUE: "Aucune pièce n’explique le remplacement",
        Motif.TITULAIRE_NIE: "La personne n’a pas demandé ce changement",
        Motif.AUTRE: "Autre (à préciser)",
    }
)
MOTIFS_PAR_ISSUE: Mapping[Issue, tuple[Motif, ...]] = MappingProxyType(
    {
        Issue.MEME_PERSONNE: (Motif.DEJA_ENREGISTREE, Motif.AUTRE_ORTHOGRAPHE, Motif.AUTRE),
        Issue.AUTRE_PERSONNE: (Motif.HOMONYME, Motif.MEME_FAMILLE, Motif.ERREUR_SAISIE, Motif.AUTRE),
        Issue.CHANGEMENT_EXPLIQUE: (
            Motif.ETAT_CIVIL_RECONSTITUE,
            Motif.TRANSFERT_DECES,
            Motif.TRANSFERT_SEPARATION,
            Motif.DOUBLON_FUSIONNE,
            Motif.AUTRE,
        ),
        Issue.A_RETABLIR: (Motif.REMPLACEMENT_INEXPLIQUE, Motif.TITULAIRE_NIE, Motif.AUTRE),
    }
)
REPONSES: Mapping[Issue, str] = MappingProxyType(
    {
        Issue.MEME_PERSONNE: "C’est la même personne : continuez sur la demande existante.",
        Issue.AUTRE_PERSONNE: "Ce sont deux personnes : la nouvelle demande est la bonne.",
        Issue.CHANGEMENT_EXPLIQUE: "La personne n’est plus sur cette demande : la nouvelle demande est la bonne.",
        Issue.A_RETABLIR: "Le gestionnaire territorial traite ce dossier : il vous appellera.",
    }
)
"""What a counter that asked is told."""


def issues_possibles(origine: Origine) -> tuple[Issue, ...]:
    """The exits offered: nobody left a file that a counter only finds close."""
    if origine is Origine.GUICHET:
        return (Issue.MEME_PERSONNE, Issue.AUTRE_PERSONNE)
    return tuple(Issue)


def verifier_cloture(origine: Origine, issue: str, motif: str, precision: str) -> None:
    """Refuse an end without a coded reason of its own. Raises ``Interdit`` with a sentence, on its field.

    « Autre » and « à rétablir » need a sentence: somebody else will act on them.
    """
    if issue not in issues_possibles(origine):
        raise Interdit("Choisissez comment le cas se termine.", champ="issue")
    if motif not in MOTIFS_PAR_ISSUE[Issue(issue)]:
        raise Interdit("Choisissez le motif dans la liste de cette décision.", champ="motif")
    if not precision and (motif == Motif.AUTRE or issue == Issue.A_RETABLIR):
        raise Interdit("Dites en une phrase ce que vous avez constaté.", champ="precision")
    if nirs.en_contient(precision):
        raise Interdit("Retirez le numéro de sécurité sociale de cette phrase.", champ="precision")
    if len(precision) > PRECISION_MAX:
        raise Interdit(f"Précision{INSECABLE}: {PRECISION_MAX} signes au plus.", champ="precision")
