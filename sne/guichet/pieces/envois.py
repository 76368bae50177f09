"""Files that an agent sends for a demande or in the place of one of its documents: whose, within which limits."""

import uuid

from django.urls import reverse

from sne.documents.boite import Boite
from sne.documents.rules import Accueil
from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.selectors.documents import get_delais, get_limites
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui


def proprietaire_de(acteur: Acteur) -> str:
    """How uploads name the person who sends them."""
    return f"compte:{acteur.id}"


def boite_de(
    acteur: Acteur, *, territoire: str, nud: str, demande_id: uuid.UUID, piece_id: uuid.UUID | None = None
) -> Boite:
    """Where files to add to a demande wait, or the one that replaces a document of it."""
    adresse = reverse("televerser", args=[nud])
    return Boite(
        accueil=_accueil(acteur, territoire, f"piece:{piece_id}" if piece_id else f"demande:{demande_id}"),
        limites=get_limites(aujourd_hui()),
        adresse=f"{adresse}?piece={piece_id}" if piece_id else adresse,
        suite=suite_de,
    )


def boite_du_formulaire(acteur: Acteur, *, territoire: str, objet: str, au_plus: int = 0) -> Boite:
    """Where files that come with their form are received: nothing waits there before it is sent.

    ``objet``: what they are for; ``au_plus``: how many, 0 for as many as a demande takes at once.
    """
    return Boite(
        _accueil(acteur, territoire, objet, au_plus), get_limites(aujourd_hui()), adresse="", suite=str
    )


def _accueil(acteur: Acteur, territoire: str, objet: str, au_plus: int = 0) -> Accueil:
    le = aujourd_hui()
    return Accueil(
        territoire=territoire,
        proprietaire=proprietaire_de(acteur),
        objet=objet,
        octets=get_limites(le).octets,
        duree=get_delais(le).attente,
        au_plus=au_plus or get_parametres(le)[ParametresPieces].televersements_au_plus,
    )


def suite_de(cle: uuid.UUID) -> str:
    """Where an upload goes on."""
    return reverse("televersement", args=[cle])
