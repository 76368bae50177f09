"""The badge of a software that conforms: a note signed with the journal’s key, as its checkpoints are."""

import uuid
from collections.abc import Sequence

from django.conf import settings

from sne.conventions.models import Convention
from sne.ecole.rules.conformite import Constat, insigne
from sne.journal.rules.notes import ClePrivee, signer
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui

MOIS = 12
NOM = "sne-ecole"


def signer_insigne(convention_id: uuid.UUID, version: str, constats: Sequence[Constat]) -> str:
    """The note, for what was judged. Raises ``Interdit``: this process holds no key."""
    if not settings.CLES_JOURNAL:
        raise Interdit("Aucune clé de signature ici. Lancez la commande là où le journal se signe.")
    convention = Convention.objects.get(pk=convention_id)
    graine = settings.CLES_JOURNAL[max(settings.CLES_JOURNAL)]
    texte = insigne(convention.editeur, version, constats, le=aujourd_hui(), mois=MOIS)
    return signer(texte, ClePrivee(NOM, graine))
