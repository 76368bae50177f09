"""One page of the plan as it is shown: its fields, its errors and no other's."""

from collections.abc import Sequence
from functools import cached_property

from django.forms.boundfield import BoundField

from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.saisie.forms.pages.page import Page
from sne.socle.forms import ErreurDeChamp, cible


class PagePosee:
    """``page``: the page of ``saisie`` that holds its fields, or none; ``dites``: errors that it does not see."""

    def __init__(self, plan: PageDuPlan, page: Page | None, dites: Sequence[ErreurDeChamp] = ()) -> None:
        self.plan = plan
        self.page = page
        self.dites = tuple(dites)

    @cached_property
    def par_nom(self) -> dict[str, BoundField]:
        """The fields asked here, by name, without what goes before it for a row."""
        if self.page is None:
            return {}
        tete = f"{self.plan.prefixe}-" if self.plan.prefixe else ""
        return {
            champ.html_name.removeprefix(tete): champ
            for formulaire in self.page.formulaires
            for champ in formulaire
            if self.plan.porte(champ.html_name)
        }

    @property
    def champs(self) -> list[BoundField]:
        """In the order of the page."""
        return [self.par_nom[nom] for nom in self.plan.champs if nom in self.par_nom]

    @cached_property
    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """The error summary of this page."""
        if self.page is None:
            return ()
        toutes = self.page.erreurs
        cibles = {cible(champ) for champ in self.par_nom.values()} if toutes else set()
        siennes = (erreur for erreur in toutes if erreur.cible in cibles)
        return (*siennes, *self.dites)

    @property
    def valide(self) -> bool:
        """Whether it holds no error."""
        return not self.erreurs
