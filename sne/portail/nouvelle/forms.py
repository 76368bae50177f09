"""With whom the person will live: boxes that open the pages about each; unticking erases, once it was said twice."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from sne.portail.nouvelle.en_cours import AVEC, DemandeEnLigne
from sne.portail.nouvelle.plan import COTITULAIRES, ENFANTS, GARDES, NAISSANCES
from sne.saisie.brut import Brut, en_formulaire, nombre_de_lignes, premier
from sne.saisie.reunion import Envoi
from sne.socle.forms import Cases, ErreurDeChamp, Formulaire

EFFACER = "effacer"
"""Field by which the person says again that what was typed of somebody is to be erased."""
CHOIX = (
    (COTITULAIRES, gettext_lazy("Une personne qui demande avec moi (elle signera aussi le bail)")),
    (ENFANTS, gettext_lazy("Des enfants, ou des personnes à ma charge")),
    (GARDES, gettext_lazy("Des enfants une partie du temps (garde alternée, droit de visite)")),
    (NAISSANCES, gettext_lazy("J’attends un enfant")),
)
EFFACE = gettext_noop(
    "Vous avez décoché une case\u00a0: ce que vous avez écrit de ces personnes sera effacé. Appuyez encore sur "
    "Continuer pour l’effacer, ou cochez de nouveau la case."
)
COMBIEN = gettext_noop("Tapez combien d’enfants vous attendez, ou décochez la case.")


class FormulaireAvecQui(Formulaire):
    """Nobody ticked: the person will live alone."""

    avec = forms.MultipleChoiceField(
        label=gettext_lazy("Cochez tout ce qui convient"),
        help_text=gettext_lazy("Ne cochez rien si vous vivrez seul ou seule."),
        required=False,
        choices=CHOIX,
        widget=Cases(en_ligne=False),
    )


class AvecQui:
    """The answer to that question; ``saisi``: as it was sent, nothing when the page is opened."""

    def __init__(self, demande: DemandeEnLigne, saisi: Brut | None) -> None:
        self.demande = demande
        self.saisi = saisi
        if saisi is None:
            self.formulaire = FormulaireAvecQui(initial={"avec": sorted(demande.avec_qui)})
        else:
            self.formulaire = FormulaireAvecQui(en_formulaire(saisi))

    @cached_property
    def coches(self) -> frozenset[str]:
        """What is ticked, of what may be."""
        return frozenset((self.saisi or {}).get("avec", [])) & {qui for qui, _ in CHOIX}

    @cached_property
    def retraits(self) -> list[tuple[str, int]]:
        """Rows typed of whom is ticked no more, each taken out in turn: the next one has its rank by then."""
        foyer = self.demande.brut("foyer")
        partis = [groupe for groupe in (COTITULAIRES, ENFANTS, GARDES) if groupe not in self.coches]
        return [(groupe, 1) for groupe in partis for _ in range(nombre_de_lignes(foyer, groupe))]

    @property
    def a_effacer(self) -> bool:
        """Whether the person has to say again that rows are to be erased."""
        return bool(self.retraits) and self.saisi is not None and EFFACER not in self.saisi

    @property
    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """Why one does not go on."""
        if self.saisi is None:
            return ()
        dites = list(self.formulaire.erreurs())
        if self.a_effacer:
            dites.append(ErreurDeChamp(gettext(EFFACE), "id_avec_0"))
        if NAISSANCES in self.coches and not premier(self.saisi, "nombre").strip():
            dites.append(ErreurDeChamp(gettext(COMBIEN), "id_nombre"))
        return tuple(dites)

    @property
    def champ(self) -> Any:
        """The boxes."""
        return self.formulaire["avec"]

    @property
    def retenu(self) -> Mapping[str, Brut]:
        """What the draft keeps of it beside the rows."""
        return {AVEC: {"avec": sorted(self.coches)}}

    def appliquer(self, envoi: Envoi) -> Envoi:
        """The page of the household without the rows that are erased, nor births that are not expected."""
        brut = envoi.brut if NAISSANCES in self.coches else envoi.brut | {"nombre": [""], "date_prevue": [""]}
        retraits = [] if self.a_effacer else self.retraits
        brut = self.demande.sans_lignes(brut, retraits)
        return replace(envoi, brut=brut, retraits=[*envoi.retraits, *retraits])
