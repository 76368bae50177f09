"""What a nightly sweep reports of one territory. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType

from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.doublons.rules.cas import Motif
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


@dataclass(frozen=True, slots=True)
class Balayage:
    """Counts of one sweep. ``paires``: found and not known yet; ``ensembles``: sets opened; ``reportees``: left to the
    next sweep; ``cles_communes``: birth dates and phones looked up with the names only; ``paires_ecartees``: pairs
    that share one of those and were not all compared, at most; ``anciens_titulaires``: past identities of a demande met
    on one registered since, each in an enquiry.
    """

    territoire: str
    demandes: int
    paires: int
    ensembles: int
    reportees: int
    cles_communes: int
    paires_ecartees: int
    anciens_titulaires: int
    commence_le: datetime
    termine_le: datetime | None


Paire = frozenset[uuid.UUID]


class IssueEnsemble(StrEnum):
    """How a set ends."""

    MEME_FOYER = "MEME_FOYER"
    FOYERS_DIFFERENTS = "FOYERS_DIFFERENTS"
    A_SEPARER = "A_SEPARER"
    REUNI = "REUNI"  # by the sweep alone: it goes on under another set
    SANS_OBJET = "SANS_OBJET"  # by the sweep alone: no two of its demandes are under way any more


ISSUES: Mapping[IssueEnsemble, str] = MappingProxyType(
    {
        IssueEnsemble.MEME_FOYER: "C’est le même foyer\u00a0: une seule demande continue",
        IssueEnsemble.FOYERS_DIFFERENTS: "Ce sont des foyers différents",
        IssueEnsemble.A_SEPARER: "Il y a plusieurs foyers\u00a0: à séparer",
        IssueEnsemble.REUNI: "Réuni à d’autres demandes proches",
        IssueEnsemble.SANS_OBJET: "Sans objet\u00a0: il n’y a plus deux demandes en cours à comparer",
    }
)
MOTIFS_PAR_ISSUE: Mapping[IssueEnsemble, tuple[Motif, ...]] = MappingProxyType(
    {
        IssueEnsemble.MEME_FOYER: (Motif.DEJA_ENREGISTREE, Motif.AUTRE_ORTHOGRAPHE, Motif.AUTRE),
        IssueEnsemble.FOYERS_DIFFERENTS: (
            Motif.HOMONYME,
            Motif.MEME_FAMILLE,
            Motif.TRANSFERT_SEPARATION,
            Motif.ERREUR_SAISIE,
            Motif.AUTRE,
        ),
        IssueEnsemble.A_SEPARER: (
            Motif.HOMONYME,
            Motif.MEME_FAMILLE,
            Motif.TRANSFERT_SEPARATION,
            Motif.ERREUR_SAISIE,
            Motif.AUTRE,
        ),
    }
)
SEPARABLE = 3  # demandes


@dataclass(frozen=True, slots=True)
class Composante:
    """Demandes tied by the pairs just found, and the open sets that they already are in."""

    demandes: frozenset[uuid.UUID]
    ensembles: frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of a set. ``groupes``: household number of each demande; ``gardees``: those that go on."""

    issue: IssueEnsemble
    motif: Motif
    precision: str
    groupes: Mapping[uuid.UUID, int]
    gardees: frozenset[uuid.UUID]


def composantes(
    paires: Iterable[tuple[uuid.UUID, uuid.UUID]], ouverts: Mapping[uuid.UUID, uuid.UUID]
) -> tuple[Composante, ...]:
    """Connected components of these pairs. ``ouverts``: demande → the open set that it is in, if any.

    Demandes of one open set are tied through it, so that a set only ever grows.
    """
    parents: dict[uuid.UUID, uuid.UUID] = {}
    for paire in paires:
        for demande in paire:
            _unir(parents, demande, ouverts.get(demande, demande))
        _unir(parents, *paire)
    groupes: dict[uuid.UUID, set[uuid.UUID]] = {}
    for noeud in parents:
        groupes.setdefault(_racine(parents, noeud), set()).add(noeud)
    ensembles = frozenset(ouverts.values())
    return tuple(Composante(frozenset(g - ensembles), frozenset(g & ensembles)) for g in groupes.values())


def issues_possibles(demandes: int) -> tuple[IssueEnsemble, ...]:
    """The ends offered for a set of that many demandes: two are never split, they are different."""
    communes = (IssueEnsemble.MEME_FOYER, IssueEnsemble.FOYERS_DIFFERENTS)
    return (*communes, IssueEnsemble.A_SEPARER) if demandes >= SEPARABLE else communes


def lire_decision(
    membres: Mapping[uuid.UUID, bool],
    *,
    issue: str,
    motif: str,
    precision: str,
    gardee: uuid.UUID | None,
    groupes: Mapping[uuid.UUID, int],
) -> Decision:
    """What was chosen, checked. ``membres``: each demande of the set, and whether the household may go on with it.

    Raises ``Interdit`` with a sentence, on its field.
    « Same household » names the demande that continues; « to split » gives each demande its household, two at least.
    """
    if issue not in issues_possibles(len(membres)):
        raise Interdit("Choisissez comment la comparaison se termine.", champ="issue")
    choisie = IssueEnsemble(issue)
    if motif not in MOTIFS_PAR_ISSUE[choisie]:
        raise Interdit("Choisissez le motif dans la liste de cette décision.", champ="motif")
    precision = lire_texte(precision, requis=motif == Motif.AUTRE)
    if choisie is IssueEnsemble.MEME_FOYER:
        if gardee is None or not membres.get(gardee, False):
            raise Interdit("Choisissez la demande qui continue.", champ="gardee")
        return Decision(choisie, Motif(motif), precision, dict.fromkeys(membres, 1), frozenset({gardee}))
    if choisie is IssueEnsemble.FOYERS_DIFFERENTS:
        rangs = {membre: rang for rang, membre in enumerate(sorted(membres), start=1)}
        return Decision(choisie, Motif(motif), precision, rangs, frozenset(membres))
    if set(groupes) != set(membres):
        raise Interdit("Donnez un foyer à chaque demande.", champ="groupes")
    if not 1 < len(set(groupes.values())) < len(membres):
        raise Interdit(
            "Donnez le même foyer à deux demandes au moins, et un autre à une demande au moins.",
            champ="groupes",
        )
    return Decision(choisie, Motif(motif), precision, dict(groupes), frozenset())


def verifier_acquis(decision: Decision, acquis: Mapping[Paire, bool], noms: Mapping[uuid.UUID, str]) -> None:
    """Refuse what goes against a pair decided before. ``acquis``: pair → same household; ``noms``: their numbers.

    Raises ``Interdit``: a set decided once stays decided; only a change of identity asks again.
    """
    for paire, meme in acquis.items():
        un, autre = sorted(paire)
        if (decision.groupes[un] == decision.groupes[autre]) is meme:
            continue
        dit = "du même foyer" if meme else "de deux foyers différents"
        raise Interdit(
            f"Les demandes {noms[un]} et {noms[autre]} sont déjà décidées{INSECABLE}: elles sont {dit}. "
            "Choisissez une décision qui le garde.",
            champ="issue",
        )


def a_rouvrir(
    decision: Decision, paires: Iterable[tuple[uuid.UUID, uuid.UUID]]
) -> tuple[frozenset[uuid.UUID], ...]:
    """Households of a split set that still hold a pair to decide: each becomes a set of its own."""
    if decision.issue is not IssueEnsemble.A_SEPARER:
        return ()
    restants = {
        decision.groupes[un] for un, autre in paires if decision.groupes[un] == decision.groupes[autre]
    }
    return tuple(
        frozenset(d for d, groupe in decision.groupes.items() if groupe == rang) for rang in sorted(restants)
    )


def deux_a_deux(demandes: Iterable[uuid.UUID]) -> frozenset[Paire]:
    """Every pair of these demandes."""
    return frozenset(frozenset(paire) for paire in combinations(demandes, 2))


def _racine(parents: dict[uuid.UUID, uuid.UUID], noeud: uuid.UUID) -> uuid.UUID:
    while parents.setdefault(noeud, noeud) != noeud:
        parents[noeud] = parents[parents[noeud]]
        noeud = parents[noeud]
    return noeud


def _unir(parents: dict[uuid.UUID, uuid.UUID], un: uuid.UUID, autre: uuid.UUID) -> None:
    parents[_racine(parents, un)] = _racine(parents, autre)
