"""Step « La personne »: civil status, then where to write and how to reach the applicant."""

from typing import Any

from sne.guichet.demandes import composition
from sne.guichet.demandes.brut import Brut
from sne.guichet.demandes.forms.adresse import FormulaireAdresse
from sne.guichet.demandes.forms.champs import Cadre
from sne.guichet.demandes.forms.lignes import construire
from sne.guichet.demandes.forms.pages.page import Page, Saisie, propres
from sne.guichet.demandes.forms.personne import FormulaireContact, FormulaireIdentite
from sne.registre.rules.contenu import Contenu
from sne.socle.forms import Formulaire


class PagePersonne(Page):
    """The applicant's civil status and family situation."""

    code = "personne"
    etape = "personne"
    titre = "La personne"
    objet = "l’identité"
    gabarit = "guichet/demandes/champs_identite.html"
    chemins = ("demandeur.identite", "demandeur.situation_familiale")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.identite = construire(FormulaireIdentite, brut, controler=self.controler, cadre=self.cadre)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:  # noqa: ARG003
        return composition.saisie_personne(contenu)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.identite]

    def appliquer(self, contenu: Contenu) -> Contenu:
        return composition.avec_demandeur(contenu, propres(self.identite))

    def nirs(self) -> dict[str, str]:
        numero = propres(self.identite).get("nir", "")
        return {"demandeur": numero} if numero else {}


class PageCoordonnees(Page):
    """Where to write to the applicant, and how to reach them."""

    code = "coordonnees"
    etape = "personne"
    titre = "Les coordonnées"
    objet = "les coordonnées"
    gabarit = "guichet/demandes/champs_coordonnees.html"
    chemins = ("demandeur", "preferences", "accompagnant")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.adresse = construire(FormulaireAdresse, brut, controler=self.controler, cadre=self.cadre)
        self.contact = construire(FormulaireContact, brut, controler=self.controler)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_coordonnees(contenu, cadre.geographie)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.adresse, self.contact]

    def appliquer(self, contenu: Contenu) -> Contenu:
        return composition.avec_coordonnees(contenu, propres(self.adresse), propres(self.contact))
