"""Send again the link that verifies an e-mail address of a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.selectors.etat import etat
from sne.registre.joindre.actions.verifier_courriel import demander_verification
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.DEMANDE_MODIFIER)
@require_POST
def verification(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Back to the file, which says that the link leaves, or why it does not."""
    demande_id = etat(nud, maintenant(), acteur=request.acteur).demande_id
    try:
        demander_verification(demande_id, acte=acte_de(request))
    except Interdit as exc:
        messages.warning(request, exc.phrase)
    else:
        messages.success(request, "Un lien de vérification part à l’adresse électronique du dossier.")
    return redirect("demande", nud)
