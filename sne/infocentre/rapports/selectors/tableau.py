"""A report computed for one place and one period: the one function behind pages, files and mails, which asks nobody."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sne.infocentre.lac.selectors import Sceau, a_efface, get_fraicheur, get_sceau, pourquoi
from sne.infocentre.lac.selectors.guichets import list_epoques
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports.parametres import ParametresRapports
from sne.infocentre.rapports.rules.cellules import Seuils, additionner
from sne.infocentre.rapports.rules.comparer import entrelacer
from sne.infocentre.rapports.rules.formules import Definition, Niveau, carte, objectif
from sne.infocentre.rapports.rules.grains import (
    AXE_LU,
    AXES,
    CATEGORIES_ORGANISME,
    GRAINS,
    HORS_DU_LAC,
    TRAITS,
    Grain,
    grains_de,
)
from sne.infocentre.rapports.rules.lieux import Portee
from sne.infocentre.rapports.rules.lignes import (
    Matiere,
    cle_des_comptes,
    dresser,
    moyenne,
    totaliser,
    trier,
)
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.secret import Case, Secret, masque
from sne.infocentre.rapports.rules.termes import lire_terme, mesures_de
from sne.infocentre.rapports.selectors.axes import Lignes, lire_lignes
from sne.infocentre.rapports.selectors.catalogue import get_lectures, list_definitions
from sne.infocentre.rapports.selectors.comptes import (
    Comptes,
    absence,
    ajouter_les_delais,
    compter,
    compter_les_annees,
    compter_par_epoque,
    inconnus,
    lire_debuts,
    termes_de,
)
from sne.infocentre.rapports.selectors.lieux import dire_ailleurs, nom_du_lieu
from sne.infocentre.rapports.selectors.versions import VersionLue
from sne.infocentre.rapports.tableau import Colonne, EtatCellule, Ligne, Tableau
from sne.referentiels.rules import CategorieOrganisme, FicheGuichet, TypeOrganisme
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.referentiels.selectors.guichets import list_fiches_des
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import pluriel
from sne.suivi.rules.colonnes import TYPES_ORGANISME

RIEN_DE_CONNU = "Rien n’était encore connu ce jour-là : choisissez un jour plus récent."
SANS_MOTEUR = (
    "Ces chiffres n’ont pas pu être relus tels qu’ils étaient connus. Réessayez dans quelques minutes, ou sur une "
    "période plus courte."
)
DEUX_NOMBRES = "taux remplacé par ses deux nombres,taux remplacés par leurs deux nombres"
HORS_DU_REGISTRE = ("QUARTILE_QPV", "QUARTILE_HORS_QPV")
SANS_QUARTILE = (
    "Le registre ne connaît pas le quartile de ressources du ménage, dont les seuils sont fixés pour chaque "
    "intercommunalité : ce chiffre n’est pas calculable."
)
EFFACEES = (
    "Des demandes ont été effacées depuis : leurs actes ne sont plus dans ces chiffres. L’édition gardée alors, s’il y "
    "en a une, les a encore."
)
COMPTES_AILLEURS = (
    "ce qu’il en a compté peut manquer à ces chiffres, relus à une date passée. Ceux d’aujourd’hui sont "
    "complets."
)


@dataclass(frozen=True, slots=True)
class Contre:
    """What a table is compared with: the same place in another period, line by line, or another place, as a whole.

    ``code``: as addresses and editions keep it.
    """

    code: str
    portee: Portee
    periode: Periode
    libelle: str


@dataclass(frozen=True, slots=True)
class Demandee:
    """What is asked for: a version, what is read of a place, a period; by which lines, which of them, in which order.

    ``type_organisme``, ``categorie``: only those counters, empty for all. ``tri``: code of a column, empty for names.
    ``connu_le``: as known at the end of that day. ``constant``: only the counters open throughout both periods.
    ``actuels``: counters with the body and the commune that they have today, instead of those of each month.
    """

    version: VersionLue
    portee: Portee
    periode: Periode
    grain: Grain = Grain.GUICHET
    type_organisme: str = ""
    categorie: str = ""
    tri: str = ""
    decroissant: bool = False
    contre: Contre | None = None
    connu_le: date | None = None
    constant: bool = False
    actuels: bool = False

    @property
    def comparee(self) -> "Demandee | None":
        """The same of what it is compared with."""
        if self.contre is None:
            return None
        ici = replace(self.contre, portee=self.portee, periode=self.periode)
        return replace(self, portee=self.contre.portee, periode=self.contre.periode, contre=ici)

    @property
    def territoires(self) -> frozenset[str]:
        """Those that are read, for itself and for what it is compared with."""
        return frozenset(self.portee.territoires) | set(self.contre.portee.territoires if self.contre else ())

    @property
    def entiere(self) -> bool:
        """Whether every counter of the territories is asked for."""
        return not (self.portee.partielle or self.type_organisme or self.categorie or self.constant)

    def garde(self, fiche: FicheGuichet) -> bool:
        """Whether this counter is asked for, and may be."""
        return (
            self.portee.retient(fiche)
            and self.type_organisme in ("", fiche.type_organisme)
            and self.categorie in ("", fiche.categorie)
        )

    def dure(self, fiche: FicheGuichet) -> bool:
        """Whether the counter was open on every day of both periods, when it has to."""
        if not self.constant:
            return True
        periodes = [self.periode, *([self.contre.periode] if self.contre else [])]
        du, au = min(p.du for p in periodes), max(p.au for p in periodes)
        debut, fin = fiche.periode.debut, fiche.periode.fin
        return (debut is None or debut <= du) and (fin is None or fin >= au)


@dataclass(frozen=True, slots=True)
class Lu:
    """The table, and what it was made of."""

    tableau: Tableau
    matiere: Matiere


def assembler(demandee: Demandee, *, instant: datetime, scellement: int | None = None) -> Lu:
    """The table of a report. ``scellement``: as known at that seal, computed again; the cells of today otherwise.

    Whoever asks has narrowed ``demandee.portee``, and that of what it is compared with, to what they may read. Raises
    ``Interdit`` when what was known on a day cannot be computed, ``MoteurEnPanne`` at a seal.
    """
    le = jour(instant)
    definitions = list_definitions(demandee.version, le=le)
    sceau = get_sceau(demandee.connu_le) if demandee.connu_le else None
    a_lire = scellement
    if demandee.connu_le:
        a_lire = sceau.numero if sceau else None
    entiere, comparee = _lire(demandee, definitions, le=le, scellement=a_lire)
    matiere = _restreindre(entiere, demandee)
    rang = next((i for i, d in enumerate(definitions) if d.code == demandee.tri), None)
    lignes = trier(dresser(matiere, demandee.grain), rang, decroissant=demandee.decroissant)
    sommable = demandee.entiere or demandee.grain not in AXES
    dernieres = (
        totaliser(matiere) if sommable else None,
        moyenne(entiere) if demandee.portee.organismes is not None else None,
    )
    toutes = (*lignes, *(ligne for ligne in dernieres if ligne))
    if comparee and demandee.contre:
        toutes = entrelacer(toutes, _en_face(comparee, demandee), demandee.contre.libelle)
    fraicheur, lectures = get_fraicheur(), get_lectures(le)
    tableau = Tableau(
        code=demandee.version.rapport,
        titre=demandee.version.vie.nom(instant),
        version=demandee.version.numero,
        perimetre=nom_du_lieu(demandee.portee.lieu),
        du=demandee.periode.du,
        au=demandee.periode.au,
        scellement=fraicheur.scellement if a_lire is None else a_lire,
        scelle_le=sceau.scelle_le if sceau else fraicheur.scelle_le if a_lire is None else None,
        colonnes=tuple(
            Colonne(d.code, _titre(d, demandee.periode, lectures), d.unite, d.decimales, carte(d, lectures))
            for d in definitions
        ),
        lignes=toutes,
        filtres=_filtres(demandee, sceau),
        avertissements=_avertir(entiere, lignes, demandee),
    )
    return Lu(tableau, matiere)


def _titre(definition: Definition, periode: Periode, lectures: Mapping[str, str]) -> str:
    """The head of its column, with what it has to reach."""
    vise = objectif(definition, lectures)
    return definition.titre(periode) + (f" (objectif {vise})" if vise else "")


def grains_du_rapport(version: VersionLue, *, le: date) -> dict[Grain, str]:
    """The lines by which a version is shown: those made of counters, then the axes that one of its figures has."""
    offerts: dict[Grain, str] = {}
    for definition in list_definitions(version, le=le):
        if definition.niveau is Niveau.GUICHET and definition.termes:
            offerts |= grains_de(mesures_de(definition.termes))
    return {g: nom for g, nom in {**GRAINS, **AXES}.items() if g in GRAINS or g in offerts}


def _lire(
    demandee: Demandee, definitions: tuple[Definition, ...], *, le: date, scellement: int | None
) -> tuple[Matiere, Matiere | None]:
    """What is asked for, and what it is compared with."""
    comparee = demandee.comparee
    try:
        return (
            _preparer(demandee, definitions, le=le, scellement=scellement),
            _restreindre(_preparer(comparee, definitions, le=le, scellement=scellement), comparee)
            if comparee
            else None,
        )
    except MoteurEnPanne as panne:
        if demandee.connu_le is None:
            raise
        raise Interdit(pourquoi(panne, SANS_MOTEUR)) from panne


def _en_face(matiere: Matiere, demandee: Demandee) -> tuple[Ligne, ...]:
    """The lines of what it is compared with: each of them in the same place, only their whole in another."""
    total = totaliser(matiere)
    ici = demandee.contre is not None and demandee.contre.portee.lieu == demandee.portee.lieu
    return (*(dresser(matiere, demandee.grain) if ici else ()), *((total,) if total else ()))


def _preparer(
    demandee: Demandee, definitions: tuple[Definition, ...], *, le: date, scellement: int | None
) -> Matiere:
    """Everything that the territories of the place did, whoever may read which line."""
    territoires, periode = demandee.portee.territoires, demandee.periode
    parametres = get_parametres(le)[ParametresRapports]
    fiches = list_fiches_des(territoires)
    inconnu = demandee.connu_le is not None and scellement is None
    rien = RIEN_DE_CONNU if inconnu else absence(territoires, periode)
    termes = tuple(t for t in termes_de(definitions, Niveau.GUICHET) if t.mesure not in HORS_DU_LAC)
    lire = partial(compter, territoires=territoires, periode=periode, scellement=scellement)
    comptes = lire(termes) if not rien else {}
    lues = tuple(
        fiche
        for code, fiche in fiches.items()
        if (code in comptes or _ouvert_dans(fiche, periode)) and demandee.dure(fiche)
    )
    actuelles = lues
    if not demandee.actuels and not rien:
        epoques = list_epoques({f.territoire + f.code: f for f in lues})
        compter_par_epoque(comptes, epoques, partial(lire, termes))
        lues = tuple(
            e for f in lues for e in epoques.get(f.territoire + f.code, (f,)) if _compte(comptes, e, periode)
        )
    manques = inconnus(termes, periode, lire_debuts(termes, territoires)) if not rien else {}
    manques |= dict.fromkeys(HORS_DU_REGISTRE, SANS_QUARTILE)
    manques |= ajouter_les_delais(comptes, termes, lues, le=periode.au)
    de_l_annee = termes_de(definitions, Niveau.ORGANISME_ANNEE)
    axe, caches = (
        _lire_l_axe(demandee, definitions, lire, le=le)
        if demandee.grain in AXES and not rien
        else ({}, frozenset[Case]())
    )
    noms = get_geographie().territoires
    return Matiere(
        definitions=definitions,
        fiches=lues,
        comptes=comptes,
        annee=compter_les_annees(
            de_l_annee, actuelles, territoires, periode, scellement=scellement, connues_le=demandee.connu_le
        )
        if de_l_annee and not rien
        else {},
        decoupage=get_decoupage(),
        territoires={code: noms[code].nom for code in territoires},
        lectures=get_lectures(le),
        seuils=Seuils(parametres.rapport_denominateur_fragile, parametres.rapport_denominateur_minimal),
        absence=rien,
        axe=axe,
        inconnus=manques,
        caches=caches,
    )


def _lire_l_axe(
    demandee: Demandee, definitions: tuple[Definition, ...], lire: Callable[..., Comptes], *, le: date
) -> tuple[Lignes, frozenset[Case]]:
    """Lines that are not made of counters: the terms that can be counted so, those of the place that are read; what is
    hidden of them.
    """
    grain, parametres = demandee.grain, get_parametres(le)[ParametresRapports]
    lisibles = [t for t in termes_de(definitions, Niveau.GUICHET) if grain in grains_de({t.mesure})]
    secrete = demandee.portee.secrete and grain in TRAITS
    comptes = lire(lisibles, axe=AXE_LU[grain], par_territoire=secrete)
    if not secrete:
        return lire_lignes(grain, comptes, demandee.portee, le=le), frozenset()
    par_territoire: dict[str, Comptes] = defaultdict(dict)
    for cle, lus in comptes.items():
        territoire, _, valeur = cle.partition(":")
        par_territoire[territoire][valeur] = lus
    valeurs = sorted({valeur for lues in par_territoire.values() for valeur in lues})
    reunies = {v: additionner(lues.get(v, {}) for lues in par_territoire.values()) for v in valeurs}
    secret = Secret(parametres.rapport_secret_seuil, parametres.rapport_secret_etendue)
    caches = masque(par_territoire, definitions, secret, region_de=get_decoupage().region_de)
    return lire_lignes(grain, reunies, demandee.portee, le=le), caches


def _restreindre(entiere: Matiere, demandee: Demandee) -> Matiere:
    """What is left of it for the lines that are asked for."""
    return replace(entiere, fiches=tuple(f for f in entiere.fiches if demandee.garde(f)))


def _a_sa_fenetre(definition: Definition) -> bool:
    """Whether its title says which year it is of."""
    return any(lire_terme(texte).fenetre for texte in definition.termes)


def _compte(comptes: Comptes, fiche: FicheGuichet, periode: Periode) -> bool:
    return bool(comptes.get(cle_des_comptes(comptes, fiche))) or _ouvert_dans(fiche, periode)


def _ouvert_dans(fiche: FicheGuichet, periode: Periode) -> bool:
    """Whether the counter was open on some day of the period."""
    debut, fin = fiche.periode.debut, fiche.periode.fin
    return (debut is None or debut <= periode.au) and (fin is None or fin >= periode.du)


def _filtres(demandee: Demandee, sceau: Sceau | None) -> tuple[tuple[str, str], ...]:
    """What narrows the lines, in words."""
    lus = (
        ("Lignes", {**GRAINS, **AXES}[demandee.grain]),
        ("Type d’organisme", TYPES_ORGANISME[TypeOrganisme(demandee.type_organisme)])
        if demandee.type_organisme
        else ("", ""),
        ("Catégorie d’organisme", CATEGORIES_ORGANISME[CategorieOrganisme(demandee.categorie)])
        if demandee.categorie
        else ("", ""),
        ("Organismes d’aujourd’hui", "chaque guichet avec l’organisme et la commune qu’il a aujourd’hui")
        if demandee.actuels
        else ("", ""),
        ("Vos organismes", "guichets de votre organisme, et moyenne du territoire")
        if demandee.portee.organismes is not None
        else ("", ""),
        ("Comparé à", demandee.contre.libelle) if demandee.contre else ("", ""),
        ("Périmètre constant", "guichets ouverts pendant toute la période, comparaison comprise")
        if demandee.constant
        else ("", ""),
        ("Tel que connu le", _connu_en_mots(demandee.connu_le, sceau)) if demandee.connu_le else ("", ""),
    )
    return tuple(filtre for filtre in lus if filtre[0])


def _connu_en_mots(le: date, sceau: Sceau | None) -> str:
    suite = f"scellement {sceau.numero}" if sceau else "avant le premier scellement"
    return f"{le:%d/%m/%Y}, {suite}"


def _avertir(entiere: Matiere, lignes: tuple[Ligne, ...], demandee: Demandee) -> tuple[str, ...]:
    """What a reader has to know of these figures, wherever they go."""
    fragiles = sum(c.etat is EtatCellule.FRAGILE for ligne in lignes for c in ligne.cellules)
    petits = sum(c.etat is EtatCellule.TROP_PETIT for ligne in lignes for c in ligne.cellules)
    connus = {f.territoire + f.code for f in entiere.fiches}
    ailleurs = (
        sum(code.partition("@")[0] not in connus for code in entiere.comptes) if demandee.entiere else 0
    )
    dits = (
        f"{pluriel(fragiles, 'taux fragile,taux fragiles')}\u00a0: moins de {entiere.seuils.fragile} cas."
        if fragiles
        else "",
        f"{pluriel(petits, DEUX_NOMBRES)} : moins de "
        f"{entiere.seuils.trop_petit} cas. Choisissez une période plus longue."
        if petits
        else "",
        f"RPLS et ce qui s’y compare sont de l’année civile {demandee.periode.annee} entière, les autres colonnes de "
        "la période choisie."
        if demandee.grain is Grain.ORGANISME
        and demandee.periode != demandee.periode.annee_entiere
        and any(d.niveau is Niveau.ORGANISME_ANNEE and not _a_sa_fenetre(d) for d in entiere.definitions)
        else "",
        "Le type et la catégorie d’organisme ne restreignent pas ces lignes."
        if demandee.grain in AXES and (demandee.type_organisme or demandee.categorie)
        else "",
        f"{pluriel(ailleurs, 'guichet inconnu,guichets inconnus')} du référentiel : leurs actes ne sont dans aucune "
        "ligne."
        if ailleurs
        else "",
        EFFACEES
        if demandee.connu_le
        and a_efface(demandee.portee.territoires, du=demandee.periode.du, au=demandee.periode.au)
        else "",
        dire_ailleurs(demandee.territoires, COMPTES_AILLEURS) if demandee.connu_le else "",
    )
    return tuple(dit for dit in dits if dit)
