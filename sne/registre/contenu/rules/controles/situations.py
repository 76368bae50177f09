"""Controls 8 to 10: work, children, money."""

from collections.abc import Iterator
from decimal import Decimal

from stdnum.fr import siren, siret

from sne.registre.contenu.rules.arbre.personnes import Personne, RevenuFiscal
from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat
from sne.registre.contenu.rules.sans_objet import SANS_EMPLOYEUR
from sne.socle.signes import INSECABLE

AVEC_EMPLOYEUR = frozenset({"CDI", "CDD", "APP", "AGP"})
EN_ACTIVITE = AVEC_EMPLOYEUR | {"ART"}
REVENU_DU_STATUT = {"RET": "une retraite", "CHO": "une allocation chômage"}


def _natures(adulte: Personne) -> frozenset[str]:
    return frozenset(r.nature for r in adulte.ressources.recues if r.nature is not None)


def employeur_absent(contexte: Contexte) -> Iterator[Constat]:
    """Rule 8: an employee has an employer."""
    for _, chemin, adulte in contexte.adultes:
        situation = adulte.situation_professionnelle
        if situation.statut in AVEC_EMPLOYEUR and situation.employeur is None:
            yield constat(f"{chemin}.situation_professionnelle.employeur", "indiquez l’employeur principal.")


def employeur_sans_objet(contexte: Contexte) -> Iterator[Constat]:
    """Rule 8: no employer is asked of somebody without work; what was given is kept."""
    for _, chemin, adulte in contexte.adultes:
        situation = adulte.situation_professionnelle
        if situation.statut in SANS_EMPLOYEUR and situation.employeur is not None:
            yield constat(
                f"{chemin}.situation_professionnelle.employeur",
                "la situation professionnelle n’appelle pas d’employeur. Vérifiez l’un et l’autre.",
            )


def salaire_sans_activite(contexte: Contexte) -> Iterator[Constat]:
    """Rule 8: a salary, and no status that brings one."""
    for _, chemin, adulte in contexte.adultes:
        statut = adulte.situation_professionnelle.statut
        if "SAL" in _natures(adulte) and statut is not None and statut not in EN_ACTIVITE:
            yield constat(
                f"{chemin}.situation_professionnelle.statut",
                "un salaire est déclaré dans les ressources. Vérifiez l’un et l’autre.",
            )


def revenu_du_statut_absent(contexte: Contexte) -> Iterator[Constat]:
    """Rule 8: retired without pension, unemployed without allowance, once resources were told at all."""
    for _, chemin, adulte in contexte.adultes:
        statut, natures = adulte.situation_professionnelle.statut or "", _natures(adulte)
        if natures and statut in REVENU_DU_STATUT and statut not in natures:
            yield constat(
                f"{chemin}.ressources.recues",
                f"{REVENU_DU_STATUT[statut]} est attendue. Ajoutez-la si elle est perçue.",
            )


def naissance_sans_date(contexte: Contexte) -> Iterator[Constat]:
    """Rule 9: births expected have an expected date."""
    attendus = contexte.contenu.foyer.enfants_a_naitre
    if attendus.nombre and attendus.date_prevue is None:
        yield constat("foyer.enfants_a_naitre.date_prevue", "indiquez la date prévue de la naissance.")


def enfant_compte_deux_fois(contexte: Contexte) -> Iterator[Constat]:
    """Rule 9: the same child in charge and in custody (birth date and sex)."""
    foyer = contexte.contenu.foyer
    a_charge = {(p.date_naissance, p.sexe) for p in foyer.personnes_a_charge if p.date_naissance is not None}
    for rang, enfant in enumerate(foyer.enfants_en_garde):
        if (enfant.date_naissance, enfant.sexe) in a_charge:
            yield constat(
                f"foyer.enfants_en_garde[{rang}].date_naissance",
                "un enfant de même date et de même sexe est déjà à charge. Ne le comptez qu’une fois.",
            )


def montant_negatif(contexte: Contexte) -> Iterator[Constat]:
    """Rule 10: no negative amount, except a tax income (a deficit is possible)."""
    for chemin, _, valeur in contexte.valeurs:
        if isinstance(valeur, Decimal) and valeur < 0 and ".revenus_fiscaux." not in chemin:
            yield constat(chemin, "le montant ne peut pas être négatif. Corrigez-le.")


def ressource_sans_nature(contexte: Contexte) -> Iterator[Constat]:
    """Rule 10: a line of resources says what it is; its amount may be unknown."""
    blocs = [(f"{chemin}.ressources", adulte.ressources) for _, chemin, adulte in contexte.adultes]
    blocs.append(
        ("foyer.ressources_personnes_a_charge", contexte.contenu.foyer.ressources_personnes_a_charge)
    )
    for chemin, ressources in blocs:
        for nom in ("recues", "versees"):
            for rang, ligne in enumerate(getattr(ressources, nom)):
                if ligne.nature is None:
                    yield constat(f"{chemin}.{nom}[{rang}].nature", "choisissez-la, ou retirez la ligne.")


def annee_fiscale(contexte: Contexte) -> Iterator[Constat]:
    """Rule 10: the tax years are last year and the one before."""
    attendues = {"n_moins_1": contexte.aujourd_hui.year - 1, "n_moins_2": contexte.aujourd_hui.year - 2}
    for _, chemin, adulte in contexte.adultes:
        for nom, attendue in attendues.items():
            revenu: RevenuFiscal = getattr(adulte.revenus_fiscaux, nom)
            if revenu.annee is not None and revenu.annee != attendue:
                yield constat(
                    f"{chemin}.revenus_fiscaux.{nom}.annee", f"l’année attendue est {attendue}. Vérifiez-la."
                )


def baisse_de_revenus(contexte: Contexte) -> Iterator[Constat]:
    """Rule 10: the last tax year is asked when income fell by 10 % or more (CCH R441-1; arrêté du 29
    juillet 1987).

    Twelve times the monthly incomes is compared with the N-2 tax income, a hint only.
    """
    seuil = Decimal(100 - contexte.limites.baisse_revenus_pourcent) / 100
    for _, chemin, adulte in contexte.adultes:
        revenus = adulte.revenus_fiscaux
        recues = [r.montant_mensuel for r in adulte.ressources.recues if r.montant_mensuel is not None]
        if not recues or revenus.n_moins_2.montant is None or revenus.n_moins_1.montant is not None:
            continue
        if 12 * sum(recues) <= revenus.n_moins_2.montant * seuil:
            yield constat(
                f"{chemin}.revenus_fiscaux.n_moins_1.montant",
                "les ressources semblent avoir baissé. Indiquez aussi le revenu de la dernière année.",
            )


CLES = {"siren": siren.is_valid, "siret": siret.is_valid}


def siren_errone(contexte: Contexte) -> Iterator[Constat]:
    """A SIREN or SIRET whose key is wrong (Luhn; La Poste has its own rule)."""
    for chemin, _, valeur in contexte.valeurs:
        est_valide = CLES.get(chemin[-5:])
        if est_valide is not None and not est_valide(str(valeur)):
            yield constat(chemin, f"la clé du numéro ne correspond pas{INSECABLE}: vérifiez chaque chiffre.")
