"""The dwelling sought, to the tree and back."""

from collections.abc import Iterable

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.souhaits import Localisation
from sne.saisie.brut import Brut
from sne.saisie.composition.chemins import poser, tirer
from sne.saisie.composition.textes import Valeurs, en_brut
from sne.saisie.forms.souhaits import FormulaireSouhaits


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
    souhaits = poser(contenu.souhaits, valeurs).model_copy(
        update={"localisations": tuple(dict.fromkeys([*lieux, *suite]))}
    )
    return contenu.model_copy(update={"souhaits": souhaits, "precisions": precisions or None})


def saisie_souhaits(contenu: Contenu, geographie: Geographie, communes_max: int) -> Brut:
    """What would be typed to obtain the dwelling sought, on a form that takes ``communes_max`` places."""
    souhaits = contenu.souhaits
    valeurs = tirer(souhaits, FormulaireSouhaits) | {"precisions": contenu.precisions}
    for rang, lieu in enumerate(souhaits.localisations[:communes_max], start=1):
        commune = geographie.commune(lieu.commune) if lieu.commune else None
        valeurs[f"commune_{rang}"] = commune.libelle if commune else lieu.commune
        valeurs[f"quartier_{rang}"] = lieu.quartier
    return en_brut(valeurs)
