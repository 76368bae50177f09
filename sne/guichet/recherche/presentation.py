"""The answer of a search in the words of its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sne.guichet.lecture.dossier import Badge, badge_statut
from sne.registre.demande.rules.dates import anciennete
from sne.registre.recherche.rules.texte import Genre, Requete
from sne.registre.recherche.selectors.recherche import LigneDemande, Resultats
from sne.registre.vie.selectors.renouvellement import is_a_renouveler
from sne.saisie.presentation.mots import Lecture
from sne.socle.signes import INSECABLE


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """What confirms the person, and why this file is there.

    ``renouvelable``: whether its dates say that it is to be renewed; the act alone knows what else may hold it.
    """

    nud: str
    nom: str
    ne: str
    naissance: date
    commune: str
    anciennete: str
    pourquoi: str
    badges: tuple[Badge, ...]
    renouvelable: bool


def presenter(ligne: LigneDemande, lecture: Lecture) -> Trouvaille:
    """Word one result."""
    badges = [badge_statut(ligne.statut)]
    if ligne.identite_en_attente:
        badges.append(Badge("Identité en attente", "info"))
    return Trouvaille(
        nud=ligne.nud,
        nom=f"{ligne.nom} {ligne.prenoms}".strip(),
        ne="né" if ligne.civilite == "1" else "née",
        naissance=ligne.date_naissance,
        commune=lecture.geographie.nom_commune(ligne.commune) if ligne.commune else "",
        anciennete=anciennete(ligne.date_depot, lecture.aujourd_hui),
        pourquoi=_pourquoi(ligne),
        badges=tuple(badges),
        renouvelable=is_a_renouveler(ligne, le=lecture.aujourd_hui),
    )


def _pourquoi(ligne: LigneDemande) -> str:
    if not ligne.trouve:
        return ligne.pourquoi
    return f"Cotitulaire\u00a0: {ligne.trouve}. {ligne.pourquoi}"


def un_mot_pres(mots: Sequence[str], *, exact: bool) -> str:
    """The word to quote when no name is written as typed: the first one; empty when there is nothing to say."""
    return "" if exact or not mots else mots[0]


REPRIS: Mapping[str, str] = {
    "nom_naissance": "le nom",
    "prenoms": "les prénoms",
    "date_naissance": "la date de naissance",
    "nir": "le numéro de sécurité sociale",
    "telephone_portable": "le téléphone",
}
"""What a new demande takes over from a search, field by field."""

RIEN: Mapping[Genre, str] = {
    Genre.RIEN: "",
    Genre.NUMERO: "Vérifiez chaque signe du numéro. Sinon, cherchez le nom et la date de naissance.",
    Genre.FRAGMENT: "Tapez le numéro entier, ou bien le nom et la date de naissance.",
    Genre.NIR: "Une demande a pu être enregistrée sans ce numéro. Cherchez le nom et la date de naissance.",
    Genre.TELEPHONE: "La personne a pu en donner un autre. Cherchez le nom et la date de naissance.",
    Genre.COURRIEL: "La personne a pu en donner une autre. Cherchez le nom et la date de naissance.",
    Genre.PERSONNE: "Ajoutez la date de naissance, ou essayez le nom d’usage.",
}
"""What to try next, by what was looked for."""


def rien_trouve(requete: Requete, territoire: str, *, depose: bool) -> str:
    """What to try when nothing was found, said of what was looked for."""
    lieu = requete.nud[:3] or requete.debut[:3]
    if lieu and territoire and lieu != territoire:
        return (
            f"Ce numéro commence par {lieu}{INSECABLE}: il est d’un autre territoire que le vôtre ({territoire}). "
            "Le demandeur peut s’adresser à tout guichet de ce territoire."
        )
    if requete.date_naissance is not None:
        suite = ", ou enregistrez une demande" if depose else ""
        return f"Vérifiez la date de naissance{suite}."
    return RIEN[requete.genre]


def precision(requete: Requete, trouves: Resultats) -> str:
    """What would narrow a search that found too much, or which part of it was left out."""
    if trouves.sans_date:
        return f"Personne de ce nom n’est né à cette date{INSECABLE}: voici les dossiers de ce nom."
    if not trouves.trop or requete.remarque:
        return ""
    if requete.date_naissance is None:
        return (
            "Ajoutez la date de naissance entière." if requete.partielle else "Ajoutez la date de naissance."
        )
    return "" if requete.mots else "Ajoutez le nom."


def en_enumeration(mots: Sequence[str]) -> str:
    """« le nom, les prénoms et la date de naissance »."""
    debut, fin = mots[:-1], mots[-1:]
    return " et ".join(filter(None, (", ".join(debut), *fin)))
