"""Step « Les souhaits »: the dwelling sought."""

from typing import Any

from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.saisie.brut import Brut
from sne.saisie.composition import souhaits as composition
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import construire, propres
from sne.saisie.forms.pages.page import Page, Saisie
from sne.saisie.forms.souhaits import FormulaireSouhaits, formulaire_des_communes
from sne.socle.forms import ErreurDeChamp, Formulaire

AVANT_LES_COMMUNES = ("types_logement", "categorie")


class PageSouhaits(Page):
    """What is sought and where; an association seeks a dwelling too."""

    code = "souhaits"
    titre = "Les souhaits"
    objet = "les souhaits"
    gabarit = "saisie/champs_souhaits.html"
    chemins = ("souhaits", "precisions")
    ordonnes = ("commune", "quartier")
    titulaires = frozenset(Titulaire)

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.souhaits = construire(FormulaireSouhaits, brut, controler=self.controler, cadre=self.cadre)
        formulaire = formulaire_des_communes(self.cadre.communes_max)
        self.communes = construire(formulaire, brut, controler=self.controler, cadre=self.cadre)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_souhaits(contenu, cadre.geographie, cadre.communes_max)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.souhaits, self.communes]

    @property
    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """In the order of the page: the communes stand between two parts of the first form."""
        communes = {erreur.cible for erreur in self.communes.erreurs()} if self.controler else set()
        return tuple(sorted(super().erreurs, key=lambda erreur: _rang(erreur.cible, communes)))

    def composer(self, contenu: Contenu) -> Contenu:
        dits, lieux = propres(self.souhaits), propres(self.communes).get("lieux", ())
        return composition.avec_souhaits(
            contenu,
            dits,
            lieux,
            communes_max=self.cadre.communes_max,
            precisions=dits.get("precisions", ""),
        )


def _rang(cible: str, communes: set[str]) -> int:
    if cible in communes:
        return 1
    return 0 if cible.removeprefix("id_").startswith(AVANT_LES_COMMUNES) else 2
