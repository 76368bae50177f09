"""Reports and their versions, resolved at an instant: what is read then, under which name, until when."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sne.infocentre.rapports.models import Correspondance, Issue, Rapport, RapportDecision, RapportVersion
from sne.infocentre.rapports.rules.vie import Decision, NatureDecision, SortColonne, Vie, vies
from sne.socle.erreurs import Efface, Introuvable
from sne.socle.lignes import trouver

INCONNU = "Ce rapport n’existe pas, ou pas encore. Revenez à la liste des rapports."


@dataclass(frozen=True, slots=True)
class ColonneDeVersion:
    """One column: an indicator in one version. ``si``: the dated parameter without which it is not shown."""

    indicateur: str
    version: int
    si: str = ""


@dataclass(frozen=True, slots=True)
class VersionLue:
    """One version of a report, and its life."""

    id: uuid.UUID
    rapport: str
    numero: int
    colonnes: tuple[ColonneDeVersion, ...]
    phrase: str
    vie: Vie


@dataclass(frozen=True, slots=True)
class RapportLu:
    """One report, with its versions by number: nothing here depends on who reads."""

    code: str
    question: str
    phrase: str
    versions: dict[int, VersionLue]

    def courantes(self, instant: datetime) -> tuple[VersionLue, ...]:
        """The versions read at that instant, the newest first."""
        lues = [v for v in self.versions.values() if v.vie.en_vigueur(instant)]
        return tuple(sorted(lues, key=lambda v: -v.numero))

    @property
    def vies(self) -> dict[int, Vie]:
        """The life of each version."""
        return {numero: version.vie for numero, version in self.versions.items()}


@dataclass(frozen=True, slots=True)
class Passage:
    """What becomes of one column from one version to another; a side that has none is empty."""

    ancienne: str
    nouvelle: str
    sort: SortColonne


def list_rapports() -> tuple[RapportLu, ...]:
    """Every report with every version, those to come or withdrawn too, in their order."""
    par_rapport: defaultdict[str, list[RapportVersion]] = defaultdict(list)
    for version in RapportVersion.objects.order_by("numero"):
        par_rapport[version.rapport_id].append(version)
    decidees = _decisions()
    return tuple(
        _rapport(rapport, par_rapport[rapport.code], decidees) for rapport in Rapport.objects.order_by("rang")
    )


def get_rapport(code: str) -> RapportLu:
    """One report. Raises ``Introuvable``."""
    rapport = trouver(Rapport.objects.filter(code=code), INCONNU)
    return _rapport(rapport, rapport.versions.order_by("numero"), _decisions(code))


def get_version(code: str, numero: int | None, *, instant: datetime) -> tuple[RapportLu, VersionLue]:
    """The version that is read at that instant: of this number, the newest without one.

    Raises ``Introuvable`` (unknown, or not published yet), ``Efface`` (withdrawn).
    """
    rapport = get_rapport(code)
    courantes = rapport.courantes(instant)
    if numero is None:
        if not courantes:
            raise Introuvable(INCONNU)
        return rapport, courantes[0]
    version = rapport.versions.get(numero)
    if version is not None and version.vie.retiree(instant):
        raise Efface(f"« {version.vie.nom(instant)} » n’est plus lu.")
    if version is None or version not in courantes:
        raise Introuvable(INCONNU)
    return rapport, version


def list_passages(ancienne: VersionLue, nouvelle: VersionLue) -> tuple[Passage, ...]:
    """What becomes of each column of the old version, in its order; then the columns that are new."""
    lues = Correspondance.objects.filter(ancienne=ancienne.id, nouvelle=nouvelle.id)
    passages = [Passage(c.colonne_ancienne, c.colonne_nouvelle, SortColonne(c.sort)) for c in lues]
    avant, apres = ([c.indicateur for c in version.colonnes] for version in (ancienne, nouvelle))
    gardees = sorted((p for p in passages if p.ancienne), key=lambda p: avant.index(p.ancienne))
    nouvelles = sorted((p for p in passages if not p.ancienne), key=lambda p: apres.index(p.nouvelle))
    return (*gardees, *nouvelles)


def _decisions(rapport: str = "") -> dict[tuple[str, int], list[Decision]]:
    """Decisions that were validated, in that order, by report and number."""
    validees = RapportDecision.objects.filter(issue=Issue.VALIDEE)
    if rapport:
        validees = validees.filter(version__rapport=rapport)
    lues: defaultdict[tuple[str, int], list[Decision]] = defaultdict(list)
    for d in validees.select_related("version").order_by("clos_le", "prend_effet_le", "id"):
        numero = d.version.numero
        decision = Decision(numero, NatureDecision(d.nature), d.prend_effet_le, d.nom)
        lues[d.version.rapport_id, numero].append(decision)
    return lues


def _rapport(
    rapport: Rapport,
    ecrites: Iterable[RapportVersion],
    decidees: dict[tuple[str, int], list[Decision]],
) -> RapportLu:
    versions = {}
    for ecrite in ecrites:
        vie = vies(decidees.get((rapport.code, ecrite.numero), ())).get(ecrite.numero, Vie(ecrite.numero))
        versions[ecrite.numero] = _version(ecrite, vie)
    return RapportLu(rapport.code, rapport.question, rapport.phrase, versions)


def _version(ecrite: RapportVersion, vie: Vie) -> VersionLue:
    return VersionLue(
        id=ecrite.id,
        rapport=ecrite.rapport_id,
        numero=ecrite.numero,
        colonnes=tuple(ColonneDeVersion(**colonne) for colonne in ecrite.colonnes),
        phrase=ecrite.phrase,
        vie=vie,
    )
