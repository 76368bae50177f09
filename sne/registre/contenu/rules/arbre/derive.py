"""Values derived from the tree and never stored in it: household size, age, and the columns of lists and
statistics.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes

STATUT_HLM = "HLM"


def age(naissance: date, jour: date) -> int:
    """Age in whole years on ``jour``; someone born on 29 February is a year older on 28 February of common
    years.
    """
    mois_et_jour = (naissance.month, naissance.day)
    if mois_et_jour == (2, 29) and not isleap(jour.year):
        mois_et_jour = (2, 28)
    return jour.year - naissance.year - ((jour.month, jour.day) < mois_et_jour)


def nb_personnes(contenu: Contenu) -> int:
    """Persons to be housed: adults, dependants, children in custody (alternating or visiting), births
    expected.

    0 for an association, which has no household.
    """
    foyer = contenu.foyer
    return (
        sum(1 for _ in adultes(contenu))
        + len(foyer.personnes_a_charge)
        + len(foyer.enfants_en_garde)
        + (foyer.enfants_a_naitre.nombre or 0)
    )


def rfr_reference(contenu: Contenu) -> Decimal | None:
    """Sum of the N-2 reference tax incomes of the adults, in euros; ``None`` when one is unknown (arrêté
    29/07/1987).

    A partial sum would pass for a small income.
    """
    montants = [adulte.revenus_fiscaux.n_moins_2.montant for _, adulte in adultes(contenu)]
    connus = [montant for montant in montants if montant is not None]
    return sum(connus, Decimal()) if connus and len(connus) == len(montants) else None


def ressources_mensuelles(contenu: Contenu) -> Decimal | None:
    """Monthly resources of the household, payments deducted, in euros; ``None`` when no amount at all is
    known.
    """
    blocs = [adulte.ressources for _, adulte in adultes(contenu)] + [
        contenu.foyer.ressources_personnes_a_charge
    ]
    recues = [r.montant_mensuel for bloc in blocs for r in bloc.recues if r.montant_mensuel is not None]
    versees = [v.montant_mensuel for bloc in blocs for v in bloc.versees if v.montant_mensuel is not None]
    return sum(recues, Decimal()) - sum(versees, Decimal()) if recues else None


@dataclass(frozen=True, slots=True)
class Projection:
    """Columns copied beside the document so that lists and statistics need not open it.

    ``communes_souhaitees`` are INSEE codes by rank, without repeats; amounts in euros;
    ``categorie_logement`` is empty when nothing was said. No health, no name.
    """

    titulaire: str
    nb_personnes: int
    communes_souhaitees: tuple[str, ...]
    types_logement: tuple[str, ...]
    categorie_logement: str
    accepte_autres_communes: bool
    loyer_maximum: Decimal | None
    rfr_reference: Decimal | None
    deja_locataire_hlm: bool


def projeter(contenu: Contenu) -> Projection:
    """The projected columns of a tree. A social tenant's application is a *mutation* (status HLM)."""
    souhaits = contenu.souhaits
    communes = [lieu.commune for lieu in souhaits.localisations if lieu.commune is not None]
    return Projection(
        titulaire=str(contenu.titulaire),
        nb_personnes=nb_personnes(contenu),
        communes_souhaitees=tuple(dict.fromkeys(communes)),
        types_logement=tuple(dict.fromkeys(souhaits.types_logement)),
        categorie_logement=souhaits.categorie or "",
        accepte_autres_communes=bool(souhaits.accepte_autres_communes),
        loyer_maximum=souhaits.loyer_maximum,
        rfr_reference=rfr_reference(contenu),
        deja_locataire_hlm=STATUT_HLM in contenu.logement_actuel.statuts_occupation,
    )
