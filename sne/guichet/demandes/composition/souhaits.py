"""The dwelling sought, to the tree and back."""

from collections.abc import Iterable
from typing import Any

from sne.guichet.demandes.brut import Brut
from sne.guichet.demandes.composition.textes import Valeurs, en_brut
from sne.referentiels.rules import Geographie
from sne.registre.rules.contenu import Contenu, Localisation, Souhaits

MAX_COMMUNES_ECRAN = 8


def avec_souhaits(contenu: Contenu, valeurs: Valeurs, communes: Iterable[str]) -> Contenu:
    """The content with the dwelling sought; ``communes`` are INSEE codes in the order wished."""
    connus = {lieu.commune: lieu for lieu in contenu.souhaits.localisations}
    lieux: dict[str | None, Localisation] = {
        code: connus.get(code, Localisation(commune=code)) for code in communes
    }
    # A file received from elsewhere may wish more communes than the screen shows: they stay, at the end.
    lieux |= {lieu.commune: lieu for lieu in contenu.souhaits.localisations[MAX_COMMUNES_ECRAN:]}
    souhaits = contenu.souhaits.model_copy(
        update={
            "types_logement": tuple(valeurs.get("types_logement") or ()),
            "categorie": valeurs.get("categorie") or None,
            "accepte_autres_communes": valeurs.get("accepte_autres_communes"),
            "loyer_maximum": valeurs.get("loyer_maximum"),
            "localisations": tuple(lieux.values()),
        }
    )
    return contenu.model_copy(update={"souhaits": Souhaits.model_validate(souhaits.model_dump())})


def saisie_souhaits(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the dwelling sought."""
    souhaits = contenu.souhaits
    valeurs: dict[str, Any] = {
        "categorie": souhaits.categorie,
        "loyer_maximum": souhaits.loyer_maximum,
        "accepte_autres_communes": souhaits.accepte_autres_communes,
        "types_logement": souhaits.types_logement,
    }
    for rang, lieu in enumerate(souhaits.localisations[:MAX_COMMUNES_ECRAN], start=1):
        commune = geographie.commune(lieu.commune) if lieu.commune else None
        valeurs[f"commune_{rang}"] = commune.libelle if commune else lieu.commune
    return en_brut(valeurs)
