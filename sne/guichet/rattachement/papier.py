"""Recording what a person, or their guardian, hands on paper at a counter: an authorisation, a judgment."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.documents.boite import Boite, Sort
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.pieces.envois import boite_du_formulaire
from sne.guichet.rattachement.forms import FormulaireAutorisation, FormulaireJugement, FormulairePapier
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.mandat.actions.enregistrer import enregistrer_papier, exiger_papier
from sne.registre.mandat.possible import exiger_enregistrable
from sne.registre.mandat.rules.mandat import texte_signe
from sne.registre.mandat.selectors.mandats import get_offre
from sne.registre.pieces.actions.deposer import Fichier
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, envoi_de

BLANC = "……………………"


@dataclass(frozen=True, slots=True)
class _Page:
    """One of the two papers. ``papier``: the person signed it, for the durations of a paper."""

    formulaire: type[FormulairePapier]
    titre: str
    fait: str
    papier: bool


AUTORISATION = _Page(
    FormulaireAutorisation,
    "Enregistrer une autorisation signée sur papier",
    "Autorisation enregistrée. Rien n’est ouvert avant qu’une autre personne de l’organisme l’accepte.",
    papier=True,
)
JUGEMENT = _Page(
    FormulaireJugement,
    "Enregistrer une mesure de protection",
    "Mesure enregistrée. Qui protège la personne est nommé au dossier.",
    papier=False,
)


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def autorisation(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The authorisation that the person signed."""
    return _recevoir(request, nud, AUTORISATION)


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def jugement(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The judgment that says who protects them."""
    return _recevoir(request, nud, JUGEMENT)


def _recevoir(request: RequeteHabilitee, nud: str, page: _Page) -> HttpResponse:
    fiche, le = lire_demande(request, nud), aujourd_hui()
    offre = get_offre(fiche.demande.territoire, le=le, papier=page.papier)
    boite = boite_du_formulaire(
        request.acteur,
        territoire=fiche.demande.territoire,
        objet=f"papier:{fiche.demande.id}",
        au_plus=1,
    )
    formulaire = page.formulaire(*envoi_de(request), boite=boite, offre=offre)
    if formulaire.is_valid() and _enregistrer(request, fiche, formulaire, boite):
        messages.success(request, page.fait)
        return redirect("demande-acces", fiche.demande.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, le),
        "nud": fiche.demande.nud,
        "titre": page.titre,
        "modele": texte_signe(BLANC, offre.portees, max(offre.durees), debut="de ce jour")
        if page.papier
        else "",
        "refus": refus_de(exiger_enregistrable, fiche.source, request.acteur),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/rattachement/papier.html", contexte)


def _enregistrer(request: RequeteHabilitee, fiche: Fiche, formulaire: FormulairePapier, boite: Boite) -> bool:
    """Whether it is recorded; a refusal comes back on its field. No file is taken in when the paper is refused."""
    dit, acte = formulaire.dit(), acte_de(request)
    sorts: list[Sort] = []
    try:
        exiger_papier(fiche.demande.id, dit, acte=acte)
        sorts = boite.joindre(
            [],
            formulaire.envoyes,
            survenu_le=acte.survenu_le,
            joindre=lambda document, empreinte: enregistrer_papier(
                fiche.demande.id, dit, Fichier(document, empreinte), acte=acte
            ),
        )
    except Interdit as refus:
        formulaire.refuser(refus)
    for sort in sorts:
        if not sort.joint:
            formulaire.add_error("fichiers", f"{sort.nom}\u00a0: {sort.phrase}")
    return any(sort.joint for sort in sorts)
