"""What the terms of a report count: each in its window, by counter or by an axis; of a body, in its civil year."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from sne.infocentre.lac.selectors import Relues, get_debut, list_debuts_propres, sommer
from sne.infocentre.mesures.catalogue import MESURES, mesure_de
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

RIEN_DE_VERSE = "Aucun chiffre n’est encore calculé\u00a0: le calcul passe chaque heure."
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
    relues: Relues | None = None,
    seulement: FicheGuichet | None = None,
    par_territoire: bool = False,
) -> Comptes:
    """Line → term → integer. ``relues``: of the files, in their whole extent; the cells of today otherwise.

    ``seulement``: one counter, in the months that began in its days; ``par_territoire``: lines of each territory.
    """
    par_fenetre: dict[str, dict[str, Terme]] = defaultdict(dict)
    for terme in termes:
        par_fenetre[terme.fenetre][terme.mesure] = terme
    fenetres = {code: fenetre(code, periode) for code in par_fenetre}
    if seulement is not None:
        fenetres, par_fenetre = _dans_ses_jours(seulement, fenetres, par_fenetre)
    guichets = None if seulement is None else [seulement.territoire + seulement.code]
    if relues is None:
        somme = partial(
            sommer, territoires=territoires, axe=axe, guichets=guichets, par_territoire=par_territoire
        )
        lues = {code: somme(par_fenetre[code], du=f.du, au=f.au) for code, f in fenetres.items()}
    else:
        par_mois = (
            (f"{territoire}:{ligne}" if par_territoire else ligne, mois, comptes)
            for (territoire, ligne, mois), comptes in relues.get(axe, {}).items()
        )
        lues = _par_fenetre(par_fenetre, fenetres, par_mois)
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


def etendue(definitions: Iterable[Definition], periode: Periode) -> tuple[frozenset[str], Periode]:
    """The measures that a report counts, and the months from the first to the last one of all that it reads."""
    lues = [
        (terme.mesure, fenetre_de(terme, niveau, periode))
        for niveau in Niveau
        for terme in termes_de(definitions, niveau)
        if terme.mesure in MESURES
    ]
    fenetres = [periode, *(f for _, f in lues)]
    return frozenset(m for m, _ in lues), Periode(min(f.du for f in fenetres), max(f.au for f in fenetres))


def fenetre_de(terme: Terme, niveau: Niveau, periode: Periode) -> Periode:
    """The days that a term is read over: those of its window, else the civil year of a body, else the period."""
    if niveau is Niveau.ORGANISME_ANNEE and not terme.fenetre:
        return periode.annee_entiere
    return fenetre(terme.fenetre, periode)


def _par_fenetre(
    par_fenetre: Mapping[str, Mapping[str, Terme]],
    fenetres: Mapping[str, Periode],
    par_mois: Iterator[tuple[str, date, Mapping[str, int]]],
) -> dict[str, Comptes]:
    """Each window sums its own months."""
    lues: dict[str, Comptes] = {code: defaultdict(lambda: defaultdict(int)) for code in fenetres}
    for ligne, mois, comptes in par_mois:
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
    relues: Relues | None = None,
    connues_le: date | None = None,
) -> dict[tuple[str, str], dict[str, int | str]]:
    """(territory, landlord) → term → integer of a civil year, or why RPLS does not say it.

    ``relues``: as :func:`compter` takes them; ``connues_le``: of RPLS, as it was loaded on that day.
    """
    fiches, lues = [*fiches], [*termes]
    bailleurs = {(f.territoire, f.organisme) for f in fiches if f.type_organisme is TypeOrganisme.BAILLEUR}
    annees: dict[tuple[str, str], dict[str, int | str]] = {qui: {} for qui in sorted(bailleurs)}
    for terme in lues:
        annee = fenetre_de(terme, Niveau.ORGANISME_ANNEE, periode)
        if terme.mesure == LOCATIONS:
            lettings = get_lettings(annee.annee, territoires=territoires, connues_le=connues_le)
            for (territoire, siren), dits in annees.items():
                dits[terme.cle] = lettings.lues(siren, territoire)
            continue
        comptes = compter([Terme(terme.mesure)], territoires=territoires, periode=annee, relues=relues)
        for dits in annees.values():
            dits[terme.cle] = 0
        for f in fiches:
            valeur = comptes.get(f.territoire + f.code, {}).get(terme.mesure, 0)
            if (qui := (f.territoire, f.organisme)) in annees:
                annees[qui][terme.cle] = int(annees[qui][terme.cle]) + valeur
    return annees
