"""Taking acts of the journal away in a file: the same search, told to the journal before the first line leaves."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from sne.journal.selectors.recherche import ActeTrouve, chercher_actes
from sne.preuve.actions.rechercher import journaliser, preparer
from sne.preuve.parametres import ParametresPreuve
from sne.preuve.rules import Criteres, exiger_fichier
from sne.preuve.verbes import VerbePreuve
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.selectors.existence import list_nuds
from sne.socle import horloge
from sne.socle.acte import Acte


@dataclass(frozen=True, slots=True)
class ActesTrouves:
    """Every act of a search, the newest first; the number of each demande that may be read."""

    actes: tuple[ActeTrouve, ...]
    nuds: dict[uuid.UUID, str]


@transaction.atomic
def exporter_actes(criteres: Criteres, *, acte: Acte) -> ActesTrouves:
    """The acts that a search finds, ``journal_export_lignes_max`` at most, by the rights of the search.

    Raises what :func:`sne.preuve.actions.rechercher.rechercher_actes` does, and ``Interdit`` when there are more.
    """
    recherche = preparer(criteres, acteur=acte.acteur, le=acte.survenu_le)
    au_plus = get_parametres(horloge.jour(acte.survenu_le))[ParametresPreuve].journal_export_lignes_max
    actes = chercher_actes(recherche, au_plus=au_plus + 1)
    exiger_fichier(len(actes), au_plus=au_plus)
    journaliser(
        VerbePreuve.EXPORTER_ACTES,
        criteres,
        {"lignes": len(actes)},
        demande=recherche.demande,
        acte=acte,
    )
    return ActesTrouves(actes, list_nuds({a.demande_id for a in actes if a.demande_id}, acte.acteur))
