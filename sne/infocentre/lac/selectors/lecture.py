"""Figures: from the cells by whole months, from the files for any day or as known at a seal, and who is behind one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, Sum, Value
from django.db.models.functions import Concat

from sne.cellules.routage import lister_partout, partout
from sne.infocentre.lac.disque import dossier_de_travail
from sne.infocentre.lac.models import Agregat, AgregatEfface, CleStatistique, Curseur, Fichier
from sne.infocentre.lac.parametres import ParametresLac
from sne.infocentre.lac.selectors.fichiers import faits_a_lire, ordre_de_compter
from sne.infocentre.mesures.catalogue import EGALE, MESURES, MOIS_D_ORIGINE, Mesure, mesure_de
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import Forme, lire
from sne.infocentre.moteur import lancer
from sne.infocentre.moteur.cellules import AXE_GUICHET
from sne.journal.models import Scellement
from sne.journal.rules import ecritures
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import debut_du_jour, jour
from sne.socle.replique import connection

LE_DEBUT = date(1900, 1, 1)
"""Before anything: what is counted on a day is counted from then."""
type Relues = Mapping[str, Mapping[tuple[str, str, date], Mapping[str, int]]]
"""Axis → (territory, line, first of month) → measure → integer: what each month adds to what is counted on a day."""
A_VERSER = """
SELECT s.scelle_le FROM journal_scellement s CROSS JOIN LATERAL (
    SELECT FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
    WHERE p.scellement = s.numero AND (e.demande IS NOT NULL AND e.verbe = ANY (%(verbes)s)
        OR e.verbe = 'CHARGER_RPLS')
    LIMIT 1
) AS a_verser WHERE s.numero > %(depuis)s ORDER BY s.numero LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Fraicheur:
    """How far the lake goes: its last seal and when it was sealed, when it was last looked for more.

    ``scellement`` is 0 and both instants ``None`` before the first pouring.
    """

    scellement: int
    scelle_le: datetime | None
    verse_le: datetime | None


@dataclass(frozen=True, slots=True)
class Sceau:
    """A seal, and when it was laid."""

    numero: int
    scelle_le: datetime


@dataclass(frozen=True, slots=True)
class Derriere:
    """The demandes that a figure is made of, without order. ``nombres``: how much of it each makes, 1 where it is not
    said; ``effacees``: how much of it is of demandes erased since.

    ``dits``: what the row of each says, its day (ISO) then the columns asked for, as text, ``None`` where it is silent.
    """

    demandes: tuple[UUID, ...]
    effacees: int
    dits: Mapping[UUID, tuple[str | None, ...]] = field(default_factory=dict)
    nombres: Mapping[UUID, int] = field(default_factory=dict)


def get_fraicheur() -> Fraicheur:
    """How far the lake was poured."""
    curseur = Curseur.objects.first()
    if curseur is None:
        return Fraicheur(0, None, None)
    scelle_le = (
        Scellement.objects.filter(numero=curseur.scellement).values_list("scelle_le", flat=True).first()
    )
    return Fraicheur(curseur.scellement, scelle_le, curseur.verse_le)


@dataclass(frozen=True, slots=True)
class Avancement:
    """How far counting goes: the last seal counted, of the last one laid; files and lines that they make; how late.

    ``retard``: since the first act that is not counted yet was sealed; ``toleree``: above which it is too long.
    """

    fraicheur: Fraicheur
    dernier: int
    fichiers: int
    lignes: int
    retard: timedelta
    toleree: timedelta

    @property
    def restants(self) -> int:
        """Seals that wait to be counted; none when no act of theirs does: a pouring seals its own."""
        return max(0, self.dernier - self.fraicheur.scellement) if self.retard else 0

    @property
    def en_retard(self) -> bool:
        """Whether readers have to be told."""
        return self.retard > self.toleree


def get_avancement(*, le: datetime) -> Avancement:
    """How far counting goes now."""
    lus = Fichier.objects.filter(retire_le=None).aggregate(fichiers=Count("id"), lignes=Sum("lignes"))
    heures = get_parametres(jour(le))[ParametresLac].lac_retard_heures
    return Avancement(
        fraicheur=get_fraicheur(),
        dernier=Scellement.objects.aggregate(m=Max("numero"))["m"] or 0,
        fichiers=lus["fichiers"],
        lignes=lus["lignes"] or 0,
        retard=get_retard(le=le),
        toleree=timedelta(hours=heures),
    )


def get_sceau(le: date) -> Sceau | None:
    """The last seal poured that was laid by the end of that day; ``None`` when there was none yet."""
    verse = Curseur.objects.values_list("scellement", flat=True).first() or 0
    fin = debut_du_jour(le + timedelta(days=1))
    lus = Scellement.objects.filter(numero__lte=verse, scelle_le__lt=fin).order_by("-numero")
    lu = lus.values_list("numero", "scelle_le").first()
    return Sceau(*lu) if lu else None


def a_efface(mesures: Collection[str], *, territoires: Collection[str], du: date, au: date) -> bool:
    """Whether these measures counted demandes erased since: what the files say no longer counts them."""
    effaces = _cellules(
        mesures, territoires=territoires, du=du, au=au, guichets=None, axe=AXE_GUICHET, modele=AgregatEfface
    )
    return any(partout(lambda: effaces.all().exists()).values())


def get_retard(*, le: datetime) -> timedelta:
    """How long ago the first act on a demande that was not poured yet was sealed; nothing when all are poured."""
    curseur = Curseur.objects.first()
    with connection.cursor() as ordre:
        ordre.execute(
            A_VERSER,
            {"depuis": curseur.scellement if curseur else 0, "verbes": sorted(map(str, ecritures()))},
        )
        premier = ordre.fetchone()
    return max(timedelta(0), le - premier[0]) if premier else timedelta(0)


def get_debut(territoires: Collection[str]) -> date | None:
    """First day of the first month that the lake holds for these territories; ``None`` for nothing yet."""
    siens = Agregat.objects.filter(territoire__in=territoires, axe=AXE_GUICHET)
    debuts = partout(lambda: siens.all().aggregate(m=Min("mois"))["m"]).values()
    return min((debut for debut in debuts if debut), default=None)


def sommer(
    mesures: Collection[str],
    *,
    territoires: Collection[str],
    du: date,
    au: date,
    guichets: Collection[str] | None = None,
    axe: str = AXE_GUICHET,
    par_territoire: bool = False,
) -> dict[str, dict[str, int]]:
    """Line (a counter, eight signs, or a value of ``axe``) → measure → integer, over whole months, both included; from
    the cells alone. What is counted on a day is counted on ``au``; of a distribution, each value is a measure.
    ``par_territoire``: lines are of each territory, « 099:T3 ».

    Of every server that holds some. A line of which nothing was counted is absent, and so is a measure of it. Raises
    ``ValueError`` for days that do not bound months, ``KeyError`` for an unknown measure.
    """
    lues = _cellules(mesures, territoires=territoires, du=du, au=au, guichets=guichets, axe=axe)
    ligne = Concat("territoire", Value(":"), "ligne") if par_territoire else F("ligne")
    return _par_ligne(
        lister_partout(lambda: lues.all().values_list(ligne, "mesure").annotate(Sum("valeur")).order_by())
    )


def sommer_par_mois(
    mesures: Collection[str],
    *,
    territoires: Collection[str],
    du: date,
    au: date,
    guichets: Collection[str] | None = None,
    ensemble: bool = False,
) -> dict[tuple[str, date], dict[str, int]]:
    """(counter, first of month) → measure → integer; as :func:`sommer` otherwise, but what each month adds to what is
    counted on a day. ``ensemble``: all counters together, as one without a name.
    """
    lues = _cellules(mesures, territoires=territoires, du=du, au=au, guichets=guichets, axe=AXE_GUICHET)
    ligne = Value("") if ensemble else F("ligne")
    sommes = lister_partout(
        lambda: lues.all().values_list(ligne, "mois", "mesure").annotate(Sum("valeur")).order_by()
    )
    resultat: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for guichet, mois, mesure, valeur in sommes:
        resultat[guichet, mois][mesure] += valeur
    return {cle: dict(comptes) for cle, comptes in resultat.items()}


def recalculer(
    mesures: Collection[str],
    *,
    territoires: Collection[str],
    du: date,
    au: date,
    scellement: int | None = None,
    axe: str = AXE_GUICHET,
) -> dict[str, dict[str, int]]:
    """The same as :func:`sommer` from the files, for any days, as known at ``scellement`` (now without it), as
    :func:`relire` does.
    """
    lues = relire(mesures, territoires=territoires, du=du, au=au, scellement=scellement)
    return _par_ligne(
        (ligne, mesure, v)
        for (_, ligne, _), comptes in lues.get(axe, {}).items()
        for mesure, v in comptes.items()
    )


def relire(
    mesures: Collection[str],
    *,
    territoires: Collection[str],
    du: date,
    au: date,
    scellement: int | None = None,
) -> Relues:
    """What the files say of these days, in one reading, as known at ``scellement`` (now without it).

    Demandes erased since are no longer counted. Runs an engine: not in a process that serves pages without need.
    Raises ``KeyError`` for an unknown measure, ``MoteurEnPanne``.
    """
    faits = {mesure_de(code).fait for code in mesures}
    ordre = ordre_de_compter(faits, _filtre(territoires, du, au, scellement=scellement))
    with dossier_de_travail() as travail:
        cellules = lancer.executer(ordre, travail=travail)
    lues: dict[str, dict[tuple[str, str, date], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for territoire, axe, ligne, mois, mesure, valeur in cellules:
        if mesure in mesures or mesure.partition(EGALE)[0] in mesures:
            lues[axe][territoire, ligne, date.fromisoformat(mois)][mesure] += valeur
    return lues


def list_derriere(
    mesure: str,
    *,
    guichets: Collection[str] | None,
    territoires: Collection[str],
    du: date,
    au: date,
    axe: tuple[str, Collection[str]] | None = None,
    scellement: int | None = None,
    dire: Collection[str] = (),
    au_dela: int | None = None,
) -> Derriere:
    """The demandes that a figure is made of: the same compiled sum, by key instead of by counter. ``axe``: an axis of
    the fact and some of its values, instead of counters; ``scellement``: as known at that seal, now without it;
    ``dire``: columns of the fact that say why each is there; ``au_dela``: of a distribution, the cases past that value.
    Days bound months, but at a seal.

    It asks no right: who shows them has to. Raises ``KeyError`` for an unknown measure, or axis of it,
    ``MoteurEnPanne``.
    """
    lue = MESURES[mesure]
    debut = LE_DEBUT if lue.cumulee else du
    filtre = {
        **_filtre(territoires, debut, au, guichets=guichets, scellement=scellement),
        "axe": (FAITS[lue.fait].axes[axe[0]], sorted(axe[1])) if axe else None,
        "borne": None if au_dela is None else _borne(lue, au_dela, au),
    }
    ordre = _ordre_de_detailler(lue, filtre, dire)
    with dossier_de_travail() as travail:
        lues = {cle: (n, tuple(dits)) for cle, n, *dits in lancer.executer(ordre, travail=travail)}
    connues = CleStatistique.objects.filter(cle__in=lues.keys()).values_list("cle", "demande_id")
    tenues = dict(lister_partout(connues.all))
    effacees = sum(n for cle, (n, _) in lues.items() if cle not in tenues)
    if scellement is None:  # as known then, what was erased is counted nowhere
        sur, lignes = axe or (AXE_GUICHET, guichets)
        gardees = _cellules(
            [mesure], territoires=territoires, du=du, au=au, guichets=lignes, axe=sur, modele=AgregatEfface
        )
        des_cellules = lister_partout(gardees.values_list("mesure", "valeur").all)
        effacees += sum(n for code, n in des_cellules if _passe(code, au_dela, au))
    return Derriere(
        tuple(tenues.values()),
        effacees,
        {demande: lues[cle][1] for cle, demande in tenues.items()},
        {demande: lues[cle][0] for cle, demande in tenues.items()},
    )


def _ordre_de_detailler(mesure: Mesure, filtre: Mapping[str, Any], dire: Collection[str]) -> dict[str, Any]:
    a_lire = faits_a_lire([mesure.fait])[mesure.fait]
    return {
        "ordre": "detailler",
        "fait": mesure.fait,
        **{ce_que: a_lire[ce_que] for ce_que in ("fichiers", "colonnes", "anciens")},
        "sql": lire(mesure.fait, forme=Forme.DETAIL),
        "mesure": mesure.code,
        "filtre": filtre,
        "dire": sorted(dire),
    }


def _passe(code: str, au_dela: int | None, au: date) -> bool:
    """Whether a cell, of one value of a distribution, is of cases past that value."""
    if au_dela is None:
        return True
    _, signe, borne = _borne(mesure_de(code), au_dela, au)
    valeur = int(code.partition(EGALE)[2])
    return valeur < borne if signe == "<" else valeur > borne


def _borne(mesure: Mesure, au_dela: int, au: date) -> tuple[str, str, int]:
    """Which rows are past a value; of a month of origin, that was so many months before ``au``."""
    if mesure.colonne == MOIS_D_ORIGINE:
        return mesure.colonne, "<", au.year * 12 + au.month - 1 - au_dela
    return mesure.colonne, ">", au_dela


def _cellules(
    mesures: Collection[str],
    *,
    territoires: Collection[str],
    du: date,
    au: date,
    guichets: Collection[str] | None,
    axe: str,
    modele: type[Agregat | AgregatEfface] = Agregat,
) -> Any:
    if du.day != 1 or (au + timedelta(days=1)).day != 1:
        raise ValueError("cells are of whole months")
    simples: dict[bool, list[str]] = {False: [], True: []}
    voulues = Q()
    for code in mesures:
        mesure = mesure_de(code)
        if mesure.colonne and code == mesure.code:
            voulues |= Q(mesure__startswith=code + EGALE) & (Q() if mesure.cumulee else Q(mois__gte=du))
        else:
            simples[mesure.cumulee].append(code)
    voulues |= Q(mesure__in=simples[True]) | Q(mesure__in=simples[False], mois__gte=du)
    lues = modele._default_manager.filter(voulues, territoire__in=territoires, axe=axe, mois__lte=au)
    return lues if guichets is None else lues.filter(ligne__in=guichets)


def _filtre(
    territoires: Collection[str],
    du: date,
    au: date,
    *,
    guichets: Collection[str] | None = None,
    scellement: int | None = None,
) -> Mapping[str, Any]:
    return {
        "territoires": sorted(territoires),
        "guichets": None if guichets is None else sorted(guichets),
        "du": du.isoformat(),
        "au": au.isoformat(),
        "scellement": scellement,
    }


def _par_ligne(lues: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    sommes: dict[tuple[str, str], int] = defaultdict(int)
    for ligne, mesure, valeur in lues:
        sommes[ligne, mesure] += valeur
    resultat: dict[str, dict[str, int]] = defaultdict(dict)
    for (ligne, mesure), valeur in sommes.items():
        if valeur:
            resultat[ligne][mesure] = valeur
    return dict(resultat)
