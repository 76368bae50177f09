"""Changing a file: the same forms as at entry; what somebody else saved meanwhile is merged, or chosen line by line."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.parcours import apres
from sne.guichet.modification.conflit import FaceAFace, contenu_lu, contexte_conflit, reunis
from sne.guichet.modification.forms import FormulaireSauvegarde
from sne.guichet.modification.preuve import ouvrir_preuve
from sne.guichet.saisie.views.pages import avec_propositions
from sne.guichet.sensibilisation.ecran import RAPPEL_LU, noter_lecture, rappel_a_montrer
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.avis.selectors.changement import is_annonce
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.selectors.identites import en_attente, list_identites
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.identite.selectors.pieces_du_changement import list_sans_piece
from sne.registre.joindre.rules.secret import garde_ses_adresses
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.modifier import Modification, modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie, reconcilier
from sne.registre.modification.possible import exiger_sante_ecrite
from sne.registre.modification.rules.fusion import Cote
from sne.registre.verification.actions import noter_constats
from sne.saisie.brut import CONTINUER, VUE, Brut, brut_de, lire_revision
from sne.saisie.cadre import get_cadre
from sne.saisie.comparaison import CHOIX, lire_choix
from sne.saisie.envoi import appliquer_boutons
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import construire
from sne.saisie.forms.pages import PAGES
from sne.saisie.forms.pages.page import Page
from sne.saisie.presentation import identite as presentation
from sne.saisie.propositions.constats import constats_des_choix
from sne.saisie.propositions.dehors import dire_dehors
from sne.saisie.propositions.reponse import CHERCHER
from sne.socle.erreurs import ConflitDeRevision, Interdit, refus_de
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de

ATTENTE = (
    "Changement enregistré, en attente de décision. Vous n’avez rien d’autre à faire. "
    "La décision s’affichera sur votre page d’accueil."
)
ATTENTE_SANS_PIECE = (
    "Changement enregistré, en attente de décision. Il manque la pièce qui le montre\u00a0: sans elle, personne ne "
    "peut le valider. Ajoutez-la au dossier."
)
ANNONCE = "Un avis part aux adresses connues."
INCHANGE = "Rien n’a changé\u00a0: les valeurs saisies sont déjà celles du dossier."
REVISION_INCONNUE = (
    "Cette page ne dit plus quelle version du dossier elle modifiait. Relisez-la, puis enregistrez à nouveau."
)
TECHNIQUES = frozenset({"revision", VUE, "continuer", "corriger", RAPPEL_LU})


@dataclass(frozen=True, slots=True)
class Envoi:
    """What a browser sent back: the page rebuilt on the content it was opened with, and why the file changes."""

    brut: Brut
    page: Page
    sauvegarde: FormulaireSauvegarde
    lu: Contenu
    revision: int

    @property
    def valide(self) -> bool:
        return self.page.valide and self.sauvegarde.is_valid()

    @property
    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """The error summary; empty when nothing is checked."""
        return (*self.page.erreurs, *self.sauvegarde.erreurs()) if self.page.controler else ()

    @property
    def saisie(self) -> Saisie:
        """What is handed in."""
        return Saisie(self.page.appliquer(self.lu), self.revision, self.page.nirs())

    @property
    def choix(self) -> Mapping[str, Cote]:
        """Side kept at each collision, by its key."""
        return lire_choix(self.brut)

    def face_a_face(self, fiche: Fiche, contenu: Contenu, revision: int) -> FaceAFace:
        """The same beside the file as it was at ``revision``."""
        le = self.page.cadre.aujourd_hui
        reunie = reconcilier(
            self.saisie, base=self.lu, dossier=contenu, revision=revision, le=le, choix=self.choix
        )
        return FaceAFace(fiche, self.lu, reunie, self.choix)


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def modifier(request: RequeteHabilitee, nud: str, bloc: str) -> HttpResponse:
    """One part of a file: shown as it is, then changed on the revision that was read."""
    if bloc not in PAGES:
        raise Http404
    fiche = lire_demande(request, nud)
    permise = not PAGES[bloc].sante or not refus_de(exiger_sante_ecrite, fiche.source, request.acteur)
    if fiche.contenu.titulaire not in PAGES[bloc].titulaires or not permise:
        raise Http404
    cadre = get_cadre(fiche.demande.territoire, aujourd_hui())
    if request.method == "POST":
        noter_lecture(request)
        return _recevoir(request, fiche, cadre, PAGES[bloc])
    brut = PAGES[bloc].saisie(fiche.contenu, cadre)
    page = PAGES[bloc](brut, cadre=cadre, controler=False, contenu=fiche.contenu)
    envoi = Envoi(brut, page, FormulaireSauvegarde(page=page), fiche.contenu, fiche.demande.revision)
    return _montrer(request, fiche, envoi)


def _recevoir(request: RequeteHabilitee, fiche: Fiche, cadre: Cadre, section: type[Page]) -> HttpResponse:
    """Buttons of the rows first, then the forms, then the choices if there were any, then the register."""
    saisi = brut_de(request.POST)
    lu = contenu_lu(fiche, lire_revision(saisi, "revision"), request.acteur)
    envoi = _relire(saisi, section, cadre, lu=lu or fiche.contenu)
    if lu is None:
        inconnue = Envoi(envoi.brut, envoi.page, envoi.sauvegarde, fiche.contenu, fiche.demande.revision)
        return _montrer(request, fiche, inconnue, erreurs=(ErreurDeChamp(REVISION_INCONNUE),), statut=409)
    preuve = ouvrir_preuve(request, fiche, envoi.page)
    if preuve is not None and preuve.retirer():
        return _montrer(request, fiche, envoi)
    if CHERCHER in saisi:
        avec_propositions(request, envoi.page, dehors=_se_dit_dehors(fiche))
    if "corriger" in saisi or not envoi.valide:
        return _montrer(request, fiche, envoi, erreurs=envoi.erreurs)
    vue = lire_revision(saisi, VUE)
    vu = contenu_lu(fiche, vue, request.acteur) if vue else None
    if vu is None:
        return _enregistrer(request, fiche, envoi, envoi.saisie)
    choisi = envoi.face_a_face(fiche, vu, vue)
    if choisi.manque:
        present = envoi.face_a_face(fiche, fiche.contenu, fiche.demande.revision)
        return _confronter(request, envoi, present, erreurs=present.manque)
    return _enregistrer(request, fiche, envoi, choisi.reconciliation.saisie)


def _relire(saisi: Brut, section: type[Page], cadre: Cadre, *, lu: Contenu) -> Envoi:
    brut, nouvelle_ligne = appliquer_boutons(saisi, section)
    controler = CONTINUER in brut
    page = section(brut, cadre=cadre, controler=controler, contenu=lu)
    page.commencer_par(nouvelle_ligne)
    sauvegarde = construire(FormulaireSauvegarde, brut, controler=controler, page=page)
    return Envoi(brut, page, sauvegarde, lu, lire_revision(saisi, "revision"))


def _enregistrer(request: RequeteHabilitee, fiche: Fiche, envoi: Envoi, saisie: Saisie) -> HttpResponse:
    """Hand in to the register, whose refusals come back as sentences; nothing typed is lost."""
    try:
        modification = modifier_demande(
            fiche.demande.id,
            contenu=saisie.contenu,
            nirs=saisie.nirs,
            revision=saisie.revision,
            acte=acte_de(request),
            motif=envoi.sauvegarde.cleaned_data["motif"],
            document=envoi.sauvegarde.cleaned_data["document"],
        )
        noter_constats(modification.demande_id, constats_des_choix((envoi.brut,), saisie.contenu))
    except ConflitDeRevision:
        return _opposer(request, fiche, envoi)
    except DepotIncomplet as exc:
        erreurs = tuple(ErreurDeChamp(anomalie.phrase) for anomalie in exc.anomalies)
        return _montrer(request, fiche, envoi, erreurs=erreurs)
    except Interdit as exc:
        return _montrer(request, fiche, envoi, erreurs=(ErreurDeChamp(exc.phrase),))
    return _conclure(request, fiche, modification, envoi.page)


def _opposer(request: RequeteHabilitee, fiche: Fiche, envoi: Envoi) -> HttpResponse:
    """Both changed the same thing: the file as it is now, read again, beside what was typed."""
    fiche = lire_demande(request, fiche.demande.nud)
    return _confronter(request, envoi, envoi.face_a_face(fiche, fiche.contenu, fiche.demande.revision))


def _conclure(
    request: RequeteHabilitee, fiche: Fiche, modification: Modification, page: Page
) -> HttpResponse:
    """The document of the change, then what was done, what waits, and what is missing: told in the block changed."""
    if modification.meles:
        messages.info(request, reunis(fiche, modification.meles), extra_tags=page.code)
    preuve = ouvrir_preuve(request, fiche, page)
    for phrase in preuve.joindre() if preuve else ():
        messages.error(request, phrase, extra_tags=page.code)
    if modification.en_attente:
        attendent = en_attente(list_identites(modification.demande_id)).values()
        manque = list_sans_piece([a.identite_id for a in attendent], le=aujourd_hui())
        messages.info(request, ATTENTE_SANS_PIECE if manque else ATTENTE, extra_tags=page.code)
    elif modification.champs:
        annonce = is_annonce(
            modification.demande_id, modification.revision, VerbeDemande.MODIFIER, survenu_le=maintenant()
        )
        messages.success(request, dire_applique(fiche.contenu, annonce=annonce), extra_tags=page.code)
    else:
        messages.info(request, INCHANGE, extra_tags=page.code)
    nud = fiche.demande.nud
    return apres(request, f"{reverse('demande', args=[nud])}#{page.code}", nud=nud)


def dire_applique(contenu: Contenu, *, annonce: bool) -> str:
    """What was done and who will know of it: by the history always, by a message only where one leaves."""
    qui = "de la demande"
    if contenu.demandeur is not None and contenu.demandeur.identite.civilite:
        qui = presentation.accord(contenu.demandeur.identite, "du demandeur", "de la demandeuse")
    applique = f"Changement appliqué, visible dans l’historique {qui}."
    return f"{applique} {ANNONCE}" if annonce else applique


def _montrer(
    request: RequeteHabilitee,
    fiche: Fiche,
    envoi: Envoi,
    *,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    statut: int = 200,
) -> HttpResponse:
    preuve = ouvrir_preuve(request, fiche, envoi.page)
    contexte = _commun(fiche, envoi) | (preuve.revenir() if preuve else {})
    contexte |= {
        "erreurs": erreurs,
        "sauvegarde": envoi.sauvegarde,
        "dehors": dire_dehors(fiche.demande.id, fiche.demande.revision, garde=not _se_dit_dehors(fiche)),
        "rappel": rappel_a_montrer(request) if envoi.page.etat_civil else None,
        "nirs": {p.reference: p.nir_masque for p in fiche.personnes if p.nir_masque},
        "personne": presentation.nom_complet(fiche.contenu.demandeur.identite)
        if fiche.contenu.demandeur
        else "",
    }
    return render(request, "guichet/modification/modifier.html", contexte, status=statut)


def _confronter(
    request: RequeteHabilitee, envoi: Envoi, face: FaceAFace, *, erreurs: tuple[ErreurDeChamp, ...] = ()
) -> HttpResponse:
    """The page of choices: everything typed comes along, hidden, so that it can be saved or corrected."""
    contexte = _commun(face.fiche, envoi) | contexte_conflit(face)
    contexte |= {
        "erreurs": erreurs,
        "caches": [
            (nom, valeur)
            for nom, valeurs in envoi.brut.items()
            if nom not in TECHNIQUES and not nom.startswith(CHOIX)
            for valeur in valeurs
        ],
    }
    return render(request, "guichet/modification/conflit.html", contexte, status=409)


def _se_dit_dehors(fiche: Fiche) -> bool:
    return not (fiche.a_proteger or garde_ses_adresses(fiche.contenu, dite=False))


def _commun(fiche: Fiche, envoi: Envoi) -> dict[str, object]:
    return {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "acte": f"Modifier {envoi.page.objet}",
        "page": envoi.page,
        "revision": envoi.revision,
        "adresse_dossier": reverse("demande", args=[fiche.demande.nud]),
    }
