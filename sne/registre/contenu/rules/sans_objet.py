"""Fields that a declared situation makes pointless: screens hide them, completeness does not ask for them."""

from collections.abc import Iterator

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, chemin_de

SANS_LOGEMENT_DECRIT = frozenset({"SD", "SQUAT", "CAMCAR"})
PROPRIETAIRE_OCCUPANT = "POCC"
SANS_EMPLOYEUR = frozenset({"RET", "ETU", "CHO", "AUT"})


def champs_sans_objet(contenu: Contenu) -> Iterator[str]:
    """Concrete paths of the fields that nobody should be asked for, given what is declared."""
    statuts = frozenset(contenu.logement_actuel.statuts_occupation)
    if statuts and statuts <= SANS_LOGEMENT_DECRIT:
        yield from (f"logement_actuel.{nom}" for nom in ("surface", "type", "categorie", "loyer_mensuel"))
    elif statuts == {PROPRIETAIRE_OCCUPANT}:
        yield "logement_actuel.loyer_mensuel"
    for reference, adulte in adultes(contenu):
        if adulte.situation_professionnelle.statut in SANS_EMPLOYEUR:
            chemin = f"{chemin_de(reference, contenu)}.situation_professionnelle"
            yield from (f"{chemin}.{nom}" for nom in ("employeur", "employeur_siret"))
