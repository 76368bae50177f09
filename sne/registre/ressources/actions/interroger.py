"""Asking the source about an applicant, in two acts: what may be asked, then what was answered.

Between them a screen or a task asks the port, outside any transaction. No act waits for a service.
"""

import uuid
from dataclasses import dataclass, field

from django.db import transaction

from sne.connecteurs.drm.rules.lecture import Demandee
from sne.connecteurs.drm.rules.mois import Mois
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.ressources.actions.ecrire import Declenchement, Dite, ecrire
from sne.registre.ressources.possible import exiger_demandables, exiger_interrogeable, get_a_demander
from sne.registre.ressources.selectors import get_demandee
from sne.socle.acte import Acte
from sne.socle.acteur import Canal


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
def preparer_suite(demande_id: uuid.UUID, *, renouvelee: bool, acte: Acte) -> Question | None:
    """What the service puts to the port by itself after an act on a demande (``renouvelee``: that renewed it); ``None``
    when nobody is to be asked about, or not again. Raises ``Introuvable``, ``NonHabilite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    situation = get_a_demander(demande, acte.acteur, renouvelee=renouvelee, instant=acte.survenu_le)
    if situation is None:
        return None
    return Question(demande.id, get_demandee(demande, instant=acte.survenu_le), situation.empreinte)


@transaction.atomic
def noter_reponse(question: Question, mois: tuple[Mois, ...], *, acte: Acte) -> uuid.UUID:
    """Keep what the source said, beside the fingerprint that it was asked with: if the identity has changed meanwhile,
    nothing of it is shown. The household reads that it was asked. Raises ``Introuvable``, ``NonHabilite``.
    """
    demande = lock_demande(question.demande, acteur=acte.acteur)
    exiger_demandables(demande, acte.acteur)
    dite = Dite(demande, question.empreinte, mois)
    declenchement = Declenchement.SUITE if acte.acteur.canal is Canal.SYSTEME else Declenchement.GUICHET
    return ecrire([dite], declenchement=declenchement, acte=acte)[0]
