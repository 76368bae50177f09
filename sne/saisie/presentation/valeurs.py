"""One value of the content in the words of the screens: names of places, labels of codes, amounts, dates."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.champs import Champ, champ_de, libelle
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.personnes import RessourceRecue, RessourceVersee
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, adultes, chemin_de
from sne.registre.contenu.rules.arbre.souhaits import Localisation
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.saisie.presentation.identite import nom_complet
from sne.saisie.presentation.mots import Lecture, adresse_en_ligne, euros, localite_en_ligne, oui_non
from sne.socle.masques import courriel_masque, telephone_masque
from sne.socle.templatetags.socle_tags import date_fr

type Valeur = bool | int | str | list[Any] | Mapping[str, Any] | None

NIR = {
    "PERMANENT": "un numéro permanent",
    "PROVISOIRE": "un numéro provisoire",
    "AUCUN": "aucun numéro",
}
NON_DITS = frozenset(
    {"date_naissance_presumee", "identifiant"}
)  # of a person told whole: said by the date, or a key
RANGEES = frozenset({"motifs.codes", "souhaits.localisations"})


def dire(chemin: str, valeur: Valeur, lecture: Lecture, *, masque: bool = False) -> str:
    """A value told as a change tells it (``en_json``), in French; empty for nothing. ``masque`` hides contacts."""
    champ = champ_de(chemin)
    if valeur is None or valeur == []:
        return ""
    if champ is None:
        return str(valeur)
    if isinstance(valeur, list):
        return _liste(chemin, champ, valeur, lecture, masque=masque)
    if isinstance(valeur, Mapping):
        return _bloc(chemin, champ, valeur, lecture, masque=masque)
    return _feuille(champ, valeur, lecture, masque=masque)


def relire(chemin: str, texte: str | None) -> Valeur:
    """A value as the journal keeps it, back to what a change told: lists, blocks, numbers and booleans are JSON."""
    champ = champ_de(chemin)
    if texte is None or champ is None:
        return texte
    if champ.conteneur or champ.type in {bool, int} or (champ.repete and not chemin.endswith("]")):
        lu: Valeur = json.loads(texte)
        return lu
    return texte


def libelle_de(chemin: str, contenu: Contenu) -> str:
    """Name of a place: « Haddad Inès, date de naissance », or « Personne à charge 2, … » while nobody is named."""
    noms = {
        chemin_de(reference, contenu): nom_complet(adulte.identite)
        for reference, adulte in adultes(contenu)
        if reference != DEMANDEUR
    }
    noms |= {
        f"foyer.personnes_a_charge[{rang}]": " ".join(filter(None, (personne.nom, personne.prenoms)))
        for rang, personne in enumerate(contenu.foyer.personnes_a_charge)
    }
    for lieu, nom in noms.items():
        if nom and (chemin == lieu or chemin.startswith(f"{lieu}.")):
            return ", ".join(filter(None, (nom, libelle(chemin).partition(", ")[2])))
    return libelle(chemin)


def phrase_de(anomalie: Anomalie, contenu: Contenu) -> str:
    """What a rule says, which starts with the name of the place: the person by their name once it is typed."""
    rang = libelle(anomalie.chemin)
    if not anomalie.phrase.startswith(rang):
        return anomalie.phrase
    return libelle_de(anomalie.chemin, contenu) + anomalie.phrase.removeprefix(rang)


def _liste(chemin: str, champ: Champ, valeurs: list[Any], lecture: Lecture, *, masque: bool) -> str:
    dites = [dire(f"{chemin}[{rang}]", v, lecture, masque=masque) for rang, v in enumerate(valeurs)]
    if chemin in RANGEES:
        dites = [f"{rang}.\u00a0{dit}" for rang, dit in enumerate(dites, start=1)]
    return (" ; " if champ.conteneur and chemin not in RANGEES else ", ").join(dites).replace(" ;", "\u00a0;")


def _bloc(chemin: str, champ: Champ, bloc: Mapping[str, Any], lecture: Lecture, *, masque: bool) -> str:
    if champ.type is Localisation:
        commune, quartier = lecture.geographie.nom_commune(bloc.get("commune") or ""), bloc.get("quartier")
        return f"{commune} ({quartier})" if quartier and commune else quartier or commune
    if champ.type is Adresse:
        return adresse_en_ligne(Adresse.model_validate(bloc), lecture)
    if champ.type is Localite:
        return localite_en_ligne(Localite.model_validate(bloc), lecture)
    if champ.type in {RessourceRecue, RessourceVersee}:
        return _ressource(chemin, bloc, lecture)
    dits = (
        (nom, dire(f"{chemin}.{nom}", v, lecture, masque=masque))
        for nom, v in bloc.items()
        if nom not in NON_DITS
    )
    return ", ".join(_titree(f"{chemin}.{nom}", dit) for nom, dit in dits if dit)


def _titree(chemin: str, dit: str) -> str:
    champ = champ_de(chemin)
    if champ is None or champ.conteneur:
        return dit
    return f"{champ.titre[:1].lower()}{champ.titre[1:]}\u00a0: {dit}"


def _ressource(chemin: str, bloc: Mapping[str, Any], lecture: Lecture) -> str:
    """« Salaire : 1 640 € par mois »; no amount is not zero."""
    nature = dire(f"{chemin}.nature", bloc.get("nature"), lecture) or "Nature non renseignée"
    combien = bloc.get("montant_mensuel")
    dit = f"{euros(Decimal(combien))} par mois" if combien is not None else "montant non renseigné"
    return f"{nature}\u00a0: {dit}"


def _feuille(champ: Champ, valeur: bool | int | str, lecture: Lecture, *, masque: bool) -> str:
    if isinstance(valeur, bool):
        return oui_non(valeur)
    nom, texte = champ.chemin.rpartition(".")[2], str(valeur)
    if champ.type is date:
        return date_fr(date.fromisoformat(texte))
    if champ.type is Decimal:
        return _nombre(Decimal(texte), nom)
    dit = _code(champ, nom, texte, lecture)
    return dit or (_contact(champ, nom, texte) if masque else texte)


def _code(champ: Champ, nom: str, code: str, lecture: Lecture) -> str:
    """Label of a code, name of a place; empty when the value is a text, or is in no list any more."""
    if champ.liste:
        return lecture.libelle(champ.liste, code)
    if nom == "commune":
        return lecture.geographie.nom_commune(code)
    if champ.chemin.endswith("lieu_naissance.pays"):
        return lecture.geographie.nom_pays(code)
    return NIR.get(code, "") if nom == "nir" else ""


def _nombre(valeur: Decimal, nom: str) -> str:
    return f"{valeur.normalize():f}\u00a0m²".replace(".", ",") if nom == "surface" else euros(valeur)


def _contact(champ: Champ, nom: str, texte: str) -> str:
    if champ.type is Telephone:
        return telephone_masque(texte)
    return courriel_masque(texte) if nom == "courriel" else texte
