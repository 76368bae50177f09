"""The demandes behind one figure, and on which line it is."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from sne.cellules.routage import lister_partout
from sne.infocentre.lac.selectors import Derriere as Trouvees
from sne.infocentre.lac.selectors import get_sceau, list_derriere, pourquoi
from sne.infocentre.lac.selectors.guichets import list_epoques
from sne.infocentre.mesures.catalogue import mesure_de
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports.rules.derriere import Derriere
from sne.infocentre.rapports.rules.grains import AXE_LU, AXES, Grain, cle, libelle
from sne.infocentre.rapports.rules.raisons import colonnes_a_dire, raison
from sne.infocentre.rapports.rules.termes import Terme, fenetre
from sne.infocentre.rapports.selectors.axes import list_valeurs, nommer
from sne.infocentre.rapports.selectors.tableau import Demandee
from sne.referentiels.rules import FicheGuichet
from sne.referentiels.selectors import get_geographie
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.referentiels.selectors.guichets import list_fiches_des
from sne.registre.demande.selectors.existence import list_nuds, list_nuds_derriere
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable

SANS_REPONSE = (
    "La liste n’a pas pu être établie. Réessayez dans quelques minutes, ou sur une période plus courte."
)
COMPTEES_AILLEURS = "les demandes qu’il a comptées peuvent manquer à cette liste."
SANS_LIGNE = "Cette ligne n’est pas dans ce rapport. Revenez au tableau."


@dataclass(frozen=True, slots=True)
class DossiersDerriere:
    """Demandes behind a figure, in the order of their identifiers, and why each is there.

    ``actes``: how much of the figure they make, more than there are of them when some count several times;
    ``effacees``: how much of it is of demandes erased since. Both are the figure.
    """

    demandes: tuple[uuid.UUID, ...]
    effacees: int
    raisons: Mapping[uuid.UUID, str] = field(default_factory=dict)
    actes: int = 0


@dataclass(frozen=True, slots=True)
class LigneDeDetail:
    """One demande. ``ouvrable``: this person may open its file; ``raison``: why it is behind the figure."""

    demande_id: uuid.UUID
    nud: str
    ouvrable: bool
    raison: str = ""


@dataclass(frozen=True, slots=True)
class LigneChoisie:
    """One line of a table: its name, and its counters (8 signs), ``None`` for all those of the territories.

    ``epoques``: of counters that changed, the days of them that the line has, instead of ``guichets``. ``axe``: of a
    line that is not made of counters, the axis and the values that it gathers.
    """

    libelle: str
    guichets: tuple[str, ...] | None
    epoques: tuple[FicheGuichet, ...] = ()
    axe: tuple[str, tuple[str, ...]] | None = None


def get_ligne(demandee: Demandee, ligne: str) -> LigneChoisie:
    """The line that an address names (« GUICHET:099G0993 »), of those that are asked for. Raises ``Introuvable``."""
    portee = demandee.portee
    grain, _, code = ligne.partition(":")
    if grain not in set(Grain) - {Grain.MOYENNE}:
        raise Introuvable(SANS_LIGNE)
    if grain in set(AXES):
        return _valeur(demandee, Grain(grain), code)
    if grain == Grain.TOTAL and demandee.entiere:
        return LigneChoisie("Ensemble", None)
    decoupage, noms = get_decoupage(), get_geographie().territoires
    fiches = list_fiches_des(portee.territoires)
    passees = {} if demandee.actuels else list_epoques(fiches)
    siennes = [
        f
        for guichet, fiche in fiches.items()
        for f in passees.get(guichet, (fiche,))
        if demandee.dure(fiche) and demandee.garde(f) and cle(Grain(grain), f, decoupage) == code
    ]
    if not siennes:
        raise Introuvable(SANS_LIGNE)
    territoires = {t: noms[t].nom for t in portee.territoires}
    return LigneChoisie(
        libelle(Grain(grain), siennes[0], decoupage, territoires),
        tuple(_cle(f) for f in siennes if _cle(f) not in passees),
        tuple(f for f in siennes if _cle(f) in passees),
    )


def _valeur(demandee: Demandee, grain: Grain, code: str) -> LigneChoisie:
    valeurs = list_valeurs(grain, code, demandee.portee)
    if not valeurs:
        raise Introuvable(SANS_LIGNE)
    nom = nommer(grain, [code], le=demandee.periode.au)[code]
    return LigneChoisie(nom, None, axe=(AXE_LU[grain], valeurs))


def list_dossiers_derriere(mesures: Derriere, demandee: Demandee, choisie: LigneChoisie) -> DossiersDerriere:
    """The demandes that the measures count there, less those that they take away.

    Raises ``Interdit`` when the engine does not answer.
    """
    try:
        return _compter(mesures, demandee, choisie)
    except MoteurEnPanne as panne:
        raise Interdit(pourquoi(panne, SANS_REPONSE)) from panne


def _compter(mesures: Derriere, demandee: Demandee, choisie: LigneChoisie) -> DossiersDerriere:
    sceau = get_sceau(demandee.connu_le) if demandee.connu_le else None
    if demandee.connu_le and sceau is None:
        return DossiersDerriere((), 0)
    scellement = sceau.numero if sceau else None
    avec, sans = (
        [(terme, lu) for terme in cote for lu in _derriere(terme, demandee, choisie, scellement)]
        for cote in (mesures.avec, mesures.sans)
    )
    nombres: Counter[uuid.UUID] = Counter()
    for cote, sens in ((avec, 1), (sans, -1)):
        for _, lu in cote:
            for demande in lu.demandes:
                nombres[demande] += sens * lu.nombres.get(demande, 1)
    demandes = sorted(demande for demande, nombre in nombres.items() if nombre > 0)
    effacees = sum(lu.effacees for _, lu in avec) - sum(lu.effacees for _, lu in sans)
    raisons = {
        demande: raison(terme.mesure, dits) + _fois(nombres[demande])
        for terme, lu in avec
        for demande, dits in lu.dits.items()
    }
    return DossiersDerriere(tuple(demandes), max(0, effacees), raisons, sum(nombres[d] for d in demandes))


def _fois(nombre: int) -> str:
    return f", {nombre}\u00a0fois dans ce chiffre" if nombre > 1 else ""


def _derriere(
    terme: Terme, demandee: Demandee, choisie: LigneChoisie, scellement: int | None
) -> Iterator[Trouvees]:
    jours = fenetre(terme.fenetre, demandee.periode)
    lire = partial(
        list_derriere,
        terme.mesure,
        territoires=demandee.portee.territoires,
        scellement=scellement,
        dire=colonnes_a_dire(terme.mesure),
        au_dela=int(terme.seuil) if terme.seuil else None,
    )
    if choisie.guichets != ():
        yield lire(guichets=choisie.guichets, du=jours.du, au=jours.au, axe=choisie.axe)
    for fiche in choisie.epoques:
        siens = jours.parmi(fiche.periode.debut, fiche.periode.fin)
        if siens and (siens.au == jours.au or not mesure_de(terme.mesure).cumulee):
            yield lire(guichets=[_cle(fiche)], du=siens.du, au=siens.au)


def presenter_dossiers(
    demandes: tuple[uuid.UUID, ...], acteur: Acteur, *, raisons: Mapping[uuid.UUID, str] | None = None
) -> tuple[LigneDeDetail, ...]:
    """A page of them, with their numbers and why each is there; those that were erased meanwhile are left out."""
    dites = raisons or {}
    nuds = dict(lister_partout(lambda: list_nuds_derriere(demandes, acteur).items()))
    lisibles = set(lister_partout(lambda: list_nuds(demandes, acteur)))
    return tuple(LigneDeDetail(d, nuds[d], d in lisibles, dites.get(d, "")) for d in demandes if d in nuds)


def _cle(fiche: FicheGuichet) -> str:
    return fiche.territoire + fiche.code
