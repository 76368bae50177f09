"""Taking back a registration made twice by mistake (message SUP): on conditions that make it no disguised striking-off.
Pure.

The list of CCH R441-2-8 is closed. So the same household must keep another demande, open and as old, and nothing must
have happened yet on the one taken back: it loses no day, no place and no act (docs/adr/0034).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.registre.contenu.rules.identite import meme_nom
from sne.registre.contenu.rules.texte import lire_texte
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class IssueAnnulation(StrEnum):
    """What the territorial manager answers to who asks that a double be taken back."""

    ACCEPTEE = "ACCEPTEE"
    REFUSEE = "REFUSEE"


ISSUES: Mapping[IssueAnnulation, str] = MappingProxyType(
    {
        IssueAnnulation.ACCEPTEE: "C’est un double\u00a0: j’annule cette demande",
        IssueAnnulation.REFUSEE: "Ce n’est pas un double\u00a0: la demande reste",
    }
)


def lire_reponse(issue: str, motif: str) -> tuple[IssueAnnulation, str]:
    """The answer, and its reason, asked for a refusal. Raises ``Interdit`` on the field to correct."""
    if issue not in set(IssueAnnulation):
        raise Interdit("Choisissez votre réponse.", champ="issue")
    refusee = issue == IssueAnnulation.REFUSEE
    dites = "Dites en une phrase pourquoi ce n’est pas un double."
    return IssueAnnulation(issue), lire_texte(motif, champ="motif", requis=refusee, dites=dites)


@dataclass(frozen=True, slots=True)
class Double:
    """A demande said to be a double. ``suites``: acts since the registration, an attestation handed over among them.

    ``heritee``: its seniority comes from a separation, which is no mistake of entry.
    """

    aujourd_hui: date
    enregistree_le: date
    delai_jours: int
    revision: int
    suites: bool
    heritee: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """The double beside the demande that is kept."""

    anciennete: date
    anciennete_gardee: date
    gardee_ouverte: bool
    meme_menage: bool


def exiger_vue_a_temps(enregistree_le: date, *, aujourd_hui: date, delai_jours: int) -> None:
    """A mistake is seen soon, or it is none. Raises ``Interdit``."""
    if (aujourd_hui - enregistree_le).days > delai_jours:
        raise Interdit(
            f"Cette demande est enregistrée depuis plus de {delai_jours} jours{INSECABLE}: elle ne s’annule plus. "
            "Elle peut être radiée, pour un motif de la loi."
        )


def verifier_double(double: Double) -> None:
    """Refuse what is no mistake seen in time, whatever the demande kept. Raises ``Interdit`` with a sentence."""
    d = double
    exiger_vue_a_temps(d.enregistree_le, aujourd_hui=d.aujourd_hui, delai_jours=d.delai_jours)
    if d.revision > 1 or d.suites:
        raise Interdit(
            "Cette demande a déjà servi (modification, événement, attestation remise)\u00a0: elle ne s’annule pas. "
            "Elle peut être radiée, pour un motif de la loi."
        )
    if d.heritee:
        raise Interdit("Cette demande vient d’une séparation\u00a0: elle n’est pas un double.")


def verifier_annulation(situation: Situation) -> None:
    """Refuse to keep a demande that is not the household's, or would cost it seniority. Raises ``Interdit``."""
    s = situation
    if not s.gardee_ouverte:
        raise Interdit(
            "La demande gardée n’est pas en cours. Donnez le numéro d’une demande active.", champ="gardee"
        )
    if not s.meme_menage:
        raise Interdit(
            "Les adultes des deux demandes ne sont pas les mêmes\u00a0: l’une n’est pas le double de l’autre.",
            champ="gardee",
        )
    if s.anciennete_gardee > s.anciennete:
        raise Interdit(
            "La demande gardée est plus récente\u00a0: le ménage perdrait de l’ancienneté. Gardez la plus ancienne.",
            champ="gardee",
        )


def meme_menage(un: Contenu, autre: Contenu) -> bool:
    """Whether both have the same adults, each once, in any role; never true without any."""
    restants = [adulte for _, adulte in adultes(autre)]
    siens = [adulte for _, adulte in adultes(un)]
    for adulte in siens:
        trouve = next((r for r in restants if _meme_adulte(adulte, r)), None)
        if trouve is None:
            return False
        restants.remove(trouve)
    return bool(siens) and not restants


def _meme_adulte(un: Adulte, autre: Adulte) -> bool:
    """Same names and birth date, and no two numbers that say otherwise."""
    ici, la = un.identite, autre.identite
    numeros = {nir.empreinte for nir in (ici.nir, la.nir) if nir is not None and nir.empreinte}
    return (
        meme_nom(ici.nom_naissance, la.nom_naissance)
        and meme_nom(ici.prenoms, la.prenoms)
        and ici.date_naissance == la.date_naissance
        and len(numeros) < 2
    )
