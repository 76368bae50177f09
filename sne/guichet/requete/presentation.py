"""What the file says now of what a household asks to change, in the words of its screens."""

from collections.abc import Mapping
from types import MappingProxyType

from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.requete.actions.traiter import RequeteOuverte
from sne.registre.requete.rules.requete import GenreRequete
from sne.saisie.presentation.identite import lignes_identite, nom_complet
from sne.saisie.presentation.mots import Lecture
from sne.socle.templatetags.socle_tags import date_longue

LIGNES: Mapping[GenreRequete, str] = MappingProxyType(
    {
        GenreRequete.NOM_NAISSANCE: "Nom de naissance",
        GenreRequete.PRENOMS: "Prénoms",
        GenreRequete.NAISSANCE: "Naissance",
        GenreRequete.CIVILITE: "Civilité",
        GenreRequete.NOM_USAGE: "Nom d’usage",
        GenreRequete.NATIONALITE: "Nationalité",
        GenreRequete.NIR: "Sécurité sociale",
    }
)
"""By kind, the line of the civil status that says it."""
NIR_SAISI = "Un numéro est saisi"
PERSONNE_D_AUTRE = "Aucun autre signataire"


def dire_actuel(requete: RequeteOuverte, lecture: Lecture) -> str:
    """What stands in the file today: a line of who asked, the date, who else signs. No social-security number."""
    if requete.genre is GenreRequete.DATE_DEPOT:
        return date_longue(requete.date_anciennete)
    tous = [adulte for _, adulte in adultes(requete.contenu)]
    autres = [adulte for adulte in tous if adulte.personne != requete.personne]
    if requete.genre is GenreRequete.DEPART_COTITULAIRE:
        return ", ".join(nom_complet(autre.identite) for autre in autres) or PERSONNE_D_AUTRE
    lignes = [
        ligne
        for adulte in tous
        if adulte.personne == requete.personne
        for ligne in lignes_identite(adulte, lecture, nir=NIR_SAISI if adulte.identite.nir else "")
        if ligne.libelle == LIGNES[requete.genre]
    ]
    return lignes[0].valeur or lignes[0].absence if lignes else ""
