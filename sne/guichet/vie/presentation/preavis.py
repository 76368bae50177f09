"""The notice of a file in words: when and how it was given, and what to do when it reached nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sne.notifications.rules import Canal
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.lecture.selectors.traces import Trace
from sne.registre.vie.selectors.preavis import PreavisLu, get_motif_de_retenue, get_preavis
from sne.saisie.presentation.mots import Ligne
from sne.socle.templatetags.socle_tags import date_fr

MOYENS: Mapping[Canal, str] = {
    Canal.COURRIEL: "courriel",
    Canal.LETTRE: "courrier",
    Canal.SMS: "SMS",
}
IMPOSSIBLE = (
    "Aucune adresse du dossier ne permet d’écrire au ménage. Prévenez-le autrement. "
    "Dès qu’une adresse est complétée, le préavis part dans la nuit."
)
NON_REMIS = (
    "Il a été refusé par tous les moyens d’envoi, listés dans «\u00a0Messages\u00a0». "
    "Prévenez le ménage autrement."
)


@dataclass(frozen=True, slots=True)
class Alerte:
    """A notice that reached nobody, or an end that waits for it."""

    titre: str
    texte: str


@dataclass(frozen=True, slots=True)
class Preavis:
    """What the page of a file says of the notice: a fact for the banner, an alert; either may be absent.

    ``lu``: the notice as its household reads it too; ``retenue``: the end waits for it.
    """

    fait: Ligne | None
    alerte: Alerte | None
    lu: PreavisLu | None = None
    retenue: bool = False


def presenter_preavis(fiche: Fiche, *, le: date) -> Preavis:
    """Word the notice of the present validity; nothing for a demande that is not open."""
    demande = fiche.demande
    if not fiche.ouverte:
        return Preavis(None, None)
    lu = get_preavis(demande.id, demande.date_expiration) if Trace.PREAVIS in fiche.traces else None
    retenue = get_motif_de_retenue(demande.id, demande, le=le) if le > demande.date_expiration else ""
    return Preavis(_fait(lu), _alerte(lu, retenue), lu, bool(retenue))


def _fait(lu: PreavisLu | None) -> Ligne | None:
    if lu is None or not lu.possible:
        return None
    moyens = " et ".join(MOYENS[canal] for canal in lu.canaux)
    return Ligne("Préavis donné le", f"{date_fr(lu.jour)}, par {moyens}")


def _alerte(lu: PreavisLu | None, retenue: str) -> Alerte | None:
    suite = ""
    if retenue:
        suite = f"La demande ne prend pas fin pour l’instant\u00a0: {retenue[0].lower()}{retenue[1:]}"
    if lu is not None and lu.echoue:
        titre = "n’est pas arrivé" if lu.possible else "n’a pas pu partir"
        fin = suite or f"Sans renouvellement, la demande sera radiée le {date_fr(lu.date_radiation)}."
        return Alerte(
            f"Le préavis de renouvellement {titre}", f"{NON_REMIS if lu.possible else IMPOSSIBLE} {fin}"
        )
    return Alerte("La fin de validité est retenue", suite) if suite else None
