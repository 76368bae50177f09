"""The demande that an address of the portal names, for who follows it."""

from django.http import Http404

from sne.demandeurs.rules.niveaux import Geste
from sne.portail.middleware import RequeteDuMenage
from sne.registre.rattachement.actions.ouvrir import Sienne, lire_la_sienne
from sne.registre.rattachement.selectors.visites import Visite


def visite_de(request: RequeteDuMenage, nud: str) -> Visite:
    """What this session is worth on that demande; a number that it does not follow is no page (``Http404``)."""
    visite = next((visite for visite in request.visiteur.joignables[0] if visite.lien.nud == nud), None)
    if visite is None:
        raise Http404
    return visite


def sienne_de(request: RequeteDuMenage, nud: str, geste: Geste) -> Sienne:
    """That demande, opened to do that. Raises ``Http404``, ``NonHabilite``, ``Introuvable``."""
    return lire_la_sienne(visite_de(request, nud), geste=geste, survenu_le=request.visiteur.instant)
