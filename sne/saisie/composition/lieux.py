"""Places: a locality and a postal address, to the tree and back."""

from typing import Any

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.personnes import LieuNaissance
from sne.saisie.composition.textes import Valeurs
from sne.saisie.forms.commune import LieuLu

LIGNES = tuple(nom for nom in Adresse.model_fields if nom not in Localite.model_fields)
"""What an address says besides its place."""


def adresse(connue: Adresse | None, valeurs: Valeurs) -> Adresse:
    """A postal address; the branch that was not chosen is forgotten."""
    return _selon(connue, Adresse(**{nom: valeurs.get(nom) for nom in LIGNES}, **_lieu(valeurs)))


def localite(connue: Localite, valeurs: Valeurs) -> Localite:
    """A place; nothing at all when nothing was typed."""
    lieu = Localite(**_lieu(valeurs))
    if _est_dit(lieu):
        return _selon(connue, lieu)
    return Localite() if _est_dit(connue) else connue


def _est_dit(lieu: Localite) -> bool:
    return lieu.renseignee_en_france or lieu.renseignee_a_l_etranger


def _selon[L: Localite](connue: L | None, lieu: L) -> L:
    """The known place when it is the same one: a message received may leave out « à l’étranger »."""
    return connue if connue and lieu.model_copy(update={"etranger": connue.etranger}) == connue else lieu


def _lieu(valeurs: Valeurs) -> dict[str, Any]:
    if valeurs.get("pays_adresse") == "etranger":
        noms = ("code_postal_etranger", "ville_etrangere", "pays")
        return {"etranger": True} | {nom: valeurs.get(nom) for nom in noms}
    commune = valeurs.get("commune_lue")
    return {
        "etranger": False,
        "code_postal": valeurs.get("code_postal") or None if commune else None,
        "commune": commune.code if commune else None,
    }


def lieu_naissance(connu: LieuNaissance, lu: LieuLu | None, geographie: Geographie) -> LieuNaissance:
    """A place of birth; the known one, maybe a commune of the past, when it is still what is typed."""
    if lu is None:
        return LieuNaissance()
    if lu.saisie == texte_naissance(connu, geographie):
        return connu
    return LieuNaissance(commune=lu.commune or None, pays=lu.pays or None)


def texte_naissance(lieu: LieuNaissance, geographie: Geographie) -> str:
    """What would be typed for a place of birth: « Bastia (20200) », « Algérie »; a commune of the past is its code."""
    if lieu.commune:
        commune = geographie.commune(lieu.commune)
        return commune.libelle if commune and commune.en_vigueur else lieu.commune
    return geographie.nom_pays(lieu.pays) if lieu.pays else ""


def saisie_localite(lieu: Localite, geographie: Geographie) -> dict[str, Any]:
    """What would be typed to obtain a place."""
    noms = ("code_postal", "code_postal_etranger", "ville_etrangere", "pays")
    valeurs: dict[str, Any] = {nom: getattr(lieu, nom) for nom in noms}
    ailleurs = lieu.renseignee_a_l_etranger and not lieu.renseignee_en_france
    valeurs["pays_adresse"] = "etranger" if lieu.etranger or ailleurs else "france"
    valeurs["commune"] = _nom_commune(lieu, geographie)
    return valeurs


def _nom_commune(lieu: Localite, geographie: Geographie) -> str:
    """The name is enough beside the postal code; without it, the commune says its own."""
    if not lieu.commune:
        return ""
    commune = geographie.commune(lieu.commune)
    if lieu.code_postal or commune is None:
        return geographie.nom_commune(lieu.commune)
    return commune.code


def saisie_adresse(lieu: Adresse | None, geographie: Geographie) -> dict[str, Any]:
    """What would be typed to obtain an address."""
    connue = lieu or Adresse()
    return {nom: getattr(connue, nom) for nom in LIGNES} | saisie_localite(connue, geographie)
