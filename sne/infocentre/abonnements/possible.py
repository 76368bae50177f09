"""Whether a subscription may be opened, changed, taken over, moved, sent again: asked by the acts, and by the pages."""

import uuid
from datetime import datetime

from django.db.models import Q

from sne.habilitations.rules import Permission, sans_droit
from sne.infocentre.abonnements import policies
from sne.infocentre.abonnements.rules.issues import FINALES, Issue
from sne.infocentre.abonnements.rules.migration import OUVERTES, Migration, exiger_suite
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import Abonnement, list_vivants
from sne.infocentre.abonnements.selectors.envois import EnvoiVu
from sne.infocentre.abonnements.selectors.migrations import MigrationVue
from sne.infocentre.rapports.selectors.versions import RapportLu, VersionLue, list_passages, list_rapports
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require
from sne.socle.signes import INSECABLE

ARRETE = "Cet abonnement est arrêté. Abonnez le lieu à nouveau depuis le rapport."
EN_ROUTE = "Cet envoi n’est pas terminé\u00a0: attendez qu’il soit parti, ou en échec, pour le renvoyer."
AUCUNE = "Aucun changement de version n’est proposé pour cet abonnement."
A_REGLER = (
    "Un filtre de cet abonnement n’existe pas dans la nouvelle version\u00a0: changez l’abonnement, "
    "ou arrêtez-le."
)


def exiger_service(acteur: Acteur) -> None:
    """Whether they are the service. Raises ``NonHabilite``."""
    require(policies.can_servir(acteur), "Seul le service envoie les rapports programmés.")


def exiger_abonner(acteur: Acteur, place: Place) -> None:
    """Whether they subscribe this place, or themselves. Raises ``Introuvable`` (out of reach), ``NonHabilite``."""
    decoupage = get_decoupage()
    if policies.portee_lue(acteur, place=place, decoupage=decoupage) is None:
        require(acteur.peut(Permission.RAPPORT_ABONNER), sans_droit(Permission.RAPPORT_ABONNER))
        raise Introuvable("Ce lieu n’est pas dans votre périmètre.")
    require(
        policies.can_tenir(acteur, place=place, decoupage=decoupage),
        "Ce lieu s’abonne par ceux qui en ont la charge\u00a0: abonnez-vous vous-même, pour vous seul.",
    )


def exiger_vivant(abonnement: Abonnement) -> None:
    """Whether it still leaves. Raises ``Interdit``."""
    if not abonnement.vivant:
        raise Interdit(ARRETE)


def exiger_version(rapport: RapportLu, numero: int, *, instant: datetime) -> VersionLue:
    """The version of this number, if it is read at that instant. Raises ``Interdit`` on the field."""
    lue = next((v for v in rapport.courantes(instant) if v.numero == numero), None)
    if lue is None:
        raise Interdit(
            "Cette version n’est plus lue, ou pas encore\u00a0: choisissez-en une autre.", champ="version"
        )
    return lue


def exiger_reprendre(abonnement: Abonnement, acteur: Acteur, *, repris: bool) -> Place:
    """Whether the place may take over somebody’s own subscription; which place. Raises ``Interdit``, ``Introuvable``,
    ``NonHabilite``."""
    if abonnement.place.compte is None:
        raise Interdit("Cet abonnement est déjà celui du lieu.")
    place = abonnement.place.du_lieu
    exiger_abonner(acteur, place)
    if repris:
        raise Interdit("Cet abonnement est déjà repris. Rechargez la page pour le voir.")
    return place


def exiger_renvoyer(envoi: EnvoiVu) -> None:
    """Whether it may be sent again: it ended, and not because it was stopped. Raises ``Interdit``."""
    if FINALES.isdisjoint(envoi.deja):
        raise Interdit(EN_ROUTE)
    if envoi.etat in {Issue.ARRETE, Issue.REMPLACE}:
        raise Interdit("Cet envoi a été arrêté avec son abonnement\u00a0: il n’y a rien à renvoyer.")


def exiger_repondre(migration: MigrationVue | None, voulu: Migration) -> MigrationVue:
    """Whether this answer may be given to the move that is proposed. Raises ``Interdit``."""
    if migration is None or migration.etat not in OUVERTES:
        raise Interdit(AUCUNE)
    if migration.etat is Migration.A_REPRENDRE and voulu is Migration.ACCEPTEE:
        raise Interdit(A_REGLER)
    exiger_suite(migration.etat, voulu)
    return migration


def exiger_sans_orphelin(version: uuid.UUID, prend_effet_le: datetime) -> None:
    """Whether this version may be withdrawn then: each subscription that follows it knows which one it will follow, and
    what becomes of its columns. Raises ``Interdit``."""
    rapport, retiree = next((r, v) for r in list_rapports() for v in r.versions.values() if v.id == version)
    suivent = [a for a in list_vivants(Q(rapport=rapport.code)) if a.reglage.version == retiree.numero]
    restent = [v for v in rapport.courantes(prend_effet_le) if v.numero > retiree.numero]
    if suivent and not any(list_passages(retiree, v) for v in restent[:1]):
        nombre = f"{len(suivent)}{INSECABLE}abonnements suivent" if len(suivent) > 1 else "1 abonnement suit"
        raise Interdit(
            f"{nombre} cette version, et rien ne dit laquelle suivre ensuite{INSECABLE}: publiez celle qui la "
            "remplace, avec ce que devient chacune de ses colonnes.",
            champ="prend_effet_le",
        )
