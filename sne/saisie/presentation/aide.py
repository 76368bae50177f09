"""What was declared, as somebody who helps reads it: no address, no employer, no reason, no number, no contact."""

from collections.abc import Mapping
from dataclasses import dataclass

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.cadre import get_lecture
from sne.saisie.presentation import BLOCS
from sne.saisie.presentation.foyer import Membre, membres_du_foyer
from sne.saisie.presentation.mots import Bloc
from sne.socle.horloge import aujourd_hui

PARTIES: Mapping[str, str] = {"ressources": "Les revenus déclarés", "souhaits": "Le logement demandé"}
"""Page of the form → its title here: the only ones that are worded, besides who is to be housed."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """``membres``: everybody to be housed; ``parties``: page of the form, title, the values in words."""

    membres: list[Membre]
    parties: list[tuple[str, str, list[Bloc]]]


def lire_declaration(contenu: Contenu) -> Declaration:
    """The parts that a helper reads; free text is the person's own."""
    lecture, sans_texte = get_lecture(aujourd_hui()), contenu.model_copy(update={"precisions": None})
    return Declaration(
        membres_du_foyer(sans_texte, lecture),
        [(code, titre, BLOCS[code](sans_texte, lecture)) for code, titre in PARTIES.items()],
    )
