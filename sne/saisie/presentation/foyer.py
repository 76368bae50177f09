"""Everybody to be housed, as a table."""

from dataclasses import dataclass
from datetime import date

from sne.registre.contenu.rules.arbre.derive import age
from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, membres
from sne.saisie.presentation.identite import accord, accorder, nom_complet
from sne.saisie.presentation.mots import Lecture
from sne.socle.templatetags.socle_tags import date_fr


@dataclass(frozen=True, slots=True)
class Membre:
    """One person to be housed, as a row of the table of the household."""

    nom: str
    naissance: date | None
    lien: str
    precision: str


def membres_du_foyer(contenu: Contenu, lecture: Lecture) -> list[Membre]:
    """Everybody to be housed: applicant, co-holders, dependants, children hosted part of the time."""
    membres = []
    if contenu.demandeur is not None:
        identite = contenu.demandeur.identite
        lien = accord(identite, "Demandeur", "Demandeuse")
        membres.append(_adulte(identite, lien, lecture))
    for adulte in contenu.cotitulaires:
        lien = accorder(lecture.libelle("ListeLienDemandeur", adulte.lien_demandeur), adulte.identite).lower()
        membres.append(_adulte(adulte.identite, f"Cotitulaire, {lien}" if lien else "Cotitulaire", lecture))
    for charge in contenu.foyer.personnes_a_charge:
        nom = " ".join(filter(None, (charge.nom, charge.prenoms)))
        lien = lecture.libelle("ListeLienParente", charge.lien_parente) or "Personne"
        membres.append(
            Membre(nom, charge.date_naissance, f"{lien} à charge", _age(charge.date_naissance, lecture))
        )
    for rang, enfant in enumerate(contenu.foyer.enfants_en_garde, start=1):
        mode = lecture.libelle("ListeCoparentalite", enfant.mode_garde)
        membres.append(
            Membre(
                f"Enfant accueilli {rang}", enfant.date_naissance, mode, _age(enfant.date_naissance, lecture)
            )
        )
    return membres


def noms_des_membres(contenu: Contenu) -> list[tuple[str, str]]:
    """(reference, name) of everybody to be housed; people without a name yet are named by their role."""
    return [(reference, _nom(reference, membre_)) for reference, membre_ in membres(contenu)]


def _nom(reference: str, membre_: object) -> str:
    rang = reference.partition(":")[2]
    if isinstance(membre_, Adulte):
        return nom_complet(membre_.identite) or (f"Cotitulaire {rang}" if rang else "Demandeur")
    if isinstance(membre_, PersonneACharge):
        return " ".join(filter(None, (membre_.nom, membre_.prenoms))) or "Personne à charge"
    return f"Enfant accueilli {rang}"


def naissances_attendues(contenu: Contenu) -> str:
    """« 1 naissance attendue vers le 12/02/2027 », or an empty text."""
    attendues = contenu.foyer.enfants_a_naitre
    if not attendues.nombre:
        return ""
    mot = "naissances attendues" if attendues.nombre > 1 else "naissance attendue"
    quand = f" vers le {date_fr(attendues.date_prevue)}" if attendues.date_prevue else ""
    return f"{attendues.nombre}\u00a0{mot}{quand}"


def _adulte(identite: Identite, lien: str, lecture: Lecture) -> Membre:
    return Membre(
        nom_complet(identite), identite.date_naissance, lien, _age(identite.date_naissance, lecture)
    )


def _age(naissance: date | None, lecture: Lecture) -> str:
    return dire_age(naissance, lecture.aujourd_hui)


def dire_age(naissance: date | None, le: date) -> str:
    """« 39 ans », « 1 an », « moins d’un an »; empty without a birth date."""
    if naissance is None:
        return ""
    ans = age(naissance, le)
    if ans < 1:
        return "moins d’un an"
    return f"{ans}\u00a0an{'s' if ans > 1 else ''}"
