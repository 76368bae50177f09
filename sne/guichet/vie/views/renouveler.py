"""Renewing a file: its window, the pages of entry filled from the file, what changes read again, one more year."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.attestations.possible import exiger_attestable
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.parcours import apres, situer
from sne.guichet.modification.conflit import auteur, contexte_conflit, reunis
from sne.guichet.saisie.views.cadre import contexte_page, pages_a_corriger
from sne.guichet.saisie.views.pages import QUITTE, TITRE, traiter_page
from sne.guichet.vie.forms.renouvellement import FormulaireRenouvellement
from sne.guichet.vie.renouvellement import Renouvellement, get_renouvellement_en_cours
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.selectors.etat import etat
from sne.registre.lecture.possible import ActeDuDossier, actes_possibles
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.brouillons import abandonner_brouillon
from sne.registre.verification.actions import noter_constats
from sne.registre.vie.actions.renouveler import ouvrir_renouvellement, renouveler_demande
from sne.registre.vie.selectors.renouvellement import get_fenetre
from sne.saisie.brut import CONTINUER, LU, VUE, Brut, brut_de, lire_revision
from sne.saisie.cadre import get_lecture
from sne.saisie.etapes import DERNIERE
from sne.saisie.forms.pages import page_du_chemin
from sne.saisie.forms.pages.page import Page
from sne.saisie.presentation import titulaire as presentation
from sne.saisie.presentation.valeurs import phrase_de
from sne.saisie.propositions.constats import constats_des_choix
from sne.saisie.recapitulatif import Constat, recapituler
from sne.socle.erreurs import ConflitDeRevision, Interdit, refus_de
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.templatetags.socle_tags import heure_fr

DEPASSE = (
    "Ce dossier a changé pendant votre saisie. {auteur}Vos réponses et le dossier à jour sont réunis. "
    "Relisez ce qui change, puis renouvelez."
)
AILLEURS = (
    "Ce brouillon a été enregistré ailleurs à {heure}, depuis que cette page est ouverte. Rien n’a changé dans le "
    "dossier\u00a0: relisez cette page, puis recommencez."
)


@dataclass(frozen=True, slots=True)
class EnPlace:
    """A screen changed on the recap. ``adresse``: what saves it, and comes back there."""

    code: str
    page: Page
    adresse: str


@exiger(Permission.DEMANDE_RENOUVELER)
@require_http_methods(["GET", "POST"])
def renouveler(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Whose file it is, when it may be renewed, until when it would be valid; then everything read again."""
    fiche = _consulter(request, nud)
    if request.method == "GET":
        return _commencer(request, fiche)
    try:
        ouvrir_renouvellement(fiche.demande.id, acte=acte_de(request))
    except Interdit:
        return _commencer(request, fiche, statut=409)
    return redirect("renouvellement-verifier", nud)


@exiger(Permission.DEMANDE_RENOUVELER)
@require_http_methods(["GET", "POST"])
def page(request: RequeteHabilitee, nud: str, etape: str) -> HttpResponse:
    """One screen of entry, filled from the file."""
    fiche = _consulter(request, nud)
    en_cours = get_renouvellement_en_cours(fiche, request.acteur)
    if en_cours is None or _refus(request, fiche):
        return redirect("renouvellement", nud)
    return traiter_page(request, en_cours, etape)


@exiger(Permission.DEMANDE_RENOUVELER)
@require_http_methods(["GET", "POST"])
def verifier(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """What collides, to be chosen; what changes, before and after; the household's confirmation; one more year."""
    fiche = _consulter(request, nud)
    en_cours = get_renouvellement_en_cours(fiche, request.acteur)
    if en_cours is None:  # the draft ended with the renewal: a second click is told the same thing
        fait = fiche.demande.date_dernier_renouvellement == aujourd_hui()
        return redirect("demande-renouvelee" if fait else "renouvellement", nud)
    if _refus(request, fiche):
        return redirect("renouvellement", nud)
    if request.method == "POST":
        return _recevoir(request, en_cours, brut_de(request.POST))
    return _montrer(request, en_cours, en_cours.verification({}, controler=False))


@exiger(Permission.DEMANDE_RENOUVELER)
@require_POST
def abandonner(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Drop what was typed to renew; the file stays as it is."""
    fiche = _consulter(request, nud)
    en_cours = get_renouvellement_en_cours(fiche, request.acteur)
    if en_cours is not None:
        abandonner_brouillon(en_cours.id, acteur=request.acteur)
        messages.success(request, "Brouillon supprimé. Le dossier n’a pas changé.")
    return redirect("demande", nud)


@exiger(Permission.DEMANDE_RENOUVELER)
@require_GET
def renouvelee(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The new date, the attestation, and what to say to the person."""
    demande = etat(nud, maintenant(), acteur=request.acteur)
    if demande.date_dernier_renouvellement is None:
        return redirect("demande", nud)
    contexte = {
        "demande": demande,
        "nom": presentation.nom_du_titulaire(demande.contenu),
        "parcours": situer(request, demande.nud),
        "peut_emettre": not refus_de(exiger_attestable, demande, request.acteur, le=aujourd_hui()),
    }
    return render(request, "guichet/vie/renouvelee.html", contexte)


def _consulter(request: RequeteHabilitee, nud: str) -> Fiche:
    return lire_demande(request, nud)


def _refus(request: RequeteHabilitee, fiche: Fiche) -> str:
    """Why this person may not renew this file today, or bring it back; empty when they may."""
    acte = ActeDuDossier.RENOUVELER
    return actes_possibles(fiche, request.acteur, instant=maintenant(), parmi=[acte])[acte].refus


def _commencer(request: RequeteHabilitee, fiche: Fiche, *, statut: int = 200) -> HttpResponse:
    le = aujourd_hui()
    fenetre = get_fenetre(fiche.demande, le=le, gel=fiche.gel)
    contexte = {
        "fiche": fiche,
        "bandeau": dossier.bandeau(fiche, le),
        "refus": _refus(request, fiche),
        "reactiver": fiche.radiation is not None,
        "fenetre": fenetre,
        "renouvelable_jusqu_au": fenetre.dernier_jour(le),
        "expiree": fenetre.expiration < le,
        "valable_jusqu_au": echeances(le, get_parametres(le)[ParametresDemande]).expiration,
        "en_cours": get_renouvellement_en_cours(fiche, request.acteur),
    }
    return render(request, "guichet/vie/renouveler.html", contexte, status=statut)


def _recevoir(request: RequeteHabilitee, en_cours: Renouvellement, brut: Brut) -> HttpResponse:
    """Do what the button of the last step says."""
    if CONTINUER in brut and lire_revision(brut, LU) != en_cours.brouillon.numero:
        ailleurs = ErreurDeChamp(AILLEURS.format(heure=heure_fr(en_cours.brouillon.maj_le)))
        return _montrer(
            request, en_cours, en_cours.verification({}, controler=False), (ailleurs,), statut=409
        )
    if VUE in brut:
        return _choisir(request, en_cours, brut)
    if CONTINUER in brut:
        return _renouveler(request, en_cours, brut)
    if "precedente" in brut:
        return redirect(en_cours.adresse(en_cours.etapes[-2].code))
    messages.success(request, QUITTE)
    return redirect("accueil")


def _renouveler(request: RequeteHabilitee, en_cours: Renouvellement, brut: Brut) -> HttpResponse:
    """Hand in to the register; what is refused comes back with sentences, and the draft stays."""
    formulaire = en_cours.verification(brut, controler=True)
    erreurs = (*formulaire.erreurs(), *pages_a_corriger(en_cours))
    if erreurs:
        return _montrer(request, en_cours, formulaire, erreurs)
    demande = en_cours.fiche.demande
    try:
        fait = renouveler_demande(
            demande.id,
            saisie=en_cours.a_remettre,
            acte=acte_de(request),
            sans_changement=formulaire.cleaned_data.get("sans_changement", False),
            brouillon_id=en_cours.id,
            lu=en_cours.brouillon.numero,
        )
        choisis = constats_des_choix(en_cours.donnees.values(), en_cours.a_remettre.contenu)
        noter_constats(demande.id, choisis)
    except ConflitDeRevision:
        return _relire(request, demande.nud)
    except DepotIncomplet as exc:
        erreurs = tuple(
            ErreurDeChamp(phrase_de(a, en_cours.contenu), en_cours.retour_de(page_du_chemin(a.chemin)))
            for a in exc.anomalies
        )
    except Interdit as exc:
        erreurs = (ErreurDeChamp(exc.phrase),)
    else:
        if fait.meles:
            messages.info(request, reunis(en_cours.fiche, fait.meles))
        return apres(request, reverse("demande-renouvelee", args=[demande.nud]), nud=demande.nud)
    return _montrer(request, en_cours, formulaire, erreurs)


def _relire(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The register found a collision: the file as it is now, read again, beside what was typed."""
    en_cours = get_renouvellement_en_cours(_consulter(request, nud), request.acteur)
    if en_cours is None:
        return redirect("renouvellement", nud)
    return _montrer(request, en_cours, en_cours.verification({}, controler=False), statut=409)


def _choisir(request: RequeteHabilitee, en_cours: Renouvellement, brut: Brut) -> HttpResponse:
    """Keep the sides chosen with the draft; what changes is read again once none is left."""
    if "corriger" in brut:
        lieux = [page_du_chemin(conflit.chemins[0]) for conflit in en_cours.conflits]
        return redirect(en_cours.adresse((lieux or [DERNIERE])[0]))
    en_cours = en_cours.choisir(brut, acteur=request.acteur)
    if en_cours.conflits:
        return _confronter(request, en_cours, en_cours.face_a_face.manque, statut=409)
    return redirect(f"{en_cours.adresse(DERNIERE)}{TITRE}")


def _confronter(
    request: RequeteHabilitee,
    en_cours: Renouvellement,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    *,
    statut: int,
) -> HttpResponse:
    """The page of choices; what was typed stays in the draft."""
    nud = en_cours.fiche.demande.nud
    contexte = contexte_conflit(en_cours.face_a_face) | {
        "acte": "Renouveler cette demande",
        "erreurs": erreurs,
        "caches": [(LU, en_cours.brouillon.numero)],
        "adresse_abandonner": reverse("renouvellement-abandonner", args=[nud]),
    }
    return render(request, "guichet/modification/conflit.html", contexte, status=statut)


def _montrer(
    request: RequeteHabilitee,
    en_cours: Renouvellement,
    formulaire: FormulaireRenouvellement,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    *,
    statut: int = 200,
) -> HttpResponse:
    if en_cours.conflits:
        return _confronter(request, en_cours, erreurs, statut=statut)
    fiche, le = en_cours.fiche, en_cours.cadre.aujourd_hui
    lecture = replace(get_lecture(le), nirs=en_cours.nirs_connus)
    contexte = contexte_page(en_cours, DERNIERE)
    contexte |= {
        "formulaire": formulaire,
        "en_place": _en_place(request, en_cours),
        "erreurs": erreurs,
        "fiche": fiche,
        "ecarts": en_cours.ecarts(lecture),
        "recap": recapituler(en_cours, lecture),
        "annees": [
            Constat(
                phrase_de(remarque, en_cours.contenu), en_cours.sur_place(page_du_chemin(remarque.chemin))
            )
            for remarque in en_cours.remarques
            if ".revenus_fiscaux." in remarque.chemin
        ],
        "depasse": DEPASSE.format(auteur=auteur(fiche, en_cours.meles)) if en_cours.depasse else "",
        "valable_jusqu_au": echeances(le, en_cours.parametres[ParametresDemande]).expiration,
    }
    return render(request, "guichet/vie/verifier.html", contexte, status=statut)


def _en_place(request: RequeteHabilitee, en_cours: Renouvellement) -> EnPlace | None:
    """The screen that the address asks to change on the recap itself; ``None`` when it names none that is there."""
    code = en_cours.ecran_de(request.GET.get("bloc", ""))
    if code not in en_cours.toutes or not en_cours.toutes[code].concerne(en_cours.contenu):
        return None
    return EnPlace(code, en_cours.page(code), en_cours.retour_de(code))
