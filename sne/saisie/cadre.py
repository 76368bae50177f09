"""What forms and words need of one day: lists, geography, territory, limits."""

from datetime import date

from sne.referentiels.selectors import get_geographie, get_nomenclatures, get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.saisie.forms.champs import Cadre
from sne.saisie.presentation.mots import Lecture


def get_cadre(territoire: str, le: date) -> Cadre:
    """Lists, geography, territory and limits for the forms of one day."""
    communes_max = get_parametres(le)[ParametresContenu].localisations_max_ecran
    return Cadre(get_nomenclatures(le), get_geographie(), territoire, le, communes_max)


def get_lecture(le: date) -> Lecture:
    """Lists and geography to word a content."""
    return Lecture(get_nomenclatures(le), get_geographie(), le)
