"""A past identity is recognised, at registration, when somebody signs in, or by night: only an enquiry says so.

Nothing of the older demande ever comes back to the person at the door: neither its number, nor that there is one.
The enquiry is the older demande's, in its territory, wherever the person is now.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction

from sne.habilitations.rules.acteurs import service
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
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
from sne.socle.verrous import tenir


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
    leurs = {d for r in ici for d in (r.demande_id, rencontre.demande) if d}
    tenues = lock_demandes(leurs | {r.demande_id for r in reconnues.ailleurs})
    for reconnue in (r for r in ici if r.demande_id in tenues):
        inscrire_reconnue(reconnue, rencontre)
    for ancien in (a for a in reconnues.ailleurs if a.demande_id in tenues):
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


def lock_demandes(demandes: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these that are not erased, locked in one order and before any enquiry, as every act on an enquiry does.

    Those who recognise somebody on one demande wait for each other, so that one enquiry is opened on it.
    """
    presentes = Demande.objects.select_for_update(no_key=True).filter(id__in=set(demandes))
    return set(presentes.exclude(statut=Statut.PURGEE).order_by("id").values_list("id", flat=True))


def lock_foyer(territoire: str, contenu: Contenu) -> None:
    """Make registrations of one household wait for each other, with or without NIR, so that the second sees the first.

    Before any row: all who lock both take the birth dates of the adults first.
    """
    adultes = (adulte.identite.date_naissance for _, adulte in arbre.adultes(contenu))
    lock_naissances(territoire, [naissance for naissance in adultes if naissance])


def lock_naissances(territoire: str, naissances: Iterable[date]) -> None:
    """Make those who look up one birth date of a territory wait for each other, so that the second sees the first.

    They hardly ever wait, and last until the end of the transaction.
    """
    tenir(*(f"{territoire}|{naissance.isoformat()}" for naissance in naissances))
