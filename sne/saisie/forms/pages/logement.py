"""Step « Logement actuel et motifs »: where they live, what they own, why they ask."""

from typing import Any, override

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition import logement as composition
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import construire, propres
from sne.saisie.forms.logement import FormulaireLogement, FormulaireMotifs, FormulairePossede
from sne.saisie.forms.pages.page import Page, Saisie
from sne.socle.forms import Formulaire


class PageLogement(Page):
    """The present dwelling, then another that may be owned."""

    code = "logement"
    titre = "Logement actuel"
    objet = "le logement actuel"
    gabarit = "saisie/champs_logement.html"
    chemins = ("logement_actuel", "logement_possede")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.logement = construire(
            FormulaireLogement,
            brut,
            controler=self.controler,
            cadre=self.cadre,
            autres=self.contenu.logement_actuel.statuts_occupation[1:],
        )
        self.possede = construire(
            FormulairePossede,
            brut,
            controler=self.controler,
            contexte="Logement possédé",
            cadre=self.cadre,
        )

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_logement(contenu, cadre.geographie)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.logement, self.possede]

    def composer(self, contenu: Contenu) -> Contenu:
        return composition.avec_logement(contenu, propres(self.logement), propres(self.possede))


class PageMotifs(Page):
    """Why they ask for a dwelling."""

    code = "motifs"
    titre = "Motifs de la demande"
    objet = "les motifs"
    gabarit = "saisie/champs_motifs.html"
    chemins = ("motifs",)

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.motifs = construire(FormulaireMotifs, brut, controler=self.controler, cadre=self.cadre)

    @classmethod
    @override
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_motifs(contenu)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.motifs]

    def composer(self, contenu: Contenu) -> Contenu:
        return composition.avec_motifs(contenu, propres(self.motifs))
