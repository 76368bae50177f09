"""What the fields of an application propose while one types, for professionals."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sne.connecteurs.rules import Canal, Pour
from sne.saisie.propositions.reponse import repondre
from sne.socle.requete import RequeteHabilitee


@never_cache
@require_POST
def proposer(request: RequeteHabilitee) -> JsonResponse:
    """Proposals for one field, in the territory of this person."""
    return repondre(request, pour=Pour(request.acteur.territoire, Canal.GUICHET))
