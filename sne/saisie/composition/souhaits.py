"""The dwelling sought, to the tree and back."""

from collections.abc import Iterable
from typing import Any

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.souhaits import Localisation, Souhaits
from sne.saisie.brut import Brut
from sne.saisie.composition.textes import Valeurs, en_brut

DIRECTS = (
    "categorie",
    "accepte_autres_communes",
    "loyer_maximum",
    "avec_stationnement",
    "accepte_rez_de_chaussee",
    "accepte_sans_ascenseur",
    "colocation",
    "accepte_quartier_prioritaire",
)


def avec_souhaits(
    contenu: Contenu,
    valeurs: Valeurs,
    lieux: Iterable[Localisation],
    *,
    communes_max: int,
    precisions: str = "",
) -> Contenu:
    """The content with the dwelling sought; ``lieux`` in the order wished, on a form that takes ``communes_max``."""
    # A file received from elsewhere may wish more communes than the screen shows: they stay, at the end.
    suite = contenu.souhaits.localisations[communes_max:]
    souhaits = Souhaits(
        types_logement=tuple(valeurs.get("types_logement") or ()),
        localisations=tuple(dict.fromkeys([*lieux, *suite])),
        **{nom: valeurs.get(nom) for nom in DIRECTS},
    )
    return contenu.model_copy(update={"souhaits": souhaits, "precisions": precisions or None})


def saisie_souhaits(contenu: Contenu, geographie: Geographie, communes_max: int) -> Brut:
    """What would be typed to obtain the dwelling sought, on a form that takes ``communes_max`` places."""
    souhaits = contenu.souhaits
    valeurs: dict[str, Any] = {nom: getattr(souhaits, nom) for nom in DIRECTS}
    valeurs |= {"types_logement": souhaits.types_logement, "precisions": contenu.precisions}
    for rang, lieu in enumerate(souhaits.localisations[:communes_max], start=1):
        commune = geographie.commune(lieu.commune) if lieu.commune else None
        valeurs[f"commune_{rang}"] = commune.libelle if commune else lieu.commune
        valeurs[f"quartier_{rang}"] = lieu.quartier
    return en_brut(valeurs)
