"""Step « Situation professionnelle »: one panel per adult."""

from dataclasses import dataclass
from typing import Any

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition import adultes as composition
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import construire, propres
from sne.saisie.forms.pages.page import Page, Saisie
from sne.saisie.forms.situation import FormulaireSituation
from sne.saisie.presentation.identite import nom_complet
from sne.socle.forms import Formulaire


@dataclass(frozen=True, slots=True)
class PanneauSituation:
    """The work of one adult."""

    prefixe: str
    nom: str
    formulaire: FormulaireSituation


class PageSituation(Page):
    """What each adult lives by."""

    code = "situation"
    titre = "Situation professionnelle"
    objet = "la situation professionnelle"
    gabarit = "saisie/champs_situation.html"
    chemins = ("demandeur.situation_professionnelle", "cotitulaires[].situation_professionnelle")
    suit = ("cotitulaires",)

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.panneaux = [
            PanneauSituation(prefixe, nom, self._formulaire(prefixe, nom))
            for prefixe, nom in noms_des_adultes(self.contenu)
            if self.ouvre(prefixe)
        ]

    def _formulaire(self, prefixe: str, nom: str) -> FormulaireSituation:
        return construire(
            FormulaireSituation,
            self.brut,
            controler=self.controler,
            prefixe=prefixe,
            contexte=nom,
            cadre=self.cadre,
        )

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_situations(contenu, cadre.geographie)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [panneau.formulaire for panneau in self.panneaux]

    def composer(self, contenu: Contenu) -> Contenu:
        valeurs = {panneau.prefixe: propres(panneau.formulaire) for panneau in self.panneaux}
        return composition.avec_situations(contenu, valeurs)


def noms_des_adultes(contenu: Contenu) -> list[tuple[str, str]]:
    """(prefix of fields, name) of each adult; somebody not named yet is told by their role."""
    return [
        (prefixe, nom_complet(adulte.identite) or ("Cotitulaire" if rang else "Demandeur"))
        for rang, (prefixe, adulte) in enumerate(composition.adultes_prefixes(contenu))
    ]
