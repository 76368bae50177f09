"""What a household knows of what it sent online."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DITES, DepotEnLigne
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.rules.dates import ajouter
from sne.registre.demande.rules.depot_en_ligne import (
    StatutDepot,
    attend_une_piece,
    dire_raison,
    is_completable,
)
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.depot_en_ligne.rules.reference import reference_de
from sne.registre.rattachement.selectors.liens import list_liens
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.replique import connection

COLONNES = tuple(nom.removesuffix("_id") for nom in DITES.split(", "))
"""What the portal’s role may read of the row."""
# Asked by each sending and by the first page of an account: the ORM would take longer to compose it than the database
# to answer it.
LES_SIENS = f"SELECT {DITES} FROM depot_en_ligne WHERE compte = %s ORDER BY envoye_le DESC, id DESC"  # noqa: S608

A_QUELQUE_CHOSE = (
    "SELECT EXISTS (SELECT FROM depot_en_ligne WHERE compte = %s) "
    "OR EXISTS (SELECT FROM rattachement WHERE compte = %s AND fini_le IS NULL)"
)


@dataclass(frozen=True, slots=True)
class DepotEnvoye:
    """The receipt: what was sent is received on ``date_demande``, the date of the demande whatever the wait.

    ``avant_le``: by which day a counter verifies it. ``raison``: what is wrong, in words, when it is ``INVALIDEE``;
    ``completable``: another document would do; ``attend_une_piece``: a picture of the document of identity may be sent.
    ``demande_id``: the demande that it became, or that there was already.
    """

    id: uuid.UUID
    reference: str
    territoire: str
    statut: StatutDepot
    envoye_le: datetime
    avant_le: date
    raison: str
    completable: bool
    attend_une_piece: bool
    pieces: tuple[str, ...]
    demande_id: uuid.UUID | None

    @property
    def date_demande(self) -> date:
        """The day of sending, in Paris."""
        return horloge.jour(self.envoye_le)

    def par(self, compte: uuid.UUID) -> Acteur:
        """The holder of the account that sent it, on what was sent, on nothing else."""
        return deposant(compte, territoire=self.territoire, brouillon=self.id)


def list_envois(compte: uuid.UUID) -> tuple[DepotEnvoye, ...]:
    """What this account sent, the last first."""
    with connection.cursor() as curseur:
        curseur.execute(LES_SIENS, [compte])
        lignes = [dict(zip(DITES.split(", "), lue, strict=True)) for lue in curseur.fetchall()]
    return tuple(lire_envoi(DepotEnLigne(**lue | {"pieces": json.loads(lue["pieces"])})) for lue in lignes)


def is_premiere(compte: uuid.UUID) -> bool:
    """Whether this account has sent nothing yet, and follows nothing: most of those that send."""
    with connection.cursor() as curseur:
        curseur.execute(A_QUELQUE_CHOSE, [compte, compte])
        return not curseur.fetchone()[0]


def list_en_cours(compte: uuid.UUID) -> Sequence[DepotEnvoye]:
    """Those that are no demande yet, and may become one."""
    return [
        envoi for envoi in list_envois(compte) if envoi.statut is StatutDepot.A_VALIDER or envoi.completable
    ]


def get_demande_suivie(compte: uuid.UUID, *, territoire: str) -> str | None:
    """The number of the open demande that this account follows in this territory by a civil status that is certain."""
    suivies = [lien.demande_id for lien in list_liens(compte) if lien.fort and lien.territoire == territoire]
    if not suivies:
        return None
    ouvertes = Demande.objects.filter(id__in=suivies, statut__in=OUVERTES).order_by("date_depot", "id")
    return ouvertes.values_list("nud", flat=True).first()


def lire_envoi(ligne: DepotEnLigne) -> DepotEnvoye:
    """The receipt of a row."""
    return DepotEnvoye(
        id=ligne.id,
        reference=reference_de(ligne.id, ligne.territoire),
        territoire=ligne.territoire,
        statut=StatutDepot(ligne.statut),
        envoye_le=ligne.envoye_le,
        avant_le=echeance_de(ligne),
        raison=dire_raison(ligne.motif),
        completable=is_completable(ligne.statut, ligne.motif),
        attend_une_piece=attend_une_piece(ligne.statut, ligne.motif, ligne.pieces),
        pieces=tuple(piece["type"] for piece in ligne.pieces),
        demande_id=ligne.demande_id,
    )


def echeance_de(ligne: DepotEnLigne) -> date:
    """The day before which a counter verifies it, counted from what it waited for last."""
    depuis = horloge.jour(ligne.complete_le or ligne.envoye_le)
    return ajouter(depuis, get_parametres(depuis)[ParametresDepotEnLigne].depot_verification_jours)
