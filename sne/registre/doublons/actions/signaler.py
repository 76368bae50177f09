"""A past identity is recognised, at registration, when somebody signs in, or by night: only an enquiry says so.

Nothing of the older demande ever comes back to the person at the door: neither its number, nor that there is one.
The enquiry is the older demande's, in its territory, wherever the person is now.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import connection, transaction

from sne.habilitations.rules.acteurs import service
from sne.referentiels.selectors import get_parametres
from sne.registre.doublons import policies
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.anciens_ailleurs import (
    AncienAilleurs,
    reconnaitre_ailleurs,
    seuils_ailleurs,
)
from sne.registre.doublons.selectors.anciens_titulaires import is_deja_signalee, list_departs_par_separation
from sne.registre.doublons.selectors.proches import PersonneCherchee, rapprocher
from sne.registre.enquete.actions.enquetes import (
    Ailleurs,
    inscrire_element,
    inscrire_enquete,
    joindre_enquete,
)
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.enquete.rules.enquete import (
    MotifEnquete,
    NatureElement,
    OrigineEnquete,
    phrase_du_rapprochement,
)
from sne.socle import horloge
from sne.socle.acte import Acte
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
    acte: Acte


@dataclass(frozen=True, slots=True)
class Reconnues:
    """Past identities met again: in the territory of the door, and in the others."""

    ici: tuple[Reconnue, ...] = ()
    ailleurs: tuple[AncienAilleurs, ...] = ()


@transaction.atomic
def signaler_ancienne_identite(
    personne: PersonneCherchee,
    *,
    territoire: str,
    demande_id: uuid.UUID | None,
    acte: Acte,
) -> None:
    """Somebody has signed in, whose identity is certain: was their identity in force on another demande, and replaced
    since?

    ``demande_id``: the demande that they have there now, if any. Returns nothing, no matter what was found. A second
    sign-in adds nothing. Raises ``NonHabilite``: the service alone calls it, on behalf of the person who signs in.
    """
    require(
        policies.can_signaler_identite(acte.acteur, territoire=territoire),
        "Seul le service signale une ancienne identité reconnue à la connexion.",
    )
    lock_naissances(territoire, [personne.date_naissance] if personne.date_naissance else ())
    jour = horloge.jour(acte.survenu_le)
    parametres = get_parametres(jour)
    trouvees = rapprocher(
        [personne],
        territoire=territoire,
        seuil=float(parametres[ParametresDoublons].seuil_doublon_justification),
        sauf=demande_id,
    )
    ailleurs = reconnaitre_ailleurs(
        [personne], territoire=territoire, recente=demande_id, jour=jour, seuils=seuils_ailleurs(parametres)
    )
    nouvelles = Reconnues(
        tuple(
            ancienne
            for ancienne in trouvees.anciennes
            if not is_deja_signalee(ancienne.demande_id, ancienne.identite_id, demande=demande_id)
        ),
        tuple(
            ancienne
            for ancienne in ailleurs
            if demande_id or not is_deja_signalee(ancienne.demande_id, ancienne.identite_id, demande=None)
        ),
    )
    rencontre = Rencontre(OrigineEnquete.CONNEXION, territoire, demande_id, acte)
    inscrire_reconnues(nouvelles, rencontre)


def inscrire_reconnues(reconnues: Reconnues, rencontre: Rencontre) -> None:
    """Write what was recognised, in the caller's transaction: in the open enquiry on that demande, or in a new one.

    A person who left by a separation is not reported: that is no takeover.
    """
    departs = list_departs_par_separation([r.identite_id for r in reconnues.ici])
    ici = [r for r in reconnues.ici if r.identite_id not in departs]
    lock_anciennes([r.demande_id for r in (*ici, *reconnues.ailleurs)])
    for reconnue in ici:
        inscrire_reconnue(reconnue, rencontre)
    for ancien in reconnues.ailleurs:
        inscrire_reconnue_ailleurs(ancien, rencontre)


def inscrire_reconnue(reconnue: Reconnue, rencontre: Rencontre) -> None:
    """One past identity, as a piece of evidence on the demande that it was on, once that demande is locked."""
    acte = rencontre.acte
    enquete = joindre_enquete(reconnue.demande_id, rencontre.demande, acte=acte) or inscrire_enquete(
        [reconnue.demande_id, *([rencontre.demande] if rencontre.demande else ())],
        territoire=rencontre.territoire,
        origine=rencontre.origine,
        motif=MotifEnquete.ANCIEN_TITULAIRE,
        acte=acte,
    )
    _prouver(enquete, reconnue, acte=acte)


def inscrire_reconnue_ailleurs(ancien: AncienAilleurs, rencontre: Rencontre) -> None:
    """The same in the territory of the older demande, which the register tells in its own name: the person who acted is
    not of that territory.

    The newer demande is not linked: nobody of that territory may freeze, compare or put back what is of another one.
    """
    acte = Acte(recherche_des_titulaires(), rencontre.acte.survenu_le)
    enquete = joindre_enquete(ancien.demande_id, None, acte=acte) or inscrire_enquete(
        [ancien.demande_id],
        territoire=ancien.territoire,
        origine=rencontre.origine,
        motif=MotifEnquete.ANCIEN_TITULAIRE,
        acte=acte,
    )
    ou = Ailleurs(rencontre.territoire, ancien.recente)
    _prouver(enquete, ancien, acte=acte, ailleurs=ou)


def recherche_des_titulaires() -> Acteur:
    """The register recognising somebody in another territory: it reads and changes no demande by itself."""
    return service("Recherche des anciens titulaires")


def _prouver(
    enquete: DossierEnquete,
    reconnue: Reconnue,
    *,
    acte: Acte,
    ailleurs: Ailleurs | None = None,
) -> None:
    inscrire_element(
        enquete,
        NatureElement.IDENTITE,
        texte=phrase_du_rapprochement(reconnue.raisons),
        reference=reconnue.identite_id,
        acte=acte,
        ailleurs=ailleurs,
    )


def lock_anciennes(demandes: Collection[uuid.UUID]) -> None:
    """Make those who recognise somebody on one demande wait for each other, so that one enquiry is opened on it.

    The lock holds for acts of every territory. All are taken at once, in order, until the end of the transaction.
    """
    _verrouiller(sorted(f"ancien titulaire|{demande}" for demande in set(demandes)))


def lock_naissances(territoire: str, naissances: Iterable[date]) -> None:
    """Make those who look up one birth date of a territory wait for each other, so that the second sees the first.

    They are taken in order, so that there is no deadlock, and hardly ever wait; they last until the end of the
    transaction.
    """
    _verrouiller(sorted(f"{territoire}|{naissance.isoformat()}" for naissance in set(naissances)))


def _verrouiller(cles: Sequence[str]) -> None:
    if cles:
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(cle, 0)) FROM unnest(%s::text[]) AS cle",
                [list(cles)],
            )
