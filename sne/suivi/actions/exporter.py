"""Taking the recap away in a file: a read that the journal tells before the first line leaves."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.suivi.possible import exiger_exporter
from sne.suivi.rules.activite import mois_entre
from sne.suivi.rules.recapitulatif import LigneRecapitulatif
from sne.suivi.selectors.recapitulatif import MOIS_PROPOSES, get_suivis, list_lignes
from sne.suivi.verbes import VerbeSuivi


@dataclass(frozen=True, slots=True)
class Periode:
    """First days of the first and last months, both included."""

    de: date
    a: date


@transaction.atomic
def exporter_recapitulatif(periode: Periode, *, format_: str, acte: Acte) -> list[LigneRecapitulatif]:
    """The lines of these months that the actor may read, once the journal holds who takes what.

    Raises ``Introuvable`` (nothing to follow), ``NonHabilite``, ``Interdit`` (a wrong period).
    """
    suivis = get_suivis(acte.acteur, le=horloge.jour(acte.survenu_le))
    exiger_exporter(acte.acteur)
    nombre = len(mois_entre(periode.de, periode.a))
    if not 1 <= nombre <= MOIS_PROPOSES:
        raise Interdit(
            f"Choisissez de 1 à {MOIS_PROPOSES}\u00a0mois, du plus ancien au plus récent.", champ="de"
        )
    lues = list_lignes(acte.acteur.territoire, de=periode.de, a=periode.a)
    lignes = [ligne for ligne in lues if suivis is None or ligne.activite.guichet in suivis]
    journal.inscrire(
        Entree(
            verbe=VerbeSuivi.EXPORTER_RECAPITULATIF,
            acte=acte,
            territoire=acte.acteur.territoire,
            faits={
                "de": f"{periode.de:%Y-%m}",
                "a": f"{periode.a:%Y-%m}",
                "format": format_,
                "lignes": len(lignes),
            },
        )
    )
    return lignes
