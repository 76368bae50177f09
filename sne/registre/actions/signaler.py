"""A past identity is recognised, at registration, when somebody signs in, or by night: an enquiry says so, nobody else.

Nothing of the older demande ever comes back to whoever is at the door: neither its number, nor that there is one.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import connection, transaction

from sne.referentiels.selectors import get_parametres
from sne.registre import policies
from sne.registre.actions.enquetes import inscrire_element, inscrire_enquete, joindre_enquete
from sne.registre.rules.enquete import MotifEnquete, NatureElement, OrigineEnquete, phrase_du_rapprochement
from sne.registre.selectors.anciens_titulaires import is_deja_signalee, list_departs_par_separation
from sne.registre.selectors.doublons import PersonneCherchee, rapprocher
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


class Reconnue(Protocol):
    """A past identity that was met again, and why."""

    @property
    def demande_id(self) -> uuid.UUID:
        """The demande that it was on."""

    @property
    def identite_id(self) -> uuid.UUID: ...

    @property
    def raisons(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Rencontre:
    """Where somebody was recognised, on whose act, and the demande that they have now, if any."""

    origine: OrigineEnquete
    territoire: str
    demande: uuid.UUID | None
    acteur: Acteur
    survenu_le: datetime


@transaction.atomic
def signaler_ancienne_identite(
    personne: PersonneCherchee,
    *,
    territoire: str,
    demande_id: uuid.UUID | None,
    acteur: Acteur,
    survenu_le: datetime,
) -> None:
    """Somebody has signed in, surely known: was their identity in force on another demande, and replaced since?

    ``demande_id``: the demande that they have there now, if any. Returns nothing, whatever was found. Signing in again
    says nothing more. Raises ``NonHabilite``: the service alone calls it, for who signs in.
    """
    require(
        policies.can_signaler_identite(acteur, territoire=territoire),
        "Seul le service signale une ancienne identité reconnue à la connexion.",
    )
    lock_naissances(territoire, [personne.date_naissance] if personne.date_naissance else ())
    trouvees = rapprocher(
        [personne],
        territoire=territoire,
        seuil=float(get_parametres(horloge.jour(survenu_le)).seuil_doublon_justification),
        sauf=demande_id,
    )
    nouvelles = [
        ancienne
        for ancienne in trouvees.anciennes
        if not is_deja_signalee(ancienne.demande_id, ancienne.identite_id, demande=demande_id)
    ]
    rencontre = Rencontre(OrigineEnquete.CONNEXION, territoire, demande_id, acteur, survenu_le)
    inscrire_reconnues(nouvelles, rencontre)


def inscrire_reconnues(reconnues: Sequence[Reconnue], rencontre: Rencontre) -> None:
    """Write what was recognised, in the caller's transaction: in the open enquiry on that demande, or in a new one.

    Who left by a separation is known to have left: that is no takeover.
    """
    departs = list_departs_par_separation([r.identite_id for r in reconnues])
    for reconnue in reconnues:
        if reconnue.identite_id not in departs:
            inscrire_reconnue(reconnue, rencontre)


def inscrire_reconnue(reconnue: Reconnue, rencontre: Rencontre) -> None:
    """One past identity, as a piece of evidence on the demande that it was on."""
    acteur, survenu_le = rencontre.acteur, rencontre.survenu_le
    enquete = joindre_enquete(
        reconnue.demande_id, rencontre.demande, acteur=acteur, survenu_le=survenu_le
    ) or inscrire_enquete(
        [reconnue.demande_id, *([rencontre.demande] if rencontre.demande else ())],
        territoire=rencontre.territoire,
        origine=rencontre.origine,
        motif=MotifEnquete.ANCIEN_TITULAIRE,
        acteur=acteur,
        survenu_le=survenu_le,
    )
    inscrire_element(
        enquete,
        NatureElement.IDENTITE,
        texte=phrase_du_rapprochement(reconnue.raisons),
        reference=reconnue.identite_id,
        acteur=acteur,
        survenu_le=survenu_le,
    )


def lock_naissances(territoire: str, naissances: Iterable[date]) -> None:
    """Make those who look up one birth date of a territory wait for each other, so that the second sees the first.

    Taken in order: no deadlock, hardly any waiting otherwise. Until the end of the transaction.
    """
    cles = sorted(f"{territoire}|{naissance.isoformat()}" for naissance in set(naissances))
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(cle, 0)) FROM unnest(%s::text[]) AS cle", [cles]
        )
