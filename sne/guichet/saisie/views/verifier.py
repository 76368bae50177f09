"""Last step: everything is read again with the person, then the number is given, once."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.attestations.possible import exiger_attestable
from sne.guichet.depot.forms.egalite import FormulaireEgalite, points_coches, saisie_egalite
from sne.guichet.depot.views.egalite import contexte_attestation
from sne.guichet.saisie.enregistrement import Enregistrement, get_enregistrement
from sne.guichet.saisie.forms.verification import FormulaireVerification
from sne.guichet.saisie.recapitulatif import controles_faits, remarques_de_la_piece
from sne.guichet.saisie.views.cadre import contexte_page, pages_a_corriger
from sne.guichet.saisie.views.nouvelle import montrer_doublons
from sne.guichet.saisie.views.pages import IMMEDIAT, QUITTE
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.rules.refus import DejaOuverte, DepotIncomplet, DoublonAJustifier
from sne.registre.demande.selectors.etat import etat
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.depot.possible import exiger_egalite_consignable
from sne.registre.depot.rules.egalite import Moment
from sne.registre.depot.selectors.egalite import get_egalite
from sne.registre.doublons.selectors.proches import Proche
from sne.registre.lecture.selectors.activite import get_nud
from sne.registre.separation.actions.separer import separer_demande
from sne.registre.verification.actions import noter_constats
from sne.saisie.brut import CONTINUER, LU, Brut, brut_de, lire_revision
from sne.saisie.cadre import get_lecture
from sne.saisie.etapes import DERNIERE
from sne.saisie.forms.ecrans import Ecran
from sne.saisie.forms.lignes import construire
from sne.saisie.forms.pages import page_du_chemin
from sne.saisie.forms.pages.souhaits import PageSouhaits
from sne.saisie.presentation import titulaire as presentation
from sne.saisie.presentation.valeurs import phrase_de
from sne.saisie.propositions.constats import constats_des_choix
from sne.saisie.recapitulatif import recapituler
from sne.socle.erreurs import ConflitDeRevision, Introuvable, refus_de
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.templatetags.socle_tags import heure_fr

AVANT_LE_NUMERO = (Moment.AVANT, Moment.PENDANT)
RELECTURE = "RELECTURE"
"""The line of the checklist that the last reading says by itself."""
AILLEURS = (
    "Ce brouillon a été enregistré ailleurs à {heure}, depuis que cette page est ouverte. Rien n’est encore enregistré "
    "dans le registre\u00a0: relisez les informations avec la personne, puis recommencez."
)
DEUX_VALEURS = (
    "{libelle}\u00a0: «\u00a0{autre}\u00a0» a été enregistré ailleurs. Gardez votre réponse, ou corrigez-la."
)
ANTERIORITE = (
    "La date de réception demandée attend la décision du gestionnaire territorial. "
    "Jusque-là, la date d’aujourd’hui fait foi."
)


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def verifier(request: RequeteHabilitee, brouillon_id: uuid.UUID) -> HttpResponse:
    """The recap and its form; a valid form registers. A draft already registered gives its number again."""
    try:
        enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
    except Introuvable:
        deja = get_nud(brouillon_id, request.acteur)  # the draft ended when it was registered
        if deja:
            return redirect("demande-enregistree", deja)
        raise
    if request.method == "GET":
        return _montrer(request, enregistrement, enregistrement.verification())
    try:
        return _recevoir(request, enregistrement)
    except ConflitDeRevision:  # saved by somebody else since it was read, an instant ago
        return _recevoir(request, enregistrement.relue(request.acteur))


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def immediat(request: RequeteHabilitee, brouillon_id: uuid.UUID) -> HttpResponse:
    """The number at once: the town and the size wished, the document seen; all the rest may come later."""
    deja = get_nud(brouillon_id, request.acteur)
    if deja:
        return redirect("demande-enregistree", deja)
    enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
    if request.method == "GET":
        return _montrer(request, enregistrement, enregistrement.verification())
    brut = {nom: dit for nom, dit in brut_de(request.POST).items() if nom not in {LU, CONTINUER}}
    page = enregistrement.construire(PageSouhaits.code, brut, controler=True)
    souhaits = {nom: dit for nom, dit in brut.items() if nom in page.noms}
    verification = {nom: dit for nom, dit in brut.items() if nom not in page.noms}
    if lire_revision(brut_de(request.POST), LU) != enregistrement.brouillon.numero:
        return _relire(request, enregistrement, verification, lu=lire_revision(brut_de(request.POST), LU))
    typee = enregistrement.brut(PageSouhaits.code) | souhaits | {CONTINUER: ["oui"]}
    enregistrement = enregistrement.garder(PageSouhaits.code, typee, acteur=request.acteur)
    if "quitter" in request.POST:
        return _quitter(request, enregistrement.garder(DERNIERE, verification, acteur=request.acteur))
    return _enregistrer(request, enregistrement, verification | {CONTINUER: ["oui"]})


def _recevoir(request: RequeteHabilitee, enregistrement: Enregistrement) -> HttpResponse:
    """Do what the button says; a draft saved since this page was shown is read again first."""
    brut = brut_de(request.POST)
    lu = lire_revision(brut, LU)
    brut.pop(LU, None)
    if not _est_comme_lu(enregistrement, brut, lu=lu):
        return _relire(request, enregistrement, brut, lu=lu)
    if CONTINUER in brut:
        return _enregistrer(request, enregistrement, brut)
    return _quitter(request, enregistrement.garder(DERNIERE, brut, acteur=request.acteur))


def _est_comme_lu(enregistrement: Enregistrement, brut: Brut, *, lu: int) -> bool:
    """Whether the draft says what was read, and of this page what is sent: the same page sent again passes."""
    if lu == enregistrement.brouillon.numero:
        return True
    lue = enregistrement.lue_au(lu).donnees
    return enregistrement.donnees == lue | {DERNIERE: brut}


def _relire(
    request: RequeteHabilitee, enregistrement: Enregistrement, brut: Brut, *, lu: int
) -> HttpResponse:
    """Nothing is registered that was not read as it now stands. What was typed comes back, with what was typed
    elsewhere; where the two differ, both are told and this one stays in its field.
    """
    avant = enregistrement.lue_au(lu).donnees.get(DERNIERE, {})
    present = enregistrement.donnees.get(DERNIERE, {})
    champs = brut | {nom: saisi for nom, saisi in present.items() if brut.get(nom) == avant.get(nom)}
    formulaire = enregistrement.verification(champs)
    heurts = [
        ErreurDeChamp(
            DEUX_VALEURS.format(libelle=formulaire[nom].label, autre=_dire(formulaire, nom, saisi)),
            f"id_{nom}",
        )
        for nom, saisi in present.items()
        if nom in formulaire.fields and saisi not in (avant.get(nom), champs.get(nom))
    ]
    if CONTINUER not in brut and not heurts:
        return _quitter(request, enregistrement.garder(DERNIERE, champs, acteur=request.acteur))
    champs.pop("relu", None)
    relue = enregistrement.essayer(enregistrement.donnees | {DERNIERE: champs})
    erreurs = (ErreurDeChamp(AILLEURS.format(heure=heure_fr(relue.brouillon.maj_le))), *heurts)
    return _montrer(request, relue, relue.verification(), erreurs, statut=409)


def _dire(formulaire: FormulaireVerification, nom: str, saisi: Sequence[str]) -> str:
    """What was typed in a field, in words."""
    mots = dict(getattr(formulaire.fields[nom], "choices", ()))
    return ", ".join(str(mots.get(valeur, valeur)) for valeur in saisi) or "rien"


def _quitter(request: RequeteHabilitee, enregistrement: Enregistrement) -> HttpResponse:
    if "precedente" in request.POST:
        return redirect(enregistrement.adresse(enregistrement.etapes[-2].code))
    messages.success(request, QUITTE)
    return redirect("accueil")


def _enregistrer(request: RequeteHabilitee, enregistrement: Enregistrement, brut: Brut) -> HttpResponse:
    """Hand in to the register; what is refused is saved, and comes back with sentences."""
    formulaire = enregistrement.verification(brut, controler=True)
    erreurs = (*formulaire.erreurs(), *_a_corriger(enregistrement))
    proches: tuple[Proche, ...] = ()
    if not erreurs:
        try:
            return _deposer(request, enregistrement, formulaire, _consignes(brut))
        except DepotIncomplet as exc:
            erreurs = tuple(
                ErreurDeChamp(
                    phrase_de(a, enregistrement.contenu), enregistrement.retour_de(page_du_chemin(a.chemin))
                )
                for a in exc.anomalies
            )
        except DejaOuverte as exc:
            adresse = reverse("brouillon-doublons", args=[enregistrement.id])
            erreurs = (ErreurDeChamp(exc.phrase, adresse),)
        except DoublonAJustifier as exc:
            proches = cast(tuple[Proche, ...], exc.proches)
    enregistrement = enregistrement.garder(DERNIERE, brut, acteur=request.acteur)
    if proches:
        return montrer_doublons(request, enregistrement, proches)
    return _montrer(request, enregistrement, formulaire, erreurs)


def _deposer(
    request: RequeteHabilitee,
    enregistrement: Enregistrement,
    formulaire: FormulaireVerification,
    consignes: Mapping[Moment, Collection[str]],
) -> HttpResponse:
    depot = enregistrement.depot(formulaire.cleaned_data, consignes=consignes)
    if enregistrement.quittee is None:
        recepisse = deposer_demande(depot, acte=acte_de(request))
    else:
        recepisse = separer_demande(
            enregistrement.quittee, enregistrement.faits_separation, depot, acte=acte_de(request)
        )
    choisis = constats_des_choix(enregistrement.donnees.values(), depot.contenu)
    noter_constats(recepisse.demande_id, choisis)
    if recepisse.anteriorite_en_attente:
        messages.info(request, ANTERIORITE)
    return redirect("demande-enregistree", recepisse.nud)


def _consignes(brut: Brut) -> dict[Moment, tuple[str, ...]]:
    """What was said before and during the deposit: it conditions nothing."""
    points = points_coches(brut, AVANT_LE_NUMERO)
    points[Moment.PENDANT] = (*points[Moment.PENDANT], RELECTURE)  # « relu » is a condition of the form
    return points


@exiger(Permission.DEMANDE_DEPOSER)
@require_GET
def enregistree(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The number, in large groups, the attestation, and what to say to the person."""
    demande = etat(nud, maintenant(), acteur=request.acteur)
    attestation = contexte_attestation(demande.demande_id, demande, request.acteur)
    contexte = {
        "demande": demande,
        "nom": presentation.nom_du_titulaire(demande.contenu),
        "peut_emettre": not refus_de(exiger_attestable, demande, request.acteur, le=aujourd_hui()),
        "peut_consigner": not refus_de(exiger_egalite_consignable, demande, request.acteur),
        "egalite": construire(
            FormulaireEgalite,
            saisie_egalite(get_egalite(demande.demande_id, acteur=request.acteur)),
            controler=False,
            moments=(Moment.APRES,),
            attestation=attestation["attestation_a_cocher"],
        ),
        **attestation,
    }
    return render(request, "guichet/depot/enregistree.html", contexte)


def _a_corriger(enregistrement: Enregistrement) -> tuple[ErreurDeChamp, ...]:
    """What is missing from the minimal set, then the pages where something typed is wrong."""
    if enregistrement.acquis:
        return ()
    manques = [
        ErreurDeChamp(
            phrase_de(manque, enregistrement.contenu),
            enregistrement.retour_de(page_du_chemin(manque.chemin)),
        )
        for manque in enregistrement.manques
    ]
    return (*manques, *pages_a_corriger(enregistrement))


def _montrer(
    request: RequeteHabilitee,
    enregistrement: Enregistrement,
    formulaire: FormulaireVerification,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    *,
    statut: int = 200,
) -> HttpResponse:
    lecture = get_lecture(enregistrement.cadre.aujourd_hui)
    contexte = contexte_page(enregistrement, DERNIERE)
    recap = recapituler(
        enregistrement,
        lecture,
        controles=controles_faits(enregistrement),
        remarques=remarques_de_la_piece(enregistrement),
    )
    contexte |= {"formulaire": formulaire, "erreurs": erreurs, "recap": recap}
    if request.path == enregistrement.adresse(IMMEDIAT):
        page = enregistrement.page(PageSouhaits.code)
        contexte |= {"page": cast(Ecran, page).parties[0], "adresse": request.path}
        contexte["erreurs"] = (*page.erreurs, *(e for e in erreurs if "souhaits" not in e.cible))
    contexte["egalite"] = construire(
        FormulaireEgalite,
        enregistrement.donnees.get(DERNIERE, {}),
        controler=False,
        moments=AVANT_LE_NUMERO,
        sauf=(RELECTURE,),
    )
    gabarit = "guichet/saisie/immediat.html" if "page" in contexte else "guichet/saisie/verifier.html"
    return render(request, gabarit, contexte, status=statut)
