"""What a subscription asks of the reports: which version follows which, what it may be set to, its table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sne.infocentre.abonnements.rules.decisions import Connus
from sne.infocentre.abonnements.rules.migration import Lien
from sne.infocentre.abonnements.rules.periodes import Couverte
from sne.infocentre.abonnements.rules.places import Place, roles_de
from sne.infocentre.abonnements.selectors.lecteurs import get_portee
from sne.infocentre.fichiers.formats import Format
from sne.infocentre.lac.selectors import get_fraicheur
from sne.infocentre.rapports.policies import est_lu_par
from sne.infocentre.rapports.rules.formules import Niveau
from sne.infocentre.rapports.rules.grains import AXES, CATEGORIES_ORGANISME, GRAINS, TRAITS, Grain
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.vie import SortColonne
from sne.infocentre.rapports.selectors.catalogue import list_definitions
from sne.infocentre.rapports.selectors.contre import get_contre
from sne.infocentre.rapports.selectors.lieux import nom_du_lieu
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler, grains_du_rapport
from sne.infocentre.rapports.selectors.versions import RapportLu, VersionLue, get_rapport, list_passages
from sne.infocentre.rapports.tableau import Tableau
from sne.infocentre.rpls.selectors import list_millesimes
from sne.referentiels.selectors import list_fiches
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import debut_du_jour, jour
from sne.suivi.rules.colonnes import TYPES_ORGANISME

GRAIN, TYPE, CATEGORIE = "grain", "type_organisme", "categorie"
FILTRES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    GRAIN: ("Lignes", {str(g): nom for g, nom in {**GRAINS, **AXES}.items()}),
    TYPE: ("Type d’organisme", {str(t): nom for t, nom in TYPES_ORGANISME.items()}),
    CATEGORIE: ("Catégorie d’organisme", {str(c): nom for c, nom in CATEGORIES_ORGANISME.items()}),
}
"""By code: what a filter is called, and its values in words."""
CONTRE, CONNU_LE, CONSTANT, ACTUELS, SECRET = "contre", "connu_le", "constant", "actuels", "secret"
DEMANDES = {
    CONTRE: "Comparé à",
    CONNU_LE: "Tel que connu le",
    CONSTANT: "Périmètre constant",
    ACTUELS: "Organismes d’aujourd’hui",
    SECRET: "Petits nombres cachés",
}
"""What only a table taken away from its page is narrowed to."""
MONTREES = {TYPE: "TYPE_ORGANISME", CATEGORIE: "CATEGORIE_ORGANISME"}
"""A version filters by what it shows: the column that each filter is on."""


def get_suivante(rapport: RapportLu, numero: int, instant: datetime) -> VersionLue | None:
    """The newest version read at that instant, when it came after ``numero``."""
    courantes = rapport.courantes(instant)
    return courantes[0] if courantes and courantes[0].numero > numero else None


def get_connus(version: VersionLue, place: Place, *, le: date) -> Connus:
    """What a subscription of this place to this version may be set to on a day."""
    colonnes = frozenset(colonne.indicateur for colonne in version.colonnes)
    grains = frozenset(map(str, grains_du_rapport(version, le=le)))
    return Connus(
        colonnes=colonnes,
        filtres={
            code: tuple(v for v in valeurs if code != GRAIN or v in grains)
            for code, (_, valeurs) in FILTRES.items()
            if MONTREES.get(code) in {None, *colonnes}
        },
        formats=tuple(f.value for f in Format),
        roles=tuple(str(role) for role in roles_de(place) if est_lu_par(version.rapport, role)),
    )


def list_liens(ancienne: VersionLue, nouvelle: VersionLue) -> tuple[Lien, ...]:
    """What becomes of each column from one version to another."""
    identiques = {SortColonne.IDENTIQUE, SortColonne.RENOMMEE}
    return tuple(
        Lien(p.ancienne, p.nouvelle, p.sort in identiques) for p in list_passages(ancienne, nouvelle)
    )


def list_publications(rapport: str, *, le: date) -> tuple[date, ...]:
    """Days on which the report had a new version, those to come too, or a vintage of RPLS when it shows its figures."""
    versions = get_rapport(rapport).versions.values()
    jours = [jour(v.vie.publiee_le) for v in versions if v.vie.publiee_le]
    if any(d.niveau is Niveau.ORGANISME_ANNEE for v in versions for d in list_definitions(v, le=le)):
        jours += [jour(millesime.charge_le) for millesime in list_millesimes()]
    return tuple(sorted(jours))


def est_couverte(periode: Couverte) -> bool:
    """Whether the figures go to the end of a period: the lake was poured since it ended."""
    fraicheur = get_fraicheur()
    fin = debut_du_jour(date.fromordinal(periode.au.toordinal() + 1))
    return any(le is not None and le >= fin for le in (fraicheur.scelle_le, fraicheur.verse_le))


@dataclass(frozen=True, slots=True)
class Voulue:
    """An edition to make: with these filters and this order, for whom, of which period."""

    filtres: tuple[tuple[str, str], ...]
    tri: str
    place: Place
    periode: Couverte


def etablir(
    voulue: Voulue, version: VersionLue, *, instant: datetime, scellement: int | None = None
) -> Tableau:
    """The table of a subscription. Raises ``Introuvable`` (there is nothing left to count in its place)."""
    return assembler(
        demandee_de(voulue, version, le=jour(instant)), instant=instant, scellement=scellement
    ).tableau


def demandee_de(voulue: Voulue, version: VersionLue, *, le: date) -> Demandee:
    """What a subscription asks for on a day. Raises ``Introuvable``."""
    portee = get_portee(voulue.place, le=le)
    if portee is None:
        raise Introuvable("Le lieu de cet abonnement n’existe plus, ou n’est plus lu.")
    filtres, tri = dict(voulue.filtres), voulue.tri
    periode = Periode(voulue.periode.du, voulue.periode.au)
    return Demandee(
        version=version,
        portee=replace(portee, secrete=portee.secrete or SECRET in filtres),
        periode=periode,
        grain=Grain(filtres.get(GRAIN, Grain.GUICHET)),
        type_organisme=filtres.get(TYPE, ""),
        categorie=filtres.get(CATEGORIE, ""),
        tri=tri.removeprefix("-"),
        decroissant=tri.startswith("-"),
        contre=get_contre(
            filtres.get(CONTRE, ""),
            portee,
            periode,
            lire=lambda lieu: get_portee(replace(voulue.place, lieu=lieu, organisme=""), le=le),
        ),
        connu_le=date.fromisoformat(filtres[CONNU_LE]) if CONNU_LE in filtres else None,
        constant=CONSTANT in filtres,
        actuels=ACTUELS in filtres,
    )


def filtres_de(demandee: Demandee) -> tuple[tuple[str, str], ...]:
    """What a table was asked for, as an edition keeps it and :func:`etablir` reads it."""
    lus = {
        GRAIN: demandee.grain.value,
        TYPE: demandee.type_organisme,
        CATEGORIE: demandee.categorie,
        CONTRE: demandee.contre.code if demandee.contre else "",
        CONNU_LE: demandee.connu_le.isoformat() if demandee.connu_le else "",
        CONSTANT: "oui" if demandee.constant else "",
        ACTUELS: "oui" if demandee.actuels else "",
        SECRET: "oui" if demandee.portee.secrete else "",
    }
    return tuple((code, valeur) for code, valeur in lus.items() if valeur)


def est_devoilee(filtres: Iterable[Sequence[str]]) -> bool:
    """Whether an edition kept with these filters shows small counts of households by a trait of them."""
    lus = {code: valeur for code, valeur in filtres}  # noqa: C416 - kept as lists, not as pairs
    return lus.get(GRAIN, "") in set(map(str, TRAITS)) and SECRET not in lus


def nom_de(place: Place) -> str:
    """« Val-d’Aurette », « Office public, Val-d’Aurette »."""
    nom = nom_du_lieu(place.lieu)
    if not place.organisme:
        return nom
    siens = (
        f.organisme_nom for f in list_fiches(place.territoire).values() if f.organisme == place.organisme
    )
    return f"{next(siens, place.organisme)}, {nom}"


def filtres_dits(filtres: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Filters by their names and the words of their values; a code that is not known any more is said as it is."""
    dits = []
    for code, valeur in filtres:
        nom, valeurs = FILTRES.get(code, (DEMANDES.get(code, code), {}))
        dits.append((nom, valeurs.get(valeur, valeur)))
    return tuple(dits)
