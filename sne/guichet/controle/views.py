"""Allow one change of contact soon after a change of identity."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.controle.forms import FormulairePermission
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.avis.selectors.changement import is_annonce
from sne.registre.controle.selectors.permissions import get_etat_des_contacts
from sne.registre.identite.actions.permettre_contact import permettre_contact
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, saisi_de

PERMIS = "Changement de contact permis. Un agent peut le saisir une fois."
ANNONCE = "Un avis part aux adresses d’avant."


@exiger(Permission.ETAT_CIVIL_DECIDER)
@require_http_methods(["GET", "POST"])
def permettre(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Why now, what was verified; a refusal about a field comes back beside it."""
    le = aujourd_hui()
    fiche = lire_demande(request, nud)
    formulaire = FormulairePermission(saisi_de(request))
    if formulaire.is_valid():
        instant = maintenant()
        acte = Acte(request.acteur, instant)
        if formulaire.tenter_ou_lever(
            permettre_contact, fiche.demande.id, **formulaire.cleaned_data, acte=acte
        ):
            messages.success(request, _dire(fiche, instant))
            return redirect("demande", fiche.demande.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, le),
        "nud": fiche.demande.nud,
        "etat": get_etat_des_contacts(fiche.demande.id, request.acteur, le=le),
        "jours": get_parametres(le)[ParametresIdentite].permission_contact_jours,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/controle/permettre.html", contexte)


def _dire(fiche: Fiche, instant: datetime) -> str:
    """A notice is said to leave only where one does."""
    demande = fiche.demande
    annonce = is_annonce(demande.id, demande.revision, VerbeIdentite.PERMETTRE_CONTACT, survenu_le=instant)
    return f"{PERMIS} {ANNONCE}" if annonce else PERMIS
