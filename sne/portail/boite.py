"""The photos of one document of a household: sent ahead of its form or with it, put in order, made one document."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from sne.documents.boite import Boite
from sne.documents.rules import Accueil
from sne.documents.selectors import DocumentLu
from sne.portail.forms import FormulaireDocument
from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.selectors.documents import get_delais, get_limites
from sne.socle.erreurs import Interdit

TOURS = (
    (0, gettext_noop("Telle qu’elle est prise")),
    (90, gettext_noop("Tournée vers la droite")),
    (180, gettext_noop("Retournée")),
    (270, gettext_noop("Tournée vers la gauche")),
)
"""Clockwise degrees, and how they are called."""


def proprietaire_de(compte: uuid.UUID) -> str:
    """How uploads name the household that sends them."""
    return f"menage:{compte}"


def boite_de(compte: uuid.UUID, *, territoire: str, objet: str, le: date, adresse: str) -> Boite:
    """For this account; ``objet``: what the files are for; ``adresse``: where uploads begin."""
    limites = get_limites(le)
    accueil = Accueil(
        territoire=territoire,
        proprietaire=proprietaire_de(compte),
        objet=objet,
        octets=limites.octets,
        duree=get_delais(le).attente,
        au_plus=get_parametres(le)[ParametresPieces].televersements_au_plus,
    )
    return Boite(accueil, limites, adresse=adresse, suite=lambda cle: reverse("fichier", args=[cle]))


@dataclass(frozen=True, slots=True)
class Photos:
    """A box and its form."""

    boite: Boite
    formulaire: FormulaireDocument

    def contexte(self) -> dict[str, Any]:
        """What ``portail/photos.html`` needs: in the order of the page that was sent, the new ones last."""
        tours = dict(self.formulaire.pages)
        rangs = {cle: rang for rang, cle in enumerate(tours)}
        contexte = self.boite.contexte()
        envois = sorted(contexte["envois"], key=lambda envoi: rangs.get(envoi.id, len(rangs)))
        return {**contexte, "envois": [(e, tours.get(e.id, 0)) for e in envois], "tours": TOURS}

    def ranger(self, *, survenu_le: datetime) -> bool:
        """Whether the button only takes one back, moves one or keeps them: the page is then to be shown again."""
        formulaire = self.formulaire
        if formulaire.retrait is not None:
            self.boite.retirer(formulaire.retrait)
        elif formulaire.garde:
            self._prendre(survenu_le)
        return formulaire.range

    def envoyer(self, nommer: Callable[[Sequence[DocumentLu]], object], *, survenu_le: datetime) -> bool:
        """Make one document of them and have ``nommer`` name it, which raises ``Interdit``; else the form says why.

        What was refused leaves the others where they are.
        """
        formulaire = self.formulaire
        if not formulaire.is_valid():
            return False
        neuves = self._prendre(survenu_le)
        if formulaire.errors:
            return False
        pages = [*formulaire.pages, *neuves]
        try:
            nommer(self.boite.composer(pages, survenu_le=survenu_le))
        except Interdit as refus:
            formulaire.add_error("fichiers", refus.phrase)
            return False
        self.boite.vider(cle for cle, _ in pages)
        return True

    def _prendre(self, survenu_le: datetime) -> list[tuple[uuid.UUID, int]]:
        """Keep the files of this form; those refused are told beside their name."""
        sorts = self.boite.prendre(self.formulaire.envoyes, survenu_le=survenu_le)
        for sort in sorts:
            if sort.joint is None:
                self.formulaire.add_error("fichiers", f"{sort.nom}\u00a0: {sort.phrase}")
        return [(sort.joint, 0) for sort in sorts if sort.joint]
