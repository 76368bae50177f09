"""One page of entry, whatever is being typed: saved before it is judged, then what the button says."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sne.connecteurs.rules import Canal, Pour
from sne.guichet.modification.conflit import REUNIS
from sne.guichet.sensibilisation.ecran import noter_lecture, rappel_a_montrer
from sne.saisie.aide import aide_de
from sne.saisie.brut import CONTINUER, LU, VUE
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import confronter
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.envoi import dire_ce_qui_manque, lire_envoi
from sne.saisie.etapes import DERNIERE, Etat, etape_de, voisines
from sne.saisie.forms.pages import PAGES, titre_de
from sne.saisie.forms.pages.page import Page
from sne.saisie.presentation import identite as presentation
from sne.saisie.propositions.chercher import proposer
from sne.saisie.propositions.dehors import dire_dehors
from sne.saisie.propositions.dites import Ou
from sne.saisie.propositions.reponse import CHERCHER
from sne.saisie.reunion import Envoi, Reunion, est_depasse, reunir
from sne.socle.erreurs import ConflitDeRevision
from sne.socle.forms import ErreurDeChamp
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
QUITTE = "Brouillon enregistré. Vous le retrouvez sur cette page."


def traiter_page(request: RequeteHabilitee, saisie: SaisieEnCours, etape: str, page: str) -> HttpResponse:
    """One page of a step: shown as it was left, or saved and followed by the next one. Raises ``Http404``."""
    code = page or etape
    if code not in PAGES or PAGES[code].etape != etape or not PAGES[code].concerne(saisie.contenu):
        raise Http404
    if request.method != "POST":
        return _montrer(request, saisie, code, saisie.page(code))
    noter_lecture(request)
    try:
        return _enregistrer(request, saisie, code)
    except ConflitDeRevision:  # saved by somebody else since it was read, an instant ago
        return traiter_page(request, saisie.relue(request.acteur), etape, page)


def _enregistrer(request: RequeteHabilitee, saisie: SaisieEnCours, code: str) -> HttpResponse:
    """Save first, then do what the button says; what was saved since the page was opened is put together with it."""
    envoi, nouvelle_ligne = lire_envoi(request.POST, PAGES[code])
    if est_depasse(saisie, envoi):
        return reunir_page(request, saisie, envoi, nouvelle_ligne)
    page = saisie.construire(code, envoi.brut, controler=CONTINUER in envoi.brut)
    saisie = saisie.garder(code, envoi.brut, acteur=request.acteur, retraits=envoi.retraits)
    if CONTINUER in envoi.brut and not page.valide:
        return _montrer(request, saisie, code, page)
    if CHERCHER in request.POST:
        dehors = not saisie.garde_ses_adresses
        return _montrer(request, saisie, code, avec_propositions(request, saisie.page(code), dehors=dehors))
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
        return _montrer(request, saisie, envoi.code, page, lu=envoi.lu, statut=409)
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
        "acte": titre_de(envoi.code),
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
    ici = saisie.adresse(code)
    if "quitter" in request.POST:
        messages.success(request, QUITTE)
        return reverse("accueil")
    if "terminer" in request.POST:
        return f"{saisie.adresse(DERNIERE)}{TITRE}"
    if nouvelle_ligne:
        return f"{ici}?ligne={nouvelle_ligne}"
    if CONTINUER in request.POST:
        return f"{saisie.adresse(suivante)}{TITRE}"
    return f"{saisie.adresse(precedente)}{TITRE}" if "precedente" in request.POST and precedente else ici


def avec_propositions(request: RequeteHabilitee, page: Page, *, dehors: bool) -> Page:
    """The page with what is proposed for the field whose button was pressed. ``dehors``: see ``Ou``."""
    nom, cadre = request.POST[CHERCHER], page.cadre
    ou = Ou(Pour(cadre.territoire, Canal.GUICHET), dehors, cadre.aujourd_hui)
    page.proposer(nom, proposer(nom, page.brut, geographie=cadre.geographie, ou=ou))
    return page


def _montrer(
    request: RequeteHabilitee,
    saisie: SaisieEnCours,
    code: str,
    page: Page,
    *,
    lu: int | None = None,
    statut: int = 200,
) -> HttpResponse:
    """``lu``: the number that the page was opened at, when the draft has been saved since."""
    contexte = contexte_page(saisie, code)
    if lu is not None:
        contexte |= {"lu": lu, "ailleurs": DEPASSE.format(heure=heure_fr(saisie.brouillon.maj_le))}
    change = page.etat_civil and saisie.brouillon.revision is not None
    rappel = rappel_a_montrer(request) if change else None
    contexte |= {"page": page, "erreurs": page.erreurs, "rappel": rappel}
    page.commencer_par(request.GET.get("ligne", ""))
    return render(request, saisie.gabarit, contexte, status=statut)


def pages_a_corriger(saisie: SaisieEnCours) -> tuple[ErreurDeChamp, ...]:
    """A line of the error summary for each page where something typed is wrong, leading to it."""
    return tuple(
        ErreurDeChamp(f"{page.titre}\u00a0: {page.etat}.", saisie.adresse(page.code))
        for etape in saisie.etapes
        for page in etape.pages
        if page.etat is Etat.A_CORRIGER
    )


def contexte_page(saisie: SaisieEnCours, code: str) -> dict[str, object]:
    """What every page shows around its form: the stepper, who it is about, what is already there."""
    liste = saisie.etapes
    precedente, suivante = voisines(liste, code)
    etape = etape_de(liste, code)
    return {
        "enregistrement": saisie,
        "code": code,
        "titre": titre_de(code),
        "aide": aide_de(saisie.aide_finale if code == DERNIERE else code),
        "rang": etape.rang,
        "suite": bool(etape.pages) and code != etape.pages[0].code,
        "total": len(liste),
        "suivante": titre_de(suivante) if suivante else "",
        "precedente": precedente,
        "nirs": saisie.nirs_connus,
        "revision": saisie.brouillon.revision,
        "lu": saisie.brouillon.numero,
        "remarques": saisie.remarques_de(code),
        "adresse": saisie.adresse(code),
        "dehors": dire_dehors(saisie.id, saisie.brouillon.numero, garde=saisie.garde_ses_adresses),
        "liens_etapes": [(page, saisie.adresse(page.code)) for etape in liste for page in etape.pages],
        "adresse_verifier": saisie.adresse(DERNIERE),
        "deja": presentation.deja_saisi(saisie.contenu, get_lecture(saisie.cadre.aujourd_hui)),
    }
