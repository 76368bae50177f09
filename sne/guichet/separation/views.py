"""A separation: who leaves and on what proof, then an ordinary registration; the list and the answer of the GT."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.accueil.onglets import onglets
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import apres, retenir
from sne.guichet.saisie.enregistrement import RECHERCHE, SEPARATION, get_enregistrement
from sne.guichet.separation.forms import FormulaireReponse, FormulaireSeparation
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_nomenclatures
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.lecture.possible import ActeDuDossier, actes_possibles
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.listes.rules.listes import CodeFile
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.separation.actions.examiner_separation import consulter_separation, examiner_separation
from sne.registre.separation.possible import exiger_separation_examinable
from sne.registre.separation.rules import ISSUES, LISTE_PREUVES, RESERVES, partir
from sne.registre.separation.selectors import SeparationLue, get_separation
from sne.saisie.cadre import get_cadre
from sne.saisie.etapes import reprise
from sne.saisie.forms.pages import PAGES
from sne.saisie.presentation.identite import nom_complet
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

REPRISES = ("personne", "souhaits")
"""Pages that begin with what the first demande says; none of them says how to reach anybody."""


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def separer(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The form; posted and valid, the registration of the person who leaves opens at its first step."""
    fiche = lire_demande(request, nud)
    acte = ActeDuDossier.SEPARER
    if not actes_possibles(fiche, request.acteur, instant=maintenant(), parmi=[acte])[acte].possible:
        raise Http404
    formulaire = FormulaireSeparation(
        saisi_de(request),
        personnes=[(str(p.personne_id), nom_complet(p.identite)) for p in fiche.personnes],
        preuves=get_nomenclatures(aujourd_hui()).choix(LISTE_PREUVES),
    )
    if formulaire.is_valid():
        if not regles_nir.en_contient(formulaire.cleaned_data["document"]):
            return _commencer(request, fiche, formulaire)
        formulaire.add_error("document", "Retirez le numéro de sécurité sociale de la référence.")
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/separation/separer.html", contexte)


def _commencer(request: RequeteHabilitee, fiche: Fiche, formulaire: FormulaireSeparation) -> HttpResponse:
    """A draft that knows which demande it separates, begun with the person who leaves and their wishes."""
    depart = partir(fiche.contenu, formulaire.cleaned_data["personne"])
    cadre = get_cadre(fiche.demande.territoire, aujourd_hui())
    donnees = {code: PAGES[code].saisie(depart, cadre) for code in REPRISES}
    brouillon_id = ouvrir_brouillon(
        {RECHERCHE: {}, SEPARATION: formulaire.brut(demande=str(fiche.demande.id)), **donnees},
        acte=acte_de(request),
        territoire=fiche.demande.territoire,
    )
    enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
    return redirect(enregistrement.adresse(reprise(enregistrement.etapes).code))


@exiger(Permission.SEPARATION_DECIDER)
@require_GET
def separations(request: RequeteHabilitee) -> HttpResponse:
    """Separations that nobody examined yet, the oldest first."""
    page, de_la_file = ouvrir_file(request, CodeFile.SEPARATIONS)
    retenir(request, "Séparations", (("", reverse("separation", args=[s.id])) for s in page.lignes))
    contexte = {"onglets": onglets(request.acteur), "onglet": "separations", **de_la_file}
    return render(request, "guichet/separation/liste.html", contexte)


@exiger(Permission.SEPARATION_DECIDER)
@require_http_methods(["GET", "POST"])
def separation(request: RequeteHabilitee, separation_id: uuid.UUID) -> HttpResponse:
    """Who, when, on what proof, both numbers; a valid form answers."""
    if request.method == "GET":
        lue = consulter_separation(separation_id, acte=acte_de(request))
        return _montrer(request, lue, FormulaireReponse(reservee=bool(lue.reserves)))
    lue = get_separation(separation_id, request.acteur)
    formulaire = FormulaireReponse(request.POST, reservee=bool(lue.reserves))
    if formulaire.is_valid() and formulaire.tenter_ou_lever(
        examiner_separation, lue.id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, "Réponse enregistrée.")
        return apres(request, reverse("separations"))
    return _montrer(request, lue, formulaire)


def _montrer(request: RequeteHabilitee, lue: SeparationLue, formulaire: FormulaireReponse) -> HttpResponse:
    contexte = {
        "lue": lue,
        "preuve": get_nomenclatures(aujourd_hui()).libelle(LISTE_PREUVES, lue.preuve),
        "reserves": [RESERVES[reserve] for reserve in lue.reserves],
        "reponse": ISSUES[lue.issue] if lue.issue else "",
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "refus": refus_de(exiger_separation_examinable, lue, request.acteur),
    }
    return render(request, "guichet/separation/examiner.html", contexte)
