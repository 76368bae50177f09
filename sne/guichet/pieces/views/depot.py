"""A form with files, from its request to its page: what it joins, what it keeps when it is to be corrected."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages

from sne.documents.boite import Boite, Joindre, Sort
from sne.guichet.pieces.forms import FormulaireDepot
from sne.guichet.pieces.views.cadre import Cadre
from sne.referentiels.rules import TypePiece
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, envoi_de


class Depot:
    """One request on a form with files.

    When the person removes a file, the form comes back as it was typed, without being checked.
    """

    def __init__(
        self,
        request: RequeteHabilitee,
        boite: Boite,
        cadre: Cadre,
        type_piece: TypePiece,
        initiales: Mapping[str, object],
        *,
        seul: bool = False,
    ) -> None:
        self.boite, self.cadre = boite, cadre
        options: dict[str, Any] = {
            "boite": boite,
            "type_piece": type_piece,
            "contenu": cadre.fiche.contenu,
            "sante": cadre.sante,
            "seul": seul,
        }
        self.formulaire = FormulaireDepot(*envoi_de(request), initial=initiales, **options)
        self.laisses: set[uuid.UUID] = set()
        if self.formulaire.is_bound:
            self.laisses = {e.id for e in boite.lister()} - set(self.formulaire.envois)
        if retrait := self.formulaire.retrait:
            if nom := boite.retirer(retrait):
                messages.success(request, f"{nom}\u00a0: retiré.")
            for phrase in (
                *(f"{s.nom}\u00a0: {s.phrase}" for s in self._garder()),
                self.formulaire.phrase_en_trop,
            ):
                if phrase:
                    messages.error(request, phrase)
            self.formulaire = FormulaireDepot(initial=request.POST.dict(), **options)

    def joindre(self, joindre: Joindre, *, survenu_le: datetime) -> list[Sort]:
        """What became of each file of a form that holds."""
        formulaire = self.formulaire
        return self.boite.joindre(
            formulaire.envois, formulaire.envoyes, survenu_le=survenu_le, joindre=joindre
        )

    def revenir(self, sorts: Sequence[Sort]) -> None:
        """Say what was refused; when nothing was taken in, keep the files, so that nobody has to choose them again."""
        for sort in sorts or self._garder():
            if not sort.joint:
                self.formulaire.add_error("fichiers", f"{sort.nom}\u00a0: {sort.phrase}")
        if phrase := self.formulaire.phrase_en_trop:
            self.formulaire.add_error("fichiers", phrase)

    def _garder(self) -> list[Sort]:
        return self.boite.garder(self.formulaire.envoyes, survenu_le=maintenant())

    def contexte(self) -> dict[str, Any]:
        """What the page shows."""
        formulaire = self.formulaire
        return (
            self.cadre.contexte()
            | self.boite.contexte(laisses=self.laisses)
            | {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
        )
