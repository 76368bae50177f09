"""What is proposed for a field of a form: asked of the service that knows, outside any transaction."""

from collections.abc import Callable, Mapping, Sequence

from sne.referentiels.rules import Geographie
from sne.saisie.brut import premier
from sne.saisie.forms.propose import Genre, proposant_de
from sne.saisie.propositions.adresses import proposer_adresses
from sne.saisie.propositions.communes import proposer_communes, proposer_souhaits
from sne.saisie.propositions.dites import Ou, Propositions
from sne.saisie.propositions.entreprises import proposer_bailleurs, proposer_employeurs

Chercheur = Callable[..., Propositions]
CHERCHEURS: Mapping[Genre, Chercheur] = {
    Genre.ADRESSE: proposer_adresses,
    Genre.COMMUNE: proposer_communes,
    Genre.SOUHAIT: proposer_souhaits,
    Genre.EMPLOYEUR: proposer_employeurs,
    Genre.BAILLEUR: proposer_bailleurs,
}


def proposer(
    nom: str, brut: Mapping[str, Sequence[str]], *, geographie: Geographie, ou: Ou
) -> Propositions | None:
    """What is proposed for the field of this name, with what was typed beside it; ``None`` for one that does not."""
    trouve = proposant_de(nom)
    if trouve is None or trouve[1].genre not in CHERCHEURS:
        return None
    prefixe, proposant = trouve
    valeurs = {champ: premier(brut, prefixe + champ).strip() for champ in (proposant.champ, *proposant.avec)}
    return CHERCHEURS[proposant.genre](valeurs, geographie=geographie, ou=ou)
