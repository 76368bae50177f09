"""Step « Ressources »: tax incomes and monthly resources of each adult, then of the dependants together."""

from dataclasses import dataclass
from typing import Any, override

from sne.registre.contenu.rules.arbre.personnes import Ressources
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.types_de_champ import MAX_COTITULAIRES, MAX_LISTE
from sne.saisie.brut import Brut
from sne.saisie.composition import adultes as composition
from sne.saisie.composition.adultes import CHARGES
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import Lignes, construire, propres
from sne.saisie.forms.pages.page import Page, Saisie
from sne.saisie.forms.pages.situation import noms_des_adultes
from sne.saisie.forms.ressources import FormulaireRevenus, LigneDePension, LigneDeRessource
from sne.socle.forms import Formulaire

PREFIXES = ("demandeur", *(f"cotitulaires-{rang}" for rang in range(1, MAX_COTITULAIRES + 1)), CHARGES)
LIGNES_OFFERTES = 2
"""Lines of income shown before any is asked for: most people have one or two."""


@dataclass(frozen=True, slots=True)
class PanneauRessources:
    """The money of one adult; no tax income for the dependants, told together."""

    prefixe: str
    nom: str
    revenus: FormulaireRevenus | None
    recues: Lignes
    versees: Lignes

    @property
    def formulaires(self) -> list[Formulaire]:
        return [*([self.revenus] if self.revenus else []), *self.recues, *self.versees]


class PageRessources(Page):
    """What the household lives on."""

    code = "ressources"
    titre = "Ressources"
    objet = "les ressources"
    gabarit = "saisie/champs_ressources.html"
    chemins = (
        "demandeur.revenus_fiscaux",
        "demandeur.ressources",
        "cotitulaires[].revenus_fiscaux",
        "cotitulaires[].ressources",
        "foyer.ressources_personnes_a_charge",
    )
    suit = ("cotitulaires",)
    groupes = {f"{prefixe}-{genre}": MAX_LISTE for prefixe in PREFIXES for genre in ("recues", "versees")}
    premiers_champs = dict.fromkeys(groupes, "nature")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        adultes = noms_des_adultes(self.contenu)
        self.panneaux = [self._panneau(prefixe, nom) for prefixe, nom in adultes if self.ouvre(prefixe)]
        foyer = self.contenu.foyer
        charges = foyer.personnes_a_charge or foyer.ressources_personnes_a_charge != Ressources()
        if charges and self.ouvre(CHARGES):
            self.panneaux.append(self._panneau(CHARGES, "Personnes à charge"))

    def _panneau(self, prefixe: str, nom: str) -> PanneauRessources:
        communs: dict[str, Any] = {"controler": self.controler, "cadre": self.cadre}
        adulte = prefixe != CHARGES
        revenus = (
            construire(FormulaireRevenus, self.brut, prefixe=prefixe, contexte=nom, **communs)
            if adulte
            else None
        )
        return PanneauRessources(
            prefixe,
            nom,
            revenus,
            recues=self._lignes(f"{prefixe}-recues", LigneDeRessource, f"{nom}, ressource", adulte=adulte),
            versees=self._lignes(
                f"{prefixe}-versees", LigneDePension, f"{nom}, pension versée", adulte=False
            ),
        )

    def _lignes(self, groupe: str, classe: type[LigneDeRessource], nom: str, *, adulte: bool) -> Lignes:
        return Lignes(
            groupe,
            classe,
            self.brut,
            maximum=MAX_LISTE,
            minimum=LIGNES_OFFERTES if adulte else 0,
            nommer=lambda rang, _: f"{nom} {rang}",
            controler=self.controler,
            cadre=self.cadre,
        )

    @classmethod
    @override
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_ressources(contenu)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [formulaire for panneau in self.panneaux for formulaire in panneau.formulaires]

    def composer(self, contenu: Contenu) -> Contenu:
        return composition.avec_ressources(
            contenu,
            revenus={p.prefixe: propres(p.revenus) for p in self.panneaux if p.revenus},
            recues={p.prefixe: p.recues.remplies for p in self.panneaux},
            versees={p.prefixe: p.versees.remplies for p in self.panneaux},
        )
