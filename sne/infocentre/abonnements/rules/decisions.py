"""What is decided of a subscription, and what may be. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sne.infocentre.abonnements.rules.calendrier import Calendrier
from sne.infocentre.abonnements.rules.periodes import PeriodeRelative
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class Nature(StrEnum):
    """One decision. ``PORTE``: moved to another version of its report."""

    OUVERT = "OUVERT"
    CHANGE = "CHANGE"
    PORTE = "PORTE"
    ARRETE = "ARRETE"


LIBELLES: Mapping[Nature, str] = {
    Nature.OUVERT: "Ouvert",
    Nature.CHANGE: "Changé",
    Nature.PORTE: "Porté sur une autre version",
    Nature.ARRETE: "Arrêté",
}


DEPART = "Départ de la personne dont c’était l’abonnement."
SANS_DROIT = "Fin du droit de la personne dont c’était l’abonnement."
SANS_PERSONNE = frozenset({DEPART, SANS_DROIT})
"""Why somebody’s own ended without them: its place may go on with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglage:
    """How a subscription is set. ``roles``: who receives it in its place, empty for one’s own."""

    rapport: str
    version: int
    periode: PeriodeRelative
    calendrier: Calendrier
    format: str
    filtres: tuple[tuple[str, str], ...] = ()
    tri: str = ""
    roles: tuple[str, ...] = ()
    epinglee: bool = False
    sauf_vide: bool = False


@dataclass(frozen=True, slots=True)
class Connus:
    """What the version has, and the place: its columns, its filters and the values of each, formats, roles."""

    colonnes: Collection[str] = ()
    filtres: Mapping[str, Collection[str]] = field(default_factory=dict)
    formats: Collection[str] = ()
    roles: Collection[str] = ()


def exiger_reglage(voulu: Reglage, connus: Connus, *, a_soi: bool) -> None:
    """Refuse what cannot be sent as it is set. Raises ``Interdit`` on the field."""
    if voulu.format not in connus.formats:
        raise Interdit("Choisissez le format du fichier.", champ="format")
    if not a_soi and (not voulu.roles or not set(voulu.roles) <= set(connus.roles)):
        raise Interdit("Choisissez au moins un rôle, parmi ceux du lieu.", champ="roles")
    if voulu.tri and voulu.tri.removeprefix("-") not in connus.colonnes:
        raise Interdit("Triez par une colonne de ce rapport.", champ="tri")
    refus = refus_des_filtres(voulu.filtres, connus.filtres, voulu.version)
    if refus:
        raise Interdit(refus, champ="filtres")


def refus_des_filtres(
    filtres: Collection[tuple[str, str]], connus: Mapping[str, Collection[str]], version: int
) -> str:
    """Why nothing may leave with these filters, and the remedy; empty when each is one of the version’s.

    Nothing is ever sent without a filter that was asked for: what it would show is not what is expected.
    """
    inconnus = [code for code, valeur in filtres if valeur not in connus.get(code, ())]
    if not inconnus:
        return ""
    quels = ", ".join(f"«{INSECABLE}{code}{INSECABLE}»" for code in inconnus)
    un = len(inconnus) == 1
    return (
        f"{'Le filtre' if un else 'Les filtres'} {quels} {'n’existe' if un else 'n’existent'} pas dans la "
        f"version{INSECABLE}{version} du rapport{INSECABLE}: ouvrez l’abonnement et changez ses filtres."
    )


def exiger_change(actuel: Reglage, voulu: Reglage) -> None:
    """Refuse to decide again what is decided. Raises ``Interdit``."""
    if actuel == voulu:
        raise Interdit("L’abonnement est déjà réglé ainsi. Changez ce qui doit l’être.", champ="rythme")
