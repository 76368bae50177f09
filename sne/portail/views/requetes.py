"""What only a counter changes, asked for online: the form, what became of each, taken back."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.portail.forms import FormulaireRequete
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import visite_de
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete.actions.demander import deposer_requete, retirer_requete, suivre_requetes
from sne.registre.requete.rules.requete import GenreRequete
from sne.socle.erreurs import Interdit
from sne.socle.requete import identifiant


@require_http_methods(["GET", "HEAD", "POST"])
def requetes(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """What may be asked for, and what was. A number that they do not follow is no page."""
    visite = visite_de(request, nud)
    suivies = suivre_requetes(visite)
    formulaire = FormulaireRequete(initial={"formulaire": uuid.uuid4()}, genres=suivies.genres)
    if request.method == "POST":
        formulaire = FormulaireRequete(request.POST, genres=suivies.genres)
        if formulaire.is_valid() and _deposer(request, visite, formulaire):
            return redirect("requetes", nud)
    contexte = {
        "nud": nud,
        "requetes": suivies.requetes,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
    }
    return render(request, "portail/menage/requetes.html", contexte)


def _deposer(request: RequeteDuMenage, visite: Visite, formulaire: FormulaireRequete) -> bool:
    """Whether it is asked for; else the form says why."""
    dits = formulaire.cleaned_data
    try:
        deposer_requete(
            visite,
            GenreRequete(dits["genre"]),
            formulaire=identifiant(dits["formulaire"]) or uuid.uuid4(),
            valeur=dits["texte"],
            survenu_le=request.visiteur.instant,
        )
    except Interdit as non:
        formulaire.add_error(non.champ or None, non.phrase)
        return False
    return True


@require_POST
def retirer(request: RequeteDuMenage, nud: str, requete: uuid.UUID) -> HttpResponse:
    """Take one back; ended meanwhile, the list says how."""
    retirer_requete(visite_de(request, nud), requete, survenu_le=request.visiteur.instant)
    return redirect("requetes", nud)
