"""Writing to a household from its file, or to several of a list: chosen, read again, then sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.guichet.joindre.forms import FormulaireMot
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.parcours import situer
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.selectors.etat import etat
from sne.registre.joindre.actions.ecrire_un_mot import ecrire_un_mot
from sne.registre.joindre.possible import exiger_ecrivable
from sne.registre.joindre.rules.mots import MOTS, Mot
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Refus
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee
from sne.socle.templatetags.socle_tags import pluriel

PARTI = "Message écrit. Il part dans la minute, et « Messages » en dit la suite."
AU_PLUS = 50  # files of a page of a list


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def ecrire(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """A sentence to choose, a line to add."""
    fiche = lire_demande(request, nud)
    exiger_ecrivable(fiche.source, request.acteur, instant=maintenant())
    formulaire = FormulaireMot(request.POST if request.method == "POST" else None)
    if formulaire.is_bound and formulaire.is_valid():
        dit = formulaire.cleaned_data
        try:
            ecrire_un_mot(
                fiche.demande.id,
                Mot(dit["mot"]),
                libre=dit["precision"],
                acte=Acte(request.acteur, maintenant()),
            )
        except Interdit as refus:
            formulaire.add_error(refus.champ if refus.champ in formulaire.fields else None, refus.phrase)
        else:
            messages.success(request, PARTI)
            return redirect("demande", fiche.demande.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "a_proteger": fiche.a_proteger,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
    }
    return render(request, "guichet/joindre/ecrire.html", contexte)


@exiger(Permission.DEMANDE_MODIFIER)
@require_POST
def ecrire_a_plusieurs(request: RequeteHabilitee) -> HttpResponse:
    """The files chosen in a list: the message, then the same read again with the numbers, then sent one by one.

    Only files of the page of the list that is open are taken. What cannot be written to is said, and stops nothing.
    """
    choisis = [nud for nud in request.POST.getlist("nud")[:AU_PLUS] if situer(request, nud)]
    saisie = "mot" in request.POST or "precision" in request.POST
    formulaire = FormulaireMot(request.POST if saisie else None)
    pret = saisie and bool(choisis) and formulaire.is_valid()
    contexte = {
        "nuds": choisis,
        "formulaire": formulaire,
        "apercu": MOTS[Mot(formulaire.cleaned_data["mot"])] if pret else "",
        "erreurs": formulaire.erreurs() if saisie else (),
    }
    if pret and "envoyer" in request.POST:
        contexte["refus"], contexte["partis"] = _envoyer(request, choisis, formulaire)
        contexte["nuds"] = []
    return render(request, "guichet/joindre/ecrire_a_plusieurs.html", contexte)


def _envoyer(
    request: RequeteHabilitee, nuds: list[str], formulaire: FormulaireMot
) -> tuple[list[tuple[str, str]], str]:
    """(number, why not) of those that nothing left for; how many were written to, in words."""
    dit, refus = formulaire.cleaned_data, []
    for nud in nuds:
        acte = Acte(request.acteur, maintenant())
        try:
            demande = etat(nud, acte.survenu_le, acteur=request.acteur).demande_id
            ecrire_un_mot(demande, Mot(dit["mot"]), libre=dit["precision"], acte=acte)
        except Refus as exc:
            refus.append((nud, exc.phrase))
    return refus, pluriel(len(nuds) - len(refus), "ménage prévenu,ménages prévenus")
