"""Names of the scenarios that a call may ask for, and their figure. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from sne.socle.erreurs import Interdit

SCENARIOS: Mapping[str, tuple[str, int]] = {
    "lent": ("La réponse attend autant de millièmes de seconde.", 3_000),
    "coupe": ("L’acte est fait, puis la ligne est coupée avant la réponse.", 0),
    "500": ("Une erreur du service, rien n’est fait.", 0),
    "503": ("Le service est arrêté, à rappeler dans autant de secondes.", 5),
    "429": ("Le quota est atteint, à rappeler dans autant de secondes.", 5),
    "doublon": ("Le même ménage vient d’être enregistré par un autre guichet.", 0),
    "gel": ("Le dossier vient d’être figé par une enquête.", 0),
    "radiee": ("Le dossier vient d’être radié par un autre guichet.", 0),
    "conflit": ("Un autre guichet vient de changer le téléphone portable de la demande.", 0),
    "identite-en-attente": ("Le changement d’identité attend, et personne ne répond.", 0),
    "identite-validee": (
        "Le changement d’identité est validé autant de secondes plus tard, sur une pièce.",
        60,
    ),
    "identite-refusee": ("Le changement d’identité est refusé autant de secondes plus tard.", 60),
    "retrait": ("Un champ annoncé comme retiré manque dans chaque réponse.", 0),
    "neuf": ("Le bac est remis à neuf avant l’appel, son horloge au jour vrai.", 0),
    "champ-nouveau": ("Chaque réponse porte un champ et une valeur que la version 1 ne connaît pas.", 0),
    "soap-faute": ("Une faute SOAP, rien n’est fait.", 0),
}
"""What each one plays, and the figure that it takes when none is given."""
MAXIMUM = 60_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario asked for. ``nombre``: milliseconds or seconds, as it says."""

    nom: str
    nombre: int


def lire_scenario(texte: str) -> Scenario | None:
    """The scenario of a header ``SNE-Scenario``: ``nom`` or ``nom;nombre``. Raises ``Interdit``: not one."""
    if not texte:
        return None
    nom, _, nombre = texte.partition(";")
    if nom not in SCENARIOS:
        raise Interdit(f"SNE-Scenario\u00a0: ce nom n’existe pas. Choisissez parmi {', '.join(SCENARIOS)}.")
    if not nombre:
        return Scenario(nom, SCENARIOS[nom][1])
    if not nombre.isascii() or not nombre.isdecimal() or int(nombre) > MAXIMUM:
        raise Interdit(f"SNE-Scenario\u00a0: un nombre de 0 à {MAXIMUM} est attendu après le point-virgule.")
    return Scenario(nom, int(nombre))
