"""Changing a file: the same forms as at entry, the revision that was read, both versions when somebody was faster."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.demandes import dossier, presentation
from sne.guichet.demandes.brut import CONTINUER, Brut, brut_de, premier
from sne.guichet.demandes.comparaison import Ecart, comparer
from sne.guichet.demandes.enregistrement import get_cadre, get_lecture
from sne.guichet.demandes.forms.champs import Cadre
from sne.guichet.demandes.forms.pages import PAGES, Page
from sne.guichet.demandes.views.brouillon import appliquer_boutons
from sne.guichet.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.actions.consulter import consulter_demande
from sne.registre.actions.modifier import Modification, modifier_demande
from sne.registre.rules.refus import DepotIncomplet
from sne.registre.selectors.fiche import Fiche
from sne.socle.erreurs import ConflitDeRevision, Interdit
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee

ATTENTE = (
    "Changement enregistré, en attente de décision. Vous n’avez rien d’autre à faire. Nous vous préviendrons."
)
APPLIQUE = "Changement appliqué. La demandeuse ou le demandeur en est informé."
INCHANGE = "Rien n’a changé\u00a0: les valeurs saisies sont déjà celles du dossier."
CONFLIT = (
    "Ce dossier a changé pendant votre saisie. {auteur}Rien n’est perdu\u00a0: vos réponses sont à droite, "
    "celles du dossier à gauche. Corrigez plus bas ce qui doit l’être, puis enregistrez."
)


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def modifier(request: RequeteHabilitee, nud: str, bloc: str) -> HttpResponse:
    """One part of a file: shown as it is, then changed on the revision that was read."""
    if bloc not in PAGES:
        raise Http404
    fiche = consulter_demande(nud, acteur=request.acteur, survenu_le=maintenant())
    cadre = get_cadre(fiche.demande.territoire, aujourd_hui())
    if request.method == "POST":
        return _enregistrer(request, fiche, cadre, PAGES[bloc])
    brut = PAGES[bloc].saisie(fiche.contenu, cadre)
    page = PAGES[bloc](brut, cadre=cadre, controler=False, contenu=fiche.contenu)
    return _montrer(request, fiche, page, revision=fiche.demande.revision)


def _enregistrer(request: RequeteHabilitee, fiche: Fiche, cadre: Cadre, section: type[Page]) -> HttpResponse:
    """Buttons of the rows first; then the form; then the register, whose refusals come back as sentences."""
    saisi = brut_de(request.POST)
    revision = lire_revision(saisi)
    brut, nouvelle_ligne = appliquer_boutons(saisi, section)
    page = section(brut, cadre=cadre, controler=CONTINUER in brut, contenu=fiche.contenu)
    page.commencer_par(nouvelle_ligne)
    if not page.valide:
        return _montrer(request, fiche, page, revision=revision, erreurs=page.erreurs)
    try:
        modification = modifier_demande(
            fiche.demande.id,
            contenu=page.appliquer(fiche.contenu),
            nirs=page.nirs(),
            revision=revision,
            acteur=request.acteur,
            survenu_le=maintenant(),
        )
    except ConflitDeRevision:
        return _confronter(request, fiche, page)
    except DepotIncomplet as exc:
        erreurs = tuple(ErreurDeChamp(anomalie.phrase) for anomalie in exc.anomalies)
        return _montrer(request, fiche, page, revision=revision, erreurs=erreurs)
    except Interdit as exc:
        return _montrer(request, fiche, page, revision=revision, erreurs=(ErreurDeChamp(exc.phrase),))
    return _conclure(request, fiche, modification)


def _conclure(request: RequeteHabilitee, fiche: Fiche, modification: Modification) -> HttpResponse:
    if modification.en_attente:
        messages.info(request, ATTENTE)
    elif modification.champs:
        messages.success(request, APPLIQUE)
    else:
        messages.info(request, INCHANGE)
    return redirect("demande", fiche.demande.nud)


def _confronter(request: RequeteHabilitee, fiche: Fiche, page: Page) -> HttpResponse:
    """Somebody saved meanwhile: both versions, and the same form ready to be saved on the new revision."""
    ecarts = comparer(fiche.contenu, page.appliquer(fiche.contenu), get_lecture(aujourd_hui()))
    return _montrer(request, fiche, page, revision=fiche.demande.revision, ecarts=ecarts, statut=409)


def lire_revision(brut: Brut) -> int:
    """The revision carried by the form; 0, which matches no file, when it was tampered with."""
    texte = premier(brut, "revision")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def _montrer(
    request: RequeteHabilitee,
    fiche: Fiche,
    page: Page,
    *,
    revision: int,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    ecarts: tuple[Ecart, ...] | None = None,
    statut: int = 200,
) -> HttpResponse:
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "titre": page.objet,
        "page": page,
        "erreurs": erreurs,
        "revision": revision,
        "ecarts": ecarts,
        "conflit": CONFLIT.format(auteur=dossier.dernier_changement(fiche.historique)),
        "nirs": {p.reference: p.nir_masque for p in fiche.personnes if p.nir_masque},
        "adresse_dossier": reverse("demande", args=[fiche.demande.nud]),
        "personne": presentation.nom_complet(fiche.contenu.demandeur.identite)
        if fiche.contenu.demandeur
        else "",
    }
    return render(request, "guichet/demandes/modifier.html", contexte, status=statut)
