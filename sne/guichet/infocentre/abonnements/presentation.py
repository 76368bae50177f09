"""Subscriptions in words: when, of what, to whom, how each occurrence ended, what a new version changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sne.habilitations.rules import ROLES, Role
from sne.infocentre.abonnements.rules.calendrier import prochaine
from sne.infocentre.abonnements.rules.decisions import LIBELLES as DECISIONS
from sne.infocentre.abonnements.rules.editions import Comparaison
from sne.infocentre.abonnements.rules.issues import LIBELLES as ISSUES
from sne.infocentre.abonnements.rules.issues import Issue
from sne.infocentre.abonnements.rules.migration import LIBELLES as MIGRATIONS
from sne.infocentre.abonnements.rules.migration import SUITES, Migration
from sne.infocentre.abonnements.rules.mots import calendrier_en_mots, filtres_en_mots, periode_en_mots
from sne.infocentre.abonnements.rules.periodes import LIBELLES as PERIODES
from sne.infocentre.abonnements.selectors.abonnements import Abonnement
from sne.infocentre.abonnements.selectors.envois import EnvoiVu
from sne.infocentre.abonnements.selectors.migrations import MigrationVue
from sne.infocentre.abonnements.selectors.places import MOI_SEUL
from sne.infocentre.abonnements.selectors.rapports import filtres_dits, nom_de
from sne.infocentre.rapports.selectors.versions import RapportLu
from sne.socle.horloge import jour
from sne.socle.signes import INSECABLE

TONS: Mapping[Issue, str] = {
    Issue.ENVOYE: "success",
    Issue.VIDE: "info",
    Issue.ECHEC: "error",
    Issue.RETARDE: "warning",
    Issue.SANS_LECTEUR: "warning",
}
A_VENIR = "Dû, pas encore parti"
DECROISSANT = ", du plus grand au plus petit"


@dataclass(frozen=True, slots=True)
class EnvoiAffiche:
    """One occurrence. ``renvoyable``: it ended, and something may be sent again."""

    envoi: EnvoiVu
    periode: str
    etat: str
    ton: str
    motif: str
    renvois: int
    renvoyable: bool


@dataclass(frozen=True, slots=True)
class LigneAbonnement:
    """One subscription in the list."""

    abonnement: Abonnement
    titre: str
    pour: str
    quand: str
    dernier: EnvoiAffiche | None
    prochain: date | None
    a_repondre: bool


def afficher(envoi: EnvoiVu) -> EnvoiAffiche:
    """How it stands, in words."""
    etat = envoi.etat
    return EnvoiAffiche(
        envoi=envoi,
        periode=periode_en_mots(envoi.du, envoi.au),
        etat=ISSUES[etat] if etat else A_VENIR,
        ton=TONS.get(etat, "") if etat else "",
        motif=envoi.fin.motif if envoi.fin else "",
        renvois=envoi.deja.count(Issue.RENVOYE),
        renvoyable=etat in {Issue.ENVOYE, Issue.VIDE, Issue.ECHEC},
    )


def titre(abonnement: Abonnement, rapport: RapportLu, instant: datetime) -> str:
    """« Tableau 06, version 2 »: as the version that it follows is called now."""
    vie = rapport.versions[abonnement.reglage.version].vie
    return f"{vie.nom(instant)}, version{INSECABLE}{vie.numero}"


def pour(abonnement: Abonnement) -> str:
    """« Gestionnaire territorial, Val-d’Aurette », « Moi seul »."""
    if abonnement.place.compte is not None:
        return f"{MOI_SEUL}, {nom_de(abonnement.place)}"
    roles = ", ".join(ROLES[Role(role)].nom for role in abonnement.reglage.roles)
    return f"{roles}, {nom_de(abonnement.place)}"


def ligne(
    abonnement: Abonnement,
    rapport: RapportLu,
    dernier: EnvoiVu | None,
    migration: MigrationVue | None,
    *,
    instant: datetime,
) -> LigneAbonnement:
    """A subscription as the list shows it."""
    return LigneAbonnement(
        abonnement=abonnement,
        titre=titre(abonnement, rapport, instant),
        pour=pour(abonnement),
        quand=calendrier_en_mots(abonnement.reglage.calendrier),
        dernier=afficher(dernier) if dernier else None,
        prochain=prochain(abonnement, instant),
        a_repondre=migration is not None
        and abonnement.vivant
        and migration.etat in {Migration.PROPOSEE, Migration.A_REPRENDRE},
    )


def prochain(abonnement: Abonnement, instant: datetime) -> date | None:
    """The next day on which it is due; ``None`` once stopped, or at publication."""
    if not abonnement.vivant:
        return None
    apres = max(jour(instant), abonnement.depuis)
    return prochaine(abonnement.reglage.calendrier, apres=apres)


def reglage_en_mots(abonnement: Abonnement, colonnes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """How it is set: label, words. ``colonnes``: titles of those of its version."""
    reglage = abonnement.reglage
    tri = reglage.tri.removeprefix("-")
    dits = (
        ("Part", calendrier_en_mots(reglage.calendrier)),
        ("Période", PERIODES[reglage.periode]),
        ("Filtres", filtres_en_mots(filtres_dits(reglage.filtres))),
        ("Trié par", f"{colonnes.get(tri, tri)}{DECROISSANT if reglage.tri.startswith('-') else ''}"),
        ("Fichier", reglage.format.upper()),
        ("Sans activité", "rien ne part" if reglage.sauf_vide else "part quand même, et le dit"),
        ("Version", "reste sur celle-ci" if reglage.epinglee else "suit le rapport"),
    )
    return tuple((nom, mots) for nom, mots in dits if mots)


def decision(une: Abonnement) -> str:
    """One decision of its history."""
    motif = f" ({une.motif.rstrip('.')})" if une.motif else ""
    quand, version = calendrier_en_mots(une.reglage.calendrier), une.reglage.version
    return f"{DECISIONS[une.nature]}{motif}{INSECABLE}: {quand}, version{INSECABLE}{version}"


@dataclass(frozen=True, slots=True)
class VersionProposee:
    """A move to another version. ``nom``: how the new one is called; ``retrait``: the day on which it happens alone."""

    migration: MigrationVue
    etat: str
    nom: str
    retrait: date | None
    sans_equivalent: str
    egales: int
    perdues: Sequence[Mapping[str, Any]]
    gagnees: Sequence[str]
    ecarts: int
    peut_accepter: bool
    peut_garder: bool


def version_proposee(migration: MigrationVue, rapport: RapportLu, instant: datetime) -> VersionProposee:
    """What it would change of its last edition, and what may be answered."""
    difference = migration.difference or {"gardees": [], "perdues": [], "gagnees": []}
    retrait = rapport.versions[migration.ancienne].vie.retiree_le
    suites = SUITES[migration.etat]
    filtres = tuple(f for f in migration.filtres if f[0] in migration.sans_equivalent)
    return VersionProposee(
        migration=migration,
        etat=MIGRATIONS[migration.etat],
        nom=f"{rapport.versions[migration.nouvelle].vie.nom(instant)}, version{INSECABLE}{migration.nouvelle}",
        retrait=jour(retrait) if retrait else None,
        sans_equivalent=filtres_en_mots(filtres_dits(filtres)) if filtres else "",
        egales=sum(g["ecarts"] == 0 for g in difference["gardees"]),
        perdues=difference["perdues"],
        gagnees=difference["gagnees"],
        ecarts=sum(g["ecarts"] or 0 for g in difference["gardees"]),
        peut_accepter=Migration.ACCEPTEE in suites and migration.etat is not Migration.A_REPRENDRE,
        peut_garder=Migration.GARDEE in suites,
    )


def renvoye(nombre: int) -> str:
    """What is said once an edition was sent again."""
    return f"Édition renvoyée à {nombre}{INSECABLE}personne{'s' if nombre > 1 else ''}."


def comparaison_en_mots(comparaison: Comparaison) -> str:
    """« Mêmes chiffres », or why not."""
    if comparaison.egale:
        return "Refaite au même scellement, l’édition donne exactement les mêmes chiffres."
    cause = (
        "la définition d’une de ses colonnes a changé depuis"
        if comparaison.definitions
        else "des demandes ont pu être effacées depuis, comme la loi le veut\u00a0; l’édition gardée fait foi"
    )
    return (
        f"Refaite au même scellement, {comparaison.ecarts}{INSECABLE}chiffres diffèrent, dont "
        f"{comparaison.lignes}{INSECABLE}lignes apparues ou disparues{INSECABLE}: {cause}."
    )
