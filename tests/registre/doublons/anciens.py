"""A holder replaced on a demande who registers again, the night that finds it, and the end of the enquiry."""

import uuid
from datetime import datetime, timedelta

from django.db import connection

from sne.registre.demande.models.personne import Identite
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f
from tests.registre.enquete import enquetes as e

PLUS_TARD = f.MAINTENANT + timedelta(days=2)


def remplacer(
    demande_id: uuid.UUID, nom: str = "Zimmer", *, jours: int = 0, issue: str = "VALIDEE", revision: int = 1
) -> None:
    """The holder's name becomes another's, by a decision."""
    instant = f.MAINTENANT + timedelta(days=jours)
    modifier_demande(
        demande_id,
        contenu=f.contenu(demandeur=f.personne(nom)),
        revision=revision,
        acte=Acte(f.creer_acteur(), instant),
    )
    demandee = Identite.objects.get(demande=demande_id, voie="CONTROLE", decision=None)
    f.decider(demandee, issue=issue, le=instant + timedelta(hours=1))
    connection.check_constraints()


def victime() -> tuple[uuid.UUID, uuid.UUID]:
    """Registered twice, by a mistake told apart; the older one was taken since: she does not know."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    recente = f.deposer(doublons_ecartes="Une homonyme.").demande_id
    remplacer(ancienne)
    return ancienne, recente


def nuit(jours: int = 2, territoire: str = "099") -> None:
    balayer(
        territoire,
        acte=Acte(balayage_du_registre(territoire), f.MAINTENANT + timedelta(days=jours)),
    )
    connection.check_constraints()


def ouvertes() -> list[list[uuid.UUID]]:
    """Demandes of each enquiry opened by the search, ended ones too: the main one first."""
    trouvees = DossierEnquete.objects.filter(origine="VICTIME_POSSIBLE").order_by("ouvert_le", "id")
    return [
        list(x.demandes.order_by("-principale", "id").values_list("demande", flat=True)) for x in trouvees
    ]


def clore(
    issue: str = "CHANGEMENT_EXPLIQUE",
    motif: str = "DOUBLON_FUSIONNE",
    *,
    le: datetime = PLUS_TARD,
    acteur: Acteur | None = None,
) -> None:
    clore_enquete(
        DossierEnquete.objects.get(clos_le=None).id,
        issue=issue,
        motif=motif,
        precision="Pièces lues",
        acte=Acte(acteur or e.gt(), le),
    )
    connection.check_constraints()
