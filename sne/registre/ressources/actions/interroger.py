"""Asking the source about an applicant, in two acts: what may be asked, then what was answered.

Between them a screen or a task asks the port, outside any transaction. No act waits for a service.
"""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction

from sne.connecteurs.drm.rules.lecture import Demandee
from sne.connecteurs.drm.rules.mois import Mois, SourceIndisponible
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.ressources.actions.oublier import retirer
from sne.registre.ressources.models import AppelRessources, RessourceMensuelle
from sne.registre.ressources.possible import exiger_interrogeable, exiger_ressources_lisibles
from sne.registre.ressources.rules.stockage import en_colonnes
from sne.registre.ressources.selectors import get_demandee, list_remplaces
from sne.registre.ressources.verbes import VerbeRessources
from sne.socle.acte import Acte


class Declenchement(StrEnum):
    """Why the source is asked."""

    GUICHET = "GUICHET"
    MENSUEL = "MENSUEL"


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to the source about one demande, and the fingerprint of the identity that it is put with."""

    demande: uuid.UUID
    demandee: Demandee = field(repr=False)
    empreinte: bytes = field(repr=False)


@transaction.atomic
def preparer_question(demande_id: uuid.UUID, *, acte: Acte) -> Question:
    """What to put to the port. Nothing is written: the answer is. Raises ``Introuvable``, ``NonHabilite``,
    ``Interdit``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    situation = exiger_interrogeable(demande, acte.acteur, instant=acte.survenu_le)
    return Question(demande.id, get_demandee(demande, instant=acte.survenu_le), situation.empreinte)


@transaction.atomic
def noter_reponse(question: Question, mois: tuple[Mois, ...], *, acte: Acte) -> uuid.UUID:
    """Keep what the source said, beside the fingerprint that it was asked with: if the identity has changed meanwhile,
    nothing of it is shown. The household reads that it was asked. Raises ``Introuvable``, ``NonHabilite``.
    """
    demande = lock_demande(question.demande, acteur=acte.acteur)
    exiger_ressources_lisibles(demande, acte.acteur)
    return ecrire(demande, question.empreinte, mois, declenchement=Declenchement.GUICHET, acte=acte)


def ecrire(
    demande: Demande,
    empreinte: bytes,
    mois: tuple[Mois, ...],
    *,
    declenchement: Declenchement,
    acte: Acte,
) -> uuid.UUID:
    """Rows of one answer and their entry, in place of those of before; the demande is locked."""
    repondu = not all(isinstance(m, SourceIndisponible) for m in mois)
    retirer(list_remplaces(demande.id, repondu=repondu))
    appel = AppelRessources(
        territoire=demande.territoire,
        demande=demande,
        repondu=repondu,
        empreinte=empreinte,
        survenu_le=acte.survenu_le,
    )
    appel.save(force_insert=True)
    RessourceMensuelle.objects.bulk_create(
        RessourceMensuelle(
            territoire=demande.territoire,
            demande=demande,
            appel=appel,
            mois=colonnes.mois,
            etat=colonnes.etat,
            raison=colonnes.raison,
            montant=colonnes.montant,
            natures=list(colonnes.natures),
        )
        for colonnes in map(en_colonnes, mois)
    )
    dire(
        VerbeRessources.DEMANDER_RESSOURCES,
        demande,
        acte=acte,
        faits={"appel": str(appel.id), "declenchement": declenchement.value, "repondu": repondu},
    )
    cle: uuid.UUID = appel.id
    return cle
