"""Work and money of the adults."""

from sne.registre.contenu.rules.arbre.personnes import Ressources, RevenuFiscal
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.saisie.presentation.identite import nom_complet
from sne.saisie.presentation.mots import Bloc, Lecture, Ligne, dites, euros, localite_en_ligne, oui_non

MONTANT_INCONNU = "Montant non renseigné"


def blocs_situation(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """What each adult lives by."""
    return [Bloc(_situation(adulte, lecture), _nom(adulte)) for _, adulte in adultes(contenu)]


def _nom(adulte: Adulte) -> str:
    return nom_complet(adulte.identite) or "Personne à nommer"


def _situation(adulte: Adulte, lecture: Lecture) -> list[Ligne]:
    emploi = adulte.situation_professionnelle
    return [
        Ligne("Situation", lecture.libelle("ListeTypeContratTravail", emploi.statut)),
        *dites(
            [
                Ligne("Profession", emploi.profession or ""),
                Ligne("Employeur", emploi.employeur or ""),
                Ligne("SIRET de l’employeur", emploi.employeur_siret or ""),
                Ligne("Plusieurs employeurs", oui_non(emploi.plusieurs_employeurs)),
                Ligne("Lieu de travail", localite_en_ligne(emploi.lieu_travail, lecture)),
                Ligne("Organisme d’aide au logement de l’employeur", emploi.organisme_collecteur or ""),
            ]
        ),
    ]


def blocs_ressources(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """Money of each adult, then of the dependants together when something was said of it."""
    blocs = [
        Bloc([*_revenus(adulte, lecture), *_ressources(adulte.ressources, lecture)], _nom(adulte))
        for _, adulte in adultes(contenu)
    ]
    charges = contenu.foyer.ressources_personnes_a_charge
    if charges != Ressources():
        blocs.append(Bloc(_ressources(charges, lecture), "Personnes à charge"))
    return blocs


def _revenus(adulte: Adulte, lecture: Lecture) -> list[Ligne]:
    """N-2 always, since ceilings are compared with it; N-1 once it is said."""
    fiscaux, annee = adulte.revenus_fiscaux, lecture.aujourd_hui.year
    n_moins_1 = [_revenu(fiscaux.n_moins_1, annee - 1)] if fiscaux.n_moins_1.montant is not None else []
    return [_revenu(fiscaux.n_moins_2, annee - 2), *n_moins_1]


def _revenu(revenu: RevenuFiscal, annee: int) -> Ligne:
    return Ligne(f"Revenu fiscal {revenu.annee or annee}", euros(revenu.montant))


def _ressources(ressources: Ressources, lecture: Lecture) -> list[Ligne]:
    lignes = [
        Ligne(
            lecture.libelle("ListeRessourceRecue", r.nature) or "Nature non renseignée",
            _par_mois(euros(r.montant_mensuel)),
            absence=MONTANT_INCONNU,
        )
        for r in ressources.recues
    ]
    lignes += [
        Ligne(
            lecture.libelle("ListeRessourceVersee", v.nature) or "Nature non renseignée",
            _par_mois(euros(v.montant_mensuel)),
            absence=MONTANT_INCONNU,
        )
        for v in ressources.versees
    ]
    return lignes if ressources.recues else [Ligne("Ressources du mois"), *lignes]


def _par_mois(montant: str) -> str:
    return f"{montant} par mois" if montant else ""
