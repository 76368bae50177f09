"""What of a demande is the data of one adult of it (GDPR 15 and 20): their own, and what the household shares. Pure."""

from typing import Any

from sne.registre.contenu.rules.arbre.racine import Contenu

SANS_CLE: Any = {"identite": {"nir": {"empreinte"}}}
HORS_COPIE: Any = {"demandeur": SANS_CLE, "cotitulaires": {"__all__": SANS_CLE}}
DU_DEMANDEUR = ("motifs", "precisions", "handicaps", "accompagnant", "preferences", "association")
"""What the applicant alone declared of themselves: a co-holder's copy is without."""


def donnees_de(contenu: Contenu, personne: str, *, titulaire: bool) -> dict[str, Any]:
    """The tree as JSON, by the paths of the content, without the key of a NIR.

    Another adult's civil status, contacts, work and income are theirs: only how they are related is left.
    ``titulaire``: this adult is the applicant.
    """
    brut = contenu.model_dump(mode="json", exclude_defaults=True, exclude=HORS_COPIE)
    if "demandeur" in brut:
        brut["demandeur"] = _part(brut["demandeur"], personne)
    brut["cotitulaires"] = [_part(adulte, personne) for adulte in brut.get("cotitulaires", [])]
    return brut if titulaire else {nom: v for nom, v in brut.items() if nom not in DU_DEMANDEUR}


def _part(adulte: dict[str, Any], personne: str) -> dict[str, Any]:
    if adulte.get("personne") == personne:
        return {nom: valeur for nom, valeur in adulte.items() if nom != "personne"}
    return {nom: valeur for nom, valeur in adulte.items() if nom == "lien_demandeur"}
