"""What the terms of a report count: each in its window, by counter or by an axis; of a body, in its civil year."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from sne.infocentre.lac.selectors import get_debut, list_debuts_propres, recalculer_par_mois, sommer
from sne.infocentre.mesures.catalogue import mesure_de
from sne.infocentre.moteur.cellules import AXE_GUICHET
from sne.infocentre.rapports.rules.formules import Definition, Niveau
from sne.infocentre.rapports.rules.grains import departement
from sne.infocentre.rapports.rules.lignes import LOCATIONS, cle_d_epoque, cle_des_comptes
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.termes import DELAI, Terme, fenetre, lire_terme, nommer, repartition
from sne.infocentre.rpls.selectors import get_lettings
from sne.referentiels.rules import FicheGuichet, TypeOrganisme
from sne.referentiels.selectors import list_commissions
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.templatetags.socle_tags import mois_en_lettres

RIEN_DE_VERSE = "Aucun chiffre n’est encore calculé\u00a0: le premier calcul se fait la nuit."
SANS_DELAI = "Le délai anormalement long n’est pas connu pour chaque département de ce lieu."

type Comptes = dict[str, dict[str, int]]


def termes_de(definitions: Iterable[Definition], niveau: Niveau) -> tuple[Terme, ...]:
    """The terms of the indicators of a level, both readings, in order."""
    textes = {t for d in definitions if d.niveau is niveau for t in d.termes}
    return tuple(lire_terme(t) for t in sorted(textes))


def compter(
    termes: Iterable[Terme],
    *,
    territoires: tuple[str, ...],
    periode: Periode,
    axe: str = AXE_GUICHET,
    scellement: int | None = None,
    seulement: FicheGuichet | None = None,
    par_territoire: bool = False,
) -> Comptes:
    """Line → term → integer. ``scellement``: as known at that seal, from the files; the cells of today otherwise.

    ``seulement``: one counter, in the months that began in its days; ``par_territoire``: lines of each territory.
    """
    par_fenetre: dict[str, dict[str, Terme]] = defaultdict(dict)
    for terme in termes:
        par_fenetre[terme.fenetre][terme.mesure] = terme
    fenetres = {code: fenetre(code, periode) for code in par_fenetre}
    if seulement is not None:
        fenetres, par_fenetre = _dans_ses_jours(seulement, fenetres, par_fenetre)
    guichets = None if seulement is None else [seulement.territoire + seulement.code]
    if scellement is None:
        lues = {
            code: sommer(
                par_fenetre[code],
                territoires=territoires,
                du=f.du,
                au=f.au,
                axe=axe,
                guichets=guichets,
                par_territoire=par_territoire,
            )
            for code, f in fenetres.items()
        }
    else:
        relire = partial(
            recalculer_par_mois,
            territoires=territoires,
            scellement=scellement,
            axe=axe,
            par_territoire=par_territoire,
        )
        lues = _comme_connues(par_fenetre, fenetres, relire)
    comptes: Comptes = defaultdict(lambda: defaultdict(int))
    for code, lignes in lues.items():
        for ligne, mesures in lignes.items():
            if guichets is not None and ligne not in guichets:
                continue
            for mesure, valeur in mesures.items():
                terme = par_fenetre[code][mesure_de(mesure).code]
                comptes[ligne][nommer(mesure, terme, fenetres[code].au)] += valeur
    return {ligne: dict(lu) for ligne, lu in comptes.items()}


def _dans_ses_jours(
    fiche: FicheGuichet, fenetres: dict[str, Periode], par_fenetre: dict[str, dict[str, Terme]]
) -> tuple[dict[str, Periode], dict[str, dict[str, Terme]]]:
    """What is left of the windows: months that began in its days; what is counted on a day, if that month did."""
    reste: dict[str, Periode] = {}
    termes: dict[str, dict[str, Terme]] = {}
    for code, f in fenetres.items():
        siens = f.parmi(fiche.periode.debut, fiche.periode.fin)
        finit = siens is not None and siens.au == f.au
        gardes = {m: t for m, t in par_fenetre[code].items() if finit or not mesure_de(m).cumulee}
        if siens is not None and gardes:
            reste[code], termes[code] = siens, gardes
    return reste, termes


def compter_par_epoque(
    comptes: Comptes, epoques: Mapping[str, tuple[FicheGuichet, ...]], lire: Callable[..., Comptes]
) -> None:
    """Replace the counts of a counter that changed by those of each stretch of its days."""
    for guichet, fiches in epoques.items():
        comptes.pop(guichet, None)
        for fiche in fiches:
            comptes[cle_d_epoque(guichet, fiche)] = lire(seulement=fiche).get(guichet, {})


def _comme_connues(
    par_fenetre: Mapping[str, Mapping[str, Terme]],
    fenetres: Mapping[str, Periode],
    relire: Callable[..., Mapping[tuple[str, date], Mapping[str, int]]],
) -> dict[str, Comptes]:
    """The engine reads the files once, by month; each window sums its own."""
    if not fenetres:
        return {}
    par_mois = relire(
        {mesure for mesures in par_fenetre.values() for mesure in mesures},
        du=min(f.du for f in fenetres.values()),
        au=max(f.au for f in fenetres.values()),
    )
    lues: dict[str, Comptes] = {code: defaultdict(lambda: defaultdict(int)) for code in fenetres}
    for (ligne, mois), comptes in par_mois.items():
        for mesure, valeur in comptes.items():
            lue = mesure_de(mesure)
            for code, f in fenetres.items():
                if lue.code in par_fenetre[code] and mois <= f.au and (lue.cumulee or mois >= f.du):
                    lues[code][ligne][mesure] += valeur
    return lues


def absence(territoires: tuple[str, ...], periode: Periode) -> str:
    """Why nothing can be counted there; empty otherwise."""
    debut = get_debut(territoires)
    if debut is None:
        return RIEN_DE_VERSE
    return _trop_tot(debut) if periode.du < debut else ""


def lire_debuts(termes: Iterable[Terme], territoires: tuple[str, ...]) -> dict[str, tuple[date, str]]:
    """From which day the measures of these terms are known there, and what is said of a window that begins before."""
    debut, mesures = get_debut(territoires) or date.min, {t.mesure for t in termes}
    propres = {m: le for m, le in list_debuts_propres(mesures).items() if le > debut}
    return dict.fromkeys(mesures, (debut, _trop_tot(debut))) | {
        m: (le, f"Ce chiffre n’est connu qu’à partir de {mois_en_lettres(le)}.") for m, le in propres.items()
    }


def inconnus(
    termes: Iterable[Terme], periode: Periode, debuts: Mapping[str, tuple[date, str]]
) -> dict[str, str]:
    """Terms whose window begins before their figures do (:func:`lire_debuts`), and why they are not known: it is not
    zero.
    """
    manques = {}
    for terme in termes:
        le, phrase = debuts[terme.mesure]
        if _premier_jour(terme, periode) < le:
            manques[terme.cle] = phrase
    return manques


def _premier_jour(terme: Terme, periode: Periode) -> date:
    f = fenetre(terme.fenetre, periode)
    return f.au if mesure_de(terme.mesure).cumulee else f.du


def _trop_tot(debut: date) -> str:
    return f"Les chiffres commencent en {mois_en_lettres(debut)}\u00a0: choisissez une période plus récente."


def ajouter_les_delais(
    comptes: Comptes, termes: Iterable[Terme], fiches: Iterable[FicheGuichet], *, le: date
) -> dict[str, str]:
    """Count the cases past the wait of their département; why that cannot be told, when it is not known for each."""
    attendus = [t for t in termes if t.seuil == DELAI]
    if not attendus:
        return {}
    decoupage = get_decoupage()
    par_guichet = {
        cle_des_comptes(comptes, f): {departement(f)} - {""}
        or {d.code for d in decoupage.departements_de(f.territoire)}
        for f in fiches
    }
    tous = {code for codes in par_guichet.values() for code in codes}
    delais = {c.departement: c.delai_anormal_mois for c in list_commissions(tous, le=le)}
    for guichet, codes in par_guichet.items():
        siens = {delais.get(code) for code in codes}
        mois = next(iter(siens))
        if len(siens) != 1 or mois is None:
            return {t.cle: SANS_DELAI for t in attendus}
        lus = comptes.setdefault(guichet, {})
        for terme in attendus:
            lus[terme.cle] = sum(n for v, n in repartition(terme, lus).items() if v > mois)
    return {}


def compter_les_annees(
    termes: Iterable[Terme],
    fiches: Iterable[FicheGuichet],
    territoires: tuple[str, ...],
    periode: Periode,
    *,
    scellement: int | None = None,
    connues_le: date | None = None,
) -> dict[tuple[str, str], dict[str, int | str]]:
    """(territory, landlord) → term → integer of a civil year, or why RPLS does not say it.

    ``scellement``: as known at that seal; ``connues_le``: of RPLS, as it was loaded on that day.
    """
    fiches, lues = [*fiches], [*termes]
    bailleurs = {(f.territoire, f.organisme) for f in fiches if f.type_organisme is TypeOrganisme.BAILLEUR}
    annees: dict[tuple[str, str], dict[str, int | str]] = {qui: {} for qui in sorted(bailleurs)}
    for terme in lues:
        annee = fenetre(terme.fenetre, periode) if terme.fenetre else periode.annee_entiere
        if terme.mesure == LOCATIONS:
            lettings = get_lettings(annee.annee, territoires=territoires, connues_le=connues_le)
            for (territoire, siren), dits in annees.items():
                dits[terme.cle] = lettings.lues(siren, territoire)
            continue
        comptes = compter(
            [Terme(terme.mesure)], territoires=territoires, periode=annee, scellement=scellement
        )
        for dits in annees.values():
            dits[terme.cle] = 0
        for f in fiches:
            valeur = comptes.get(f.territoire + f.code, {}).get(terme.mesure, 0)
            if (qui := (f.territoire, f.organisme)) in annees:
                annees[qui][terme.cle] = int(annees[qui][terme.cle]) + valeur
    return annees
