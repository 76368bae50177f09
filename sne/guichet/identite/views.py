"""Changes of identity: what waits, then one change, its documents, its history, and the decision."""

import uuid
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.guichet.accueil.onglets import onglets
from sne.guichet.identite.forms import (
    DEMANDER_LA_PIECE,
    QUESTIONNER,
    REFUSER,
    SIGNALER,
    USUELLES,
    VALIDER,
    FormulaireDecision,
    FormulaireReponse,
    deplier,
)
from sne.guichet.identite.lignes import lire_ordre, presenter_ligne
from sne.guichet.identite.montrer import montrer_piece
from sne.guichet.identite.presentation import presenter_changement, presenter_suivi
from sne.guichet.lecture import dossier
from sne.guichet.lecture.actes import actes
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.montrer import is_triee, ouvrir_file
from sne.guichet.listes.parcours import apres, get_adresse, list_actes_suivants, retenir, situer_ici
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.enquete.possible import exiger_enquete_ouvrable
from sne.registre.enquete.rules.gel import phrase_de_l_etat
from sne.registre.identite.actions.decider import refuser_identite, valider_identite
from sne.registre.identite.actions.echanger import (
    annuler_identite,
    questionner_identite,
    repondre_identite,
    signaler_identite,
)
from sne.registre.identite.possible import exiger_changement_decidable
from sne.registre.identite.rules.decision import exiger_pieces_vues
from sne.registre.identite.rules.rappels import phrases
from sne.registre.identite.selectors.a_decider import (
    ChangementLu,
    Ordre,
    get_changement,
    get_suivant,
    list_decidables,
)
from sne.registre.identite.selectors.echanges import ChangementSuivi, get_change_de, get_suivi
from sne.registre.identite.selectors.rappels import list_rappels
from sne.registre.lecture.selectors.fiche import Fiche, list_changements_depuis
from sne.registre.listes.rules.listes import CodeFile
from sne.saisie.cadre import get_lecture
from sne.saisie.presentation.identite import nom_complet
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

FAIT = {
    VALIDER: "Changement validé pour {nom}. Il est en vigueur partout, et l’identité d’avant reste dans l’historique.",
    REFUSER: "Changement refusé pour {nom}. Rien ne change dans le dossier, et le guichet lit votre réponse.",
    QUESTIONNER: "Question envoyée pour {nom}. Elle est dans les réponses attendues du guichet, et le changement "
    "attend.",
    SIGNALER: "Changement transmis pour {nom}. Une enquête est ouverte, l’identité et les contacts sont figés.",
}
ORDRES = {Ordre.AGE: "Le plus ancien d’abord", Ordre.SCORE: "À regarder d’abord"}
REPONDU = "Réponse envoyée à la personne qui décide."
RETIRE = "Changement retiré. Rien ne change dans le dossier."


@exiger(Permission.ETAT_CIVIL_DECIDER)
@require_GET
def identites(request: RequeteHabilitee) -> HttpResponse:
    """Changes that wait for this person, the oldest first, or those to look at first."""
    le, ordre = aujourd_hui(), lire_ordre(request.GET)
    page, de_la_file = ouvrir_file(request, CodeFile.IDENTITES)
    actes = ((c.nud, reverse("identite", args=[c.id])) for c in page.lignes)
    retenir(request, "Changements d’identité à décider", actes)
    contexte = de_la_file | {
        "ordre": ordre.value,
        "ordres": [(o.value, libelle) for o, libelle in ORDRES.items()],
        "lignes": [presenter_ligne(changement, le=le) for changement in page.lignes],
        "onglets": onglets(request.acteur),
        "onglet": "identites",
    }
    return render(request, "guichet/identite/liste.html", contexte)


@exiger(Permission.ETAT_CIVIL_DECIDER)
@require_http_methods(["GET", "POST"])
def identite(request: RequeteHabilitee, identite_id: uuid.UUID) -> HttpResponse:
    """What is asked, beside the reference and what is in force, on which documents; a valid form decides, and the next
    change that waits is opened.
    """
    le, ordre = aujourd_hui(), lire_ordre(request.GET)
    changement = get_changement(identite_id, request.acteur, le=le)
    formulaire = FormulaireDecision(
        deplier(request.POST) if request.method == "POST" else None,
        signale=not refus_de(exiger_enquete_ouvrable, changement, request.acteur),
    )
    suite = _ou_ensuite(request, changement.id, le=le, ordre=ordre)
    if request.method == "POST" and formulaire.is_valid() and _decider(request, changement, formulaire):
        parcours = situer_ici(request)
        liste = parcours.adresse if parcours else f"{reverse('identites')}?ordre={ordre.value}"
        return redirect(suite or liste)
    fiche = lire_demande(request, changement.nud)
    return _montrer(request, changement, fiche, formulaire, suite=suite)


def _ou_ensuite(request: RequeteHabilitee, identite_id: uuid.UUID, *, le: date, ordre: Ordre) -> str:
    """Where the next line that waits is, of the page that was on the screen as it was sorted; else the next change of
    the queue. Empty after the last one, and after the last line of a page sorted otherwise than the queue.
    """
    cles = {
        acte: resolve(urlsplit(acte).path).kwargs.get("identite_id") for acte in list_actes_suivants(request)
    }
    changements = [cle for cle in cles.values() if cle]
    attendent = list_decidables(changements, request.acteur, le=le) if changements else frozenset()
    suite = next((acte for acte, cle in cles.items() if cle is None or cle in attendent), "")
    if suite and cles[suite] is None:  # a list of what waits holds other things than changes
        return suite
    if not suite and not (situer_ici(request) and is_triee(get_adresse(request))):
        suivant = get_suivant(identite_id, request.acteur, le=le, ordre=ordre)
        suite = reverse("identite", args=[suivant]) if suivant else ""
    return f"{suite}?ordre={ordre.value}" if suite else ""


def _montrer(
    request: RequeteHabilitee,
    changement: ChangementLu,
    fiche: Fiche,
    formulaire: FormulaireDecision,
    *,
    suite: str,
) -> HttpResponse:
    le, ordre = aujourd_hui(), lire_ordre(request.GET).value
    pas_a_soi, montree = refus_de(exiger_changement_decidable, changement, request.acteur), None
    if changement.issue is None and not pas_a_soi:
        changement, montree = montrer_piece(request, changement, ordre=ordre, le=le)
    lecture, fenetre = get_lecture(le), get_seuils(le).score_fenetre_jours
    depuis = maintenant() - timedelta(days=fenetre)
    recentes, coupees = list_changements_depuis(fiche, depuis)
    contexte = {
        "change": presenter_changement(changement, lecture, le=le),
        "rappels": phrases(list_rappels(changement.id)),
        "fige": phrase_de_l_etat(fiche.gel) if fiche.gel else "",
        "fenetre": fenetre,
        "historique": actes(recentes, lecture, nud=changement.nud),
        "coupees": coupees,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "pas_a_soi": pas_a_soi,
        "montree": montree,
        "usuelles": _usuelles(changement),
        "ordre": ordre,
        "suite": suite,
        "parcours": situer_ici(request),
    }
    return render(request, "guichet/identite/decider.html", contexte)


def _usuelles(changement: ChangementLu) -> list[tuple[str, str]]:
    """Answers in one click: validate once every document is open, ask for one where there is none, or refuse."""
    manque = refus_de(exiger_pieces_vues, changement.pieces)
    sans = not any(piece.ouvrable and not piece.remplacee for piece in changement.pieces)
    exclues = ({VALIDER} if manque else set()) | (set() if sans else {DEMANDER_LA_PIECE})
    return [(code, libelle) for code, (libelle, _) in USUELLES.items() if code not in exclues]


def _decider(request: RequeteHabilitee, changement: ChangementLu, formulaire: FormulaireDecision) -> bool:
    """Answer; a refusal about a field comes back beside it."""
    dit = formulaire.cleaned_data
    choix, texte = dit["decision"], dit["precision"]
    commun: Any = {"acte": acte_de(request)}
    try:
        if choix == VALIDER:
            valider_identite(changement.id, precision=texte, **commun)
        elif choix == REFUSER:
            refuser_identite(changement.id, motif=dit["motif"], precision=texte, **commun)
        elif choix == QUESTIONNER:
            questionner_identite(changement.id, texte=texte, **commun)
        else:
            signaler_identite(changement.id, texte=texte, **commun)
    except Interdit as exc:
        formulaire.refuser_ou_lever(exc)
        return False
    messages.success(request, FAIT[choix].format(nom=nom_complet(changement.en_vigueur)))
    return True


@exiger(Permission.ETAT_CIVIL_PROPOSER)
@require_http_methods(["GET", "POST"])
def suivi(request: RequeteHabilitee, identite_id: uuid.UUID) -> HttpResponse:
    """A change as the counter that typed it follows it; a valid form answers the question."""
    suivi = get_suivi(identite_id, request.acteur, le=aujourd_hui())
    formulaire = FormulaireReponse(saisi_de(request))
    if formulaire.is_valid() and _repondre(request, suivi, formulaire):
        messages.success(request, REPONDU)
        return apres(request, reverse("changement", args=[suivi.id]))
    fiche = lire_demande(request, suivi.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "suivi": presenter_suivi(suivi, get_lecture(aujourd_hui())),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/identite/suivi.html", contexte)


def _repondre(request: RequeteHabilitee, suivi: ChangementSuivi, formulaire: FormulaireReponse) -> bool:
    """Answer; a refusal about the text comes back beside it."""
    try:
        repondre_identite(suivi.id, texte=formulaire.cleaned_data["texte"], acte=acte_de(request))
    except Interdit as exc:
        if exc.champ != "precision":
            raise
        formulaire.add_error("texte", exc.phrase)
        return False
    return True


@exiger(Permission.ETAT_CIVIL_PROPOSER)
@require_POST
def retirer(request: RequeteHabilitee, identite_id: uuid.UUID) -> HttpResponse:
    """Take back one's own change."""
    suivi = get_suivi(identite_id, request.acteur, le=aujourd_hui())
    annuler_identite(suivi.id, acte=acte_de(request))
    messages.success(request, RETIRE)
    return redirect("demande", suivi.nud)


@exiger(Permission.ETAT_CIVIL_PROPOSER)
@require_GET
def question(request: RequeteHabilitee, echange_id: uuid.UUID) -> HttpResponse:
    """The change that a question awaited is about, for those who may follow it."""
    identite_id = get_change_de(echange_id)
    if identite_id is None:
        raise Introuvable("Aucune question sous cet identifiant.")
    return redirect("changement", get_suivi(identite_id, request.acteur, le=aujourd_hui()).id)
