"""One screen of entry, whatever is being typed: saved before it is judged, then what the button says."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sne.connecteurs.rules import Canal, Pour
from sne.guichet.modification.conflit import REUNIS
from sne.guichet.saisie.views.cadre import contexte_page, ici
from sne.guichet.saisie.views.controles import controler_page, montrer_champs
from sne.guichet.sensibilisation.ecran import noter_lecture, rappel_a_montrer
from sne.saisie.brut import CONTINUER, CONTROLE, FRAGMENT, LU, VUE
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import confronter
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.envoi import dire_ce_qui_manque, lire_envoi
from sne.saisie.etapes import DERNIERE, voisines
from sne.saisie.forms.pages.page import Page
from sne.saisie.propositions.chercher import proposer
from sne.saisie.propositions.dites import Ou
from sne.saisie.propositions.reponse import CHERCHER
from sne.saisie.reunion import Envoi, Reunion, est_depasse, reunir
from sne.socle.erreurs import ConflitDeRevision
from sne.socle.requete import RequeteHabilitee
from sne.socle.templatetags.socle_tags import heure_fr

TITRE = "#titre-etape"
"""After a save the focus goes to the title of the page: the next key is for its first field, not for the menu."""
CONFLIT = (
    "Ce brouillon a été enregistré ailleurs à {heure}, pendant votre saisie\u00a0: un autre onglet, ou un autre poste. "
    "Rien n’est perdu\u00a0: vos réponses sont à droite, celles du brouillon à gauche. Choisissez ligne par ligne, "
    "puis enregistrez."
)
DEPASSE = (
    "Ce brouillon a été enregistré ailleurs à {heure}, pendant votre saisie\u00a0: un autre onglet, ou un autre poste. "
    "Vos réponses sont sur cette page et ne sont pas encore enregistrées. Vérifiez-les, puis continuez\u00a0: "
    "les deux saisies seront réunies."
)
IMMEDIAT = "immediat"
"""Button, and page, of who wants the number at once: what is missing of the minimal set, on one page."""
QUITTE = "Brouillon enregistré. Vous le retrouvez sur cette page."


def traiter_page(request: RequeteHabilitee, saisie: SaisieEnCours, code: str) -> HttpResponse:
    """One screen: shown as it was left, or saved and followed by the next one. Raises ``Http404``."""
    if code not in saisie.toutes or not saisie.toutes[code].concerne(saisie.contenu):
        raise Http404
    if request.method != "POST":
        return montrer_page(request, saisie, code, saisie.page(code))
    if CONTROLE in request.POST:
        return controler_page(request, saisie, code)
    noter_lecture(request)
    try:
        return _enregistrer(request, saisie, code)
    except ConflitDeRevision:  # saved by somebody else since it was read, an instant ago
        return traiter_page(request, saisie.relue(request.acteur), code)


def _enregistrer(request: RequeteHabilitee, saisie: SaisieEnCours, code: str) -> HttpResponse:
    """Save first, then do what the button says; what was saved since the page was opened is put together with it."""
    envoi, nouvelle_ligne = lire_envoi(request.POST, saisie.toutes[code])
    if nouvelle_ligne:
        groupe = nouvelle_ligne.rpartition("-")[0]
        brut = saisie.toutes[code].proposer_lignes(envoi.brut, groupe, saisie.contenu)
        envoi = replace(envoi, brut=brut)
    if est_depasse(saisie, envoi):
        return reunir_page(request, saisie, envoi, nouvelle_ligne)
    if IMMEDIAT in request.POST:
        envoi = replace(envoi, brut=envoi.brut | {CONTINUER: ["oui"]})
    page = saisie.construire(code, envoi.brut, controler=CONTINUER in envoi.brut)
    saisie = saisie.garder(code, envoi.brut, acteur=request.acteur, retraits=envoi.retraits)
    if CONTINUER in envoi.brut and not page.valide:
        return montrer_page(request, saisie, code, page)
    if FRAGMENT in request.POST:
        return montrer_champs(request, saisie, code, nouvelle_ligne)
    if CHERCHER in request.POST:
        dehors = not saisie.garde_ses_adresses
        return montrer_page(
            request, saisie, code, avec_propositions(request, saisie.page(code), dehors=dehors)
        )
    return redirect(_suite(request, saisie, code, nouvelle_ligne))


def reunir_page(
    request: RequeteHabilitee, saisie: SaisieEnCours, envoi: Envoi, nouvelle_ligne: str
) -> HttpResponse:
    """The draft was saved since this page was opened. Nothing of it is written while the page holds an error, or while
    the same answer differs on both sides and nobody chose; what was typed comes back.
    """
    controler = not nouvelle_ligne and "corriger" not in request.POST
    page = saisie.lue_au(envoi.lu).construire(envoi.code, envoi.brut, controler=controler)
    if not page.valide:
        page.commencer_par(nouvelle_ligne)
        return montrer_page(request, saisie, envoi.code, page, lu=envoi.lu, statut=409)
    reunion = reunir(saisie, envoi)
    if reunion.restent:
        return _confronter(request, saisie, envoi, reunion)
    saisie = saisie.ecrire(reunion.donnees, acteur=request.acteur)
    messages.info(request, REUNIS.format(auteur=""))
    if not saisie.valide(envoi.code):  # what the other page had wrong
        return redirect(saisie.adresse(envoi.code))
    return redirect(_suite(request, saisie, envoi.code, ""))


def _confronter(
    request: RequeteHabilitee, saisie: SaisieEnCours, envoi: Envoi, reunion: Reunion
) -> HttpResponse:
    """The page of choices of the files: everything typed comes along, hidden."""
    contexte = {
        "acte": saisie.toutes[envoi.code].titre,
        "conflit": CONFLIT.format(heure=heure_fr(saisie.brouillon.maj_le)),
        "cote": "Dans le brouillon",
        "nom": saisie.nom,
        "erreurs": dire_ce_qui_manque(reunion.restent) if envoi.vue else (),
        "lignes": confronter(
            reunion.conflits, reunion.present, get_lecture(saisie.cadre.aujourd_hui), choix=envoi.choix
        ),
        VUE: saisie.brouillon.numero,
        "caches": [
            (LU, envoi.lu),
            *((nom, valeur) for nom, valeurs in envoi.brut.items() if nom != CONTINUER for valeur in valeurs),
        ],
        "adresse_dossier": saisie.adresse(envoi.code),
    }
    return render(request, "guichet/modification/conflit.html", contexte, status=409)


def _suite(request: RequeteHabilitee, saisie: SaisieEnCours, code: str, nouvelle_ligne: str) -> str:
    precedente, suivante = voisines(saisie.etapes, code)
    if "quitter" in request.POST:
        messages.success(request, QUITTE)
        return reverse("accueil")
    if IMMEDIAT in request.POST:
        return f"{saisie.adresse(IMMEDIAT)}{TITRE}"
    retour = CONTINUER in request.POST and (suivante is None or DERNIERE in request.GET)
    if "terminer" in request.POST or retour:
        return f"{saisie.adresse(DERNIERE)}{TITRE}"
    if CONTINUER in request.POST and suivante:
        return f"{saisie.apres(code, suivante.code)}{TITRE}"
    if "precedente" in request.POST and precedente:
        return f"{saisie.adresse(precedente.code)}{TITRE}"
    return ici(request, saisie, code, ligne=nouvelle_ligne)


def avec_propositions(request: RequeteHabilitee, page: Page, *, dehors: bool) -> Page:
    """The page with what is proposed for the field whose button was pressed. ``dehors``: see ``Ou``."""
    nom, cadre = request.POST[CHERCHER], page.cadre
    ou = Ou(Pour(cadre.territoire, Canal.GUICHET), dehors, cadre.aujourd_hui)
    page.proposer(nom, proposer(nom, page.brut, geographie=cadre.geographie, ou=ou))
    return page


def montrer_page(
    request: RequeteHabilitee,
    saisie: SaisieEnCours,
    code: str,
    page: Page,
    *,
    lu: int | None = None,
    statut: int = 200,
) -> HttpResponse:
    """``lu``: the number that the page was opened at, when the draft has been saved since."""
    contexte = contexte_page(saisie, code) | {"adresse": ici(request, saisie, code)}
    contexte["retour"] = DERNIERE in request.GET
    if lu is not None:
        contexte |= {"lu": lu, "ailleurs": DEPASSE.format(heure=heure_fr(saisie.brouillon.maj_le))}
    change = page.etat_civil and saisie.brouillon.revision is not None
    rappel = rappel_a_montrer(request) if change else None
    contexte |= {"page": page, "erreurs": page.erreurs, "rappel": rappel}
    page.commencer_par(request.GET.get("ligne", ""))
    return render(request, saisie.gabarit, contexte, status=statut)
