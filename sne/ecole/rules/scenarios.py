"""Names of the scenarios that a call may ask for, and what each takes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from sne.connecteurs.drm.rules.mois import ETATS, PasEligible
from sne.connecteurs.rules import Motif
from sne.socle.erreurs import Interdit

SCENARIOS: Mapping[str, tuple[str, int]] = {
    "lent": ("La réponse attend autant de millièmes de seconde.", 3_000),
    "coupe": ("L’acte est fait, puis la ligne est coupée avant la réponse.", 0),
    "500": ("Une erreur du service, rien n’est fait.", 0),
    "503": ("Le service est arrêté, à rappeler dans autant de secondes.", 5),
    "429": ("Le quota est atteint, à rappeler dans autant de secondes.", 5),
    "cle-expire": ("La clé, ou le certificat, n’est plus valable\u00a0: rien n’est fait.", 0),
    "doublon": ("Le même ménage vient d’être enregistré par un autre guichet.", 0),
    "jumeaux": ("Un jumeau de cette personne vient d’être enregistré par un autre guichet.", 0),
    "gel": ("Le dossier vient d’être figé par une enquête.", 0),
    "radiee": ("Le dossier vient d’être radié par un autre guichet.", 0),
    "effacee": ("Le dossier a été radié, puis effacé une fois passé le délai de la loi.", 0),
    "vol": (
        "Un autre guichet a pris le dossier pour une autre personne\u00a0; deux gestionnaires l’ont rétabli.",
        0,
    ),
    "conflit": ("Un autre guichet vient de changer le téléphone portable de la demande.", 0),
    "outre-mer": ("Un autre guichet vient d’écrire une adresse de La Réunion.", 0),
    "corse": ("Un autre guichet vient d’écrire une adresse de Corse.", 0),
    "noms-longs": ("Un autre guichet vient d’écrire un nom et une voie plus longs que le message SOAP.", 0),
    "identite-en-attente": ("Le changement d’identité attend, et personne ne répond.", 0),
    "identite-validee": (
        "Le changement d’identité est validé autant de secondes plus tard, sur une pièce.",
        60,
    ),
    "identite-refusee": ("Le changement d’identité est refusé autant de secondes plus tard.", 60),
    "drm": ("La source des ressources vient de répondre ainsi pour les trois mois.", 0),
    "ban": ("L’aide à la saisie des adresses répond ainsi.", 0),
    "siren": ("L’aide à la saisie des entreprises répond ainsi.", 0),
    "flux-double": ("Les dernières lignes sont livrées deux fois à vos abonnements.", 3),
    "flux-desordre": ("Les dernières lignes sont livrées à vos abonnements, la dernière d’abord.", 3),
    "flux-faux": ("La dernière ligne est livrée à vos abonnements avec une fausse signature.", 1),
    "retrait": ("Un champ annoncé comme retiré manque dans chaque réponse.", 0),
    "neuf": ("Le bac est remis à neuf avant l’appel, son horloge au jour vrai.", 0),
    "champ-nouveau": ("Chaque réponse porte un champ et une valeur que la version 1 ne connaît pas.", 0),
    "soap-faute": ("Une faute SOAP, rien n’est fait.", 0),
}
"""What each one plays, and the figure that it takes when none is given."""
VIDE = "VIDE"
AIDES = (VIDE, *(motif.value for motif in Motif))
MOTS: Mapping[str, tuple[str, ...]] = {
    "drm": tuple(etat for genre, etat in ETATS.items() if genre is not PasEligible),
    "ban": AIDES,
    "siren": AIDES,
}
"""Those that take a word instead of a figure; the first one when none is given."""
MAXIMUM = 60_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario asked for. ``nombre``: milliseconds, seconds or lines; ``mot``: for those that want one."""

    nom: str
    nombre: int = 0
    mot: str = ""


def lire_scenario(texte: str) -> Scenario | None:
    """The scenario of a header ``SNE-Scenario``: ``nom`` or ``nom;suite``. Raises ``Interdit``: not one."""
    if not texte:
        return None
    nom, _, suite = texte.partition(";")
    if nom not in SCENARIOS:
        raise Interdit(f"SNE-Scenario\u00a0: ce nom n’existe pas. Choisissez parmi {', '.join(SCENARIOS)}.")
    if mots := MOTS.get(nom):
        if suite and suite not in mots:
            raise Interdit(
                f"SNE-Scenario\u00a0: après «\u00a0{nom}\u00a0», choisissez parmi {', '.join(mots)}."
            )
        return Scenario(nom, mot=suite or mots[0])
    if not suite:
        return Scenario(nom, SCENARIOS[nom][1])
    if not suite.isascii() or not suite.isdecimal() or int(suite) > MAXIMUM:
        raise Interdit(f"SNE-Scenario\u00a0: un nombre de 0 à {MAXIMUM} est attendu après le point-virgule.")
    return Scenario(nom, int(suite))
