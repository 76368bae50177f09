"""What is read, what is asked, how long it holds, and what is counted of a counter. Pure."""

from sne.sensibilisation.rules.couverture import Acquis, Couverture, Personne, couvrir, qui_a_tout_trouve
from sne.sensibilisation.rules.rappel import RAPPEL, Rappel, debut_de_validite, exiger_le_meme
from sne.sensibilisation.rules.remarques import ECRANS, Ecran, lire_remarque
from sne.sensibilisation.rules.scenarios import SCENARIOS, Choix, Scenario, choisir

__all__ = [
    "ECRANS",
    "RAPPEL",
    "SCENARIOS",
    "Acquis",
    "Choix",
    "Couverture",
    "Ecran",
    "Personne",
    "Rappel",
    "Scenario",
    "choisir",
    "couvrir",
    "debut_de_validite",
    "exiger_le_meme",
    "lire_remarque",
    "qui_a_tout_trouve",
]
