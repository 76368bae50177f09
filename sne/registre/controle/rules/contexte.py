"""What surrounds a change of identity, read from the operations of its demande. Pure.

The same for the service and for the replay. Delays are counted in civil days of the clock of Paris, both ends
included; a deposit is no change.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sne.referentiels.rules import PARIS
from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import Contexte
from sne.registre.controle.rules.operations import CONTACTS, Champ, Operation, TypeOperation
from sne.registre.controle.rules.traits import SEXES, Traits

CIVILITES = {sexe: civilite for civilite, sexe in SEXES.items()}


def heure_locale(instant: datetime, fuseau: ZoneInfo = PARIS) -> datetime:
    """On a clock for an aware instant, as it is written for a bare one: delays are those of Paris."""
    return instant.astimezone(fuseau) if instant.tzinfo else instant


def construire(
    acte: Operation,
    passees: Iterable[Operation],
    *,
    depot: date,
    nom_usage: str,
    automatiques: Collection[datetime],
    seuils: Seuils,
    validees: Collection[datetime] = (),
) -> Contexte:
    """The context of ``acte``, which changes an identity; what is known of the person besides is put in by the caller.

    ``passees``: the operations of the demande before it, by anybody and through any door, in any order. ``depot``:
    date of the title. ``nom_usage``: the used name in force before the act. ``automatiques``: when changes of this
    demande were applied without a decision; ``validees``: when somebody validated some.
    """
    jour = heure_locale(acte.horodatage).date()
    contact = reactivation = usage = None
    for operation in passees:
        if operation.type is TypeOperation.CREATION:
            continue
        jours = (jour - heure_locale(operation.horodatage).date()).days
        if not CONTACTS.isdisjoint(operation.champs):
            contact = _plus_proche(contact, jours)
        if operation.reactive:
            reactivation = _plus_proche(reactivation, jours)
        if Champ.NOM_USAGE in operation.champs:
            usage = _plus_proche(usage, jours)
    return Contexte(
        anciennete_jours=(jour - depot).days,
        usage_stable=nom_usage if usage is None or usage >= seuils.usage_stable_jours else "",
        reactivee=acte.reactive or _depuis(reactivation, seuils.reactivation_recente_jours),
        contact_recent=_depuis(contact, seuils.contact_recent_jours),
        contact_meme_acte=not CONTACTS.isdisjoint(acte.champs),
        contact_sept_jours=_depuis(contact, seuils.alternance_jours),
        automatiques=_recents(automatiques, jour, seuils),
        validees=_recents(validees, jour, seuils),
    )


def nir_nouveau_et_accorde(
    ancre: Traits, actuelle: Traits, voulue: Traits, *, saisi: str, presumee: bool = False
) -> bool:
    """Whether the number comes where none was known, and agrees with the sex and the birth of the anchor.

    ``saisi``: the number typed, normalised; empty when none was. A number that came into force after the anchor was
    already checked at that time. ``presumee``: the civil registry does not know the month of birth.
    """
    if ancre.nir is not None or voulue.nir is None:
        return False
    if actuelle.nir is not None:
        return actuelle.nir == voulue.nir
    return saisi != "" and not nirs.ecarts(
        saisi,
        civilite=CIVILITES.get(ancre.sexe),
        date_naissance=ancre.date_naissance,
        presumee=presumee,
    )


def _plus_proche(connu: int | None, jours: int) -> int:
    return jours if connu is None else min(connu, jours)


def _depuis(jours: int | None, limite: int) -> bool:
    return jours is not None and jours <= limite


def _recents(instants: Collection[datetime], jour: date, seuils: Seuils) -> int:
    if not instants:
        return 0
    depuis = ajouter_mois(jour, -seuils.automatique_mois)
    return sum(heure_locale(instant).date() >= depuis for instant in instants)
