"""Several files chosen in a list: what is asked, then the same read again file by file, then done one by one."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sne.attestations.actions import imprimer_lot
from sne.guichet.listes.parcours import get_adresse, situer
from sne.guichet.plusieurs.actes import Demander, Ecrire, EnNombre, Imprimer, Ordre
from sne.guichet.plusieurs.lignes import Ligne
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.selectors.etat import EtatDemande, etat
from sne.registre.lecture.selectors.activite import list_dossiers_brefs
from sne.socle.erreurs import Refus
from sne.socle.forms import Formulaire
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de

AU_PLUS = 50  # files of a page of a list


@exiger(Permission.DEMANDE_MODIFIER)
@require_POST
def ecrire(request: RequeteHabilitee) -> HttpResponse:
    """Write to the households."""
    return _traiter(request, Ecrire())


@exiger(Permission.EVENEMENT_CONSIGNER)
@require_POST
def demander(request: RequeteHabilitee) -> HttpResponse:
    """Ask each for the documents that it lacks."""
    return _traiter(request, Demander())


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def imprimer(request: RequeteHabilitee) -> HttpResponse:
    """Their attestations, in one file."""
    return _traiter(request, Imprimer())


def _traiter(request: RequeteHabilitee, quoi: EnNombre) -> HttpResponse:
    """Only files of the page of the list that is open are taken. A refusal is said beside its file, and stops no
    other.
    """
    nuds = [nud for nud in request.POST.getlist("nud")[:AU_PLUS] if situer(request, nud)]
    formulaire = quoi.formulaire(request.POST if "voir" in request.POST else None)
    if not formulaire.fields:
        formulaire = quoi.formulaire(request.POST)
    contexte = {
        "quoi": quoi,
        "nuds": nuds,
        "formulaire": formulaire,
        "retour": get_adresse(request) or reverse("listes"),
        "erreurs": formulaire.erreurs(),
    }
    if nuds and formulaire.is_valid():
        contexte |= _faire(request, quoi, nuds, formulaire)
    return render(request, "guichet/plusieurs/plusieurs.html", contexte)


def _faire(
    request: RequeteHabilitee, quoi: EnNombre, nuds: list[str], formulaire: Formulaire
) -> dict[str, object]:
    """The preview; or, once it was read, what was done."""
    ordre = Ordre(formulaire.cleaned_data, acte_de(request))
    if "faire" not in request.POST:
        prevues = list(_une_a_une(request, nuds, lambda d: quoi.prevoir(d, ordre)))
        return {"prevues": prevues, "possibles": [ligne.nud for ligne in prevues if not ligne.refusee]}
    references: list[str] = []

    def faire(demande: EtatDemande) -> str:
        phrase, reference = quoi.faire(demande, ordre)
        references.extend([reference] if reference else [])
        return phrase

    faites = list(_une_a_une(request, nuds, faire))
    dit = {"faites": faites, "reussies": sum(not ligne.refusee for ligne in faites)}
    if references:
        dit["lot"] = imprimer_lot(references, acte=ordre.acte).id
    return dit


def _une_a_une(
    request: RequeteHabilitee, nuds: list[str], dire: Callable[[EtatDemande], str]
) -> Iterator[Ligne]:
    """Each file under its name, with what is said of it or why not."""
    noms = {bref.nud: f"{bref.nom} {bref.prenoms}" for bref in list_dossiers_brefs(nuds, request.acteur)}
    for nud in nuds:
        try:
            phrase, refusee = dire(etat(nud, maintenant(), acteur=request.acteur)), False
        except Refus as exc:
            phrase, refusee = exc.phrase, True
        yield Ligne(nud, noms.get(nud, ""), phrase, refusee)
