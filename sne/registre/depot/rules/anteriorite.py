"""A reception date older than a counter may give: what a territorial manager may answer, and when. Pure.

CCH R441-2-3: seniority counts from the reception of the request, so that an old date is never given by one person
alone.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.anomalie import citer
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, OUVERTES, Statut
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class IssueAnteriorite(StrEnum):
    """What was answered."""

    ACCORDEE = "ACCORDEE"
    REFUSEE = "REFUSEE"


ISSUES: Mapping[IssueAnteriorite, str] = MappingProxyType(
    {
        IssueAnteriorite.ACCORDEE: "Accorder la date demandée",
        IssueAnteriorite.REFUSEE: "Refuser\u00a0: la date de dépôt ne change pas",
    }
)
REPONSES: Mapping[IssueAnteriorite, str] = MappingProxyType(
    {IssueAnteriorite.ACCORDEE: "Date accordée", IssueAnteriorite.REFUSEE: "Date refusée"}
)


def lire_decision(issue: str, motif: str) -> str:
    """The reason of an answer of the list. Raises ``Interdit`` on the field to correct."""
    if issue not in set(IssueAnteriorite):
        raise Interdit("Choisissez votre réponse.", champ="issue")
    return lire_texte(
        motif, champ="motif", requis=True, dites="Dites en une phrase sur quoi repose votre décision."
    )


def exiger_decidable(statut: Statut) -> None:
    """Refuse to decide on a demande that has ended. Raises ``Interdit``."""
    if statut not in OUVERTES:
        raise Interdit(
            f"Cette demande est {citer(LIBELLES_STATUT[statut])}{INSECABLE}: sa date de dépôt ne se décide pas.",
            champ="statut",
        )


def exiger_accordable(*, deja_ancienne: date | None, separation_attend: bool) -> None:
    """Refuse to give a second origin to a seniority. Raises ``Interdit``.

    ``deja_ancienne``: the seniority that the demande already has from another origin than its deposit;
    ``separation_attend``: a separation may still give it one.
    """
    if separation_attend:
        raise Interdit(
            "Cette demande vient d’une séparation qui attend votre réponse. Examinez d’abord la séparation.",
            champ="issue",
        )
    if deja_ancienne is not None:
        raise Interdit(
            f"L’ancienneté de cette demande vient déjà d’ailleurs ({deja_ancienne:%d/%m/%Y}){INSECABLE}: elle ne "
            "change qu’une fois. Refusez cette date.",
            champ="issue",
        )
