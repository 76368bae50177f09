"""What every act on a subscription writes: a decision, what happened to an occurrence, a move, an edition."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import connection

from sne.habilitations.rules import Permission
from sne.infocentre.abonnements.models import (
    DecisionAbonnement,
    Edition,
    MigrationAbonnement,
    SuiteEnvoi,
)
from sne.infocentre.abonnements.rules.editions import (
    count_fragiles,
    empreinte_des_definitions,
    empreinte_du_resultat,
    en_octets,
)
from sne.infocentre.abonnements.rules.issues import Issue
from sne.infocentre.abonnements.rules.migration import Difference, Migration
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import Abonnement, lire_abonnement
from sne.infocentre.abonnements.selectors.envois import EnvoiVu
from sne.infocentre.abonnements.selectors.migrations import MigrationVue
from sne.infocentre.abonnements.verbes import VerbeAbonnement
from sne.infocentre.rapports.tableau import Tableau
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7


def lock_abonnement(cle: object) -> None:
    """Make decisions and sendings of one subscription wait for each other, until the end of the transaction."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"abonnement|{cle}"])


def lock_vivant(abonnement_id: uuid.UUID) -> Abonnement | None:
    """The subscription, locked, as it is now; ``None`` when somebody has just stopped it."""
    lock_abonnement(abonnement_id)
    abonnement = lire_abonnement(abonnement_id)
    return abonnement if abonnement.vivant else None


def decider(abonnement: Abonnement, *, acte: Acte) -> None:
    """Add a decision: the subscription as it is from now on, its last word and why."""
    reglage, place = abonnement.reglage, abonnement.place
    ligne = DecisionAbonnement(
        id=uuid7(),
        abonnement=abonnement.id,
        nature=abonnement.nature.value,
        territoire=place.territoire,
        lieu=place.lieu.cle,
        organisme=place.organisme,
        compte=place.compte,
        rapport=reglage.rapport,
        version=reglage.version,
        epinglee=reglage.epinglee,
        filtres=[list(filtre) for filtre in reglage.filtres],
        tri=reglage.tri,
        periode=reglage.periode.value,
        rythme=reglage.calendrier.rythme.value,
        jour=reglage.calendrier.jour,
        format=reglage.format,
        roles=list(reglage.roles),
        sauf_vide=reglage.sauf_vide,
        depuis=abonnement.depuis,
        motif=abonnement.motif,
        reprend=abonnement.reprend,
        **_par(acte),
    )
    ligne.save(force_insert=True)
    inscrire(
        VerbeAbonnement.DECIDER_ABONNEMENT,
        place.territoire,
        acte,
        decision=ligne.id,
        abonnement=abonnement.id,
        nature=ligne.nature,
        rapport=reglage.rapport,
        version=reglage.version,
        lieu=ligne.lieu,
    )


def noter(
    envoi: EnvoiVu,
    issue: Issue,
    place: Place,
    *,
    acte: Acte,
    motif: str = "",
    destinataires: int = 0,
    edition: Edition | None = None,
) -> SuiteEnvoi:
    """Add what happened to an occurrence; the entry names the edition that it made, if any."""
    suite = SuiteEnvoi(
        id=uuid7(),
        territoire=place.territoire,
        envoi_id=envoi.id,
        issue=issue.value,
        motif=motif,
        destinataires=destinataires,
        edition=edition,
        **_par(acte),
    )
    suite.save(force_insert=True)
    faits: dict[str, object] = {"edition": edition.id, "scellement": edition.scellement} if edition else {}
    inscrire(
        VerbeAbonnement.ENVOYER_EDITION,
        place.territoire,
        acte,
        suite=suite.id,
        envoi=envoi.id,
        abonnement=envoi.abonnement,
        issue=suite.issue,
        destinataires=destinataires,
        **faits,
    )
    return suite


def migrer(
    abonnement: Abonnement,
    etat: Migration,
    migration: MigrationVue | MigrationAbonnement,
    *,
    acte: Acte,
    difference: Difference | Mapping[str, Any] | None = None,
) -> MigrationAbonnement:
    """Add where the move of a subscription stands, as ``migration`` says it."""
    ligne = MigrationAbonnement(
        id=uuid7(),
        territoire=abonnement.place.territoire,
        abonnement=abonnement.id,
        rapport=abonnement.reglage.rapport,
        ancienne=migration.ancienne,
        nouvelle=migration.nouvelle,
        etat=etat.value,
        filtres=[list(filtre) for filtre in migration.filtres],
        tri=migration.tri,
        sans_equivalent=list(migration.sans_equivalent),
        difference=asdict(difference) if isinstance(difference, Difference) else difference,
        **_par(acte),
    )
    ligne.save(force_insert=True)
    inscrire(
        VerbeAbonnement.MIGRER_ABONNEMENT,
        abonnement.place.territoire,
        acte,
        migration=ligne.id,
        abonnement=abonnement.id,
        etat=ligne.etat,
        ancienne=ligne.ancienne,
        nouvelle=ligne.nouvelle,
    )
    return ligne


def garder(
    tableau: Tableau, place: Place, *, filtres: Iterable[tuple[str, str]], tri: str, acte: Acte
) -> Edition:
    """Keep a table as it is sent or taken away; the entry of the same transaction has to name it (« edition »)."""
    edition = Edition(
        id=uuid7(),
        territoire=place.territoire,
        lieu=place.lieu.cle,
        organisme=place.organisme,
        compte=place.compte,
        rapport=tableau.code,
        version=tableau.version,
        du=tableau.du,
        au=tableau.au,
        filtres=[list(filtre) for filtre in filtres],
        tri=tri,
        scellement=tableau.scellement,
        empreinte_definitions=empreinte_des_definitions(tableau),
        empreinte_resultat=empreinte_du_resultat(tableau),
        lignes=len(tableau.lignes),
        fragiles=count_fragiles(tableau),
        octets=en_octets(tableau),
        **_par(acte),
    )
    edition.save(force_insert=True)
    return edition


def inscrire(verbe: Verbe, territoire: str, acte: Acte, **faits: object) -> None:
    """Tell an act on a subscription; identifiers are written as text."""
    dits = {cle: valeur if isinstance(valeur, int | list) else str(valeur) for cle, valeur in faits.items()}
    mandat = acte.acteur.mandat_pour(Permission.RAPPORT_ABONNER, territoire)
    role = mandat.role if mandat else ""
    journal.inscrire(Entree(verbe=verbe, acte=acte, territoire=territoire, role=role, faits=dits))


def _par(acte: Acte) -> dict[str, Any]:
    return {
        "auteur": acte.acteur.id,
        "decide_par": acte.acteur.instantane(),
        "survenu_le": acte.survenu_le,
    }
