"""Why an act was done, if it was said: a coded reason in words, else the sentence of its author, cleaned. Pure."""

from collections.abc import Mapping

from sne.journal.rules import Verbe
from sne.notifications.rules import Genre as GenreDeMessage
from sne.notifications.verbes import VerbeMessage
from sne.registre.demande.rules.personne import MotifRefusIdentite
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.identite.rules.decision import RAISONS
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.lecture.rules.historique_demandeur.mots import nettoyer
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.vie.rules.radiation import REGLES
from sne.registre.vie.verbes import VerbeVie


def raison_de(verbe: Verbe, faits: Mapping[str, object], *, motif: str) -> str:
    """The reason of an act, empty when none was given. ``motif``: typed with the version that the act made."""
    code = str(faits.get("motif", ""))
    if verbe is VerbeIdentite.REFUSER_IDENTITE and code in set(MotifRefusIdentite):
        return RAISONS[MotifRefusIdentite(code)]
    if verbe is VerbeVie.RADIER and code in set(MotifRadiation):
        return REGLES[MotifRadiation(code)].libelle
    if verbe is VerbeLecture.CONSULTER and faits.get("pour") == "APPEL":
        return f"référence de l’appel {code}"
    genre = str(faits.get("genre", ""))
    if (
        verbe in (VerbeMessage.ENVOYER_MESSAGE, VerbeMessage.REJETER_MESSAGE)
        and genre in GenreDeMessage.tous()
    ):
        return GenreDeMessage.tous()[genre].modele.libelle
    return nettoyer(motif)
