"""Changing a file: the same forms as at entry; what somebody else saved meanwhile is merged, or chosen line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.demandes import dossier, presentation
from sne.guichet.demandes.actes import dernier_changement
from sne.guichet.demandes.brut import CONTINUER, Brut, brut_de, lire_revision, premier
from sne.guichet.demandes.comparaison import confronter
from sne.guichet.demandes.enregistrement import get_cadre, get_lecture
from sne.guichet.demandes.forms.champs import Cadre
from sne.guichet.demandes.forms.lignes import construire
from sne.guichet.demandes.forms.pages import PAGES, Page, page_du_chemin
from sne.guichet.demandes.forms.sauvegarde import MOTIFS_USUELS, FormulaireSauvegarde
from sne.guichet.demandes.views.pages import appliquer_boutons
from sne.guichet.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.actions.consulter import consulter_demande
from sne.registre.actions.modifier import Modification, modifier_demande
from sne.registre.actions.saisie import Saisie, reconcilier
from sne.registre.rules.contenu import Contenu, difference
from sne.registre.rules.fusion import Cote, Fusion
from sne.registre.rules.refus import DepotIncomplet, Introuvable
from sne.registre.selectors.etat import get_contenu
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
REUNIS = "{auteur}Les deux changements ne se gênaient pas\u00a0: ils sont réunis."
CONFLIT = (
    "Ce dossier a changé pendant votre saisie. {auteur}Rien n’est perdu\u00a0: vos réponses sont à droite, "
    "celles du dossier à gauche. Choisissez ligne par ligne, puis enregistrez."
)
A_CHOISIR = "Il reste {nombre} à choisir\u00a0: la valeur du dossier, ou la vôtre."
REVISION_INCONNUE = (
    "Cette page ne dit plus quelle version du dossier elle modifiait. Relisez-la, puis enregistrez à nouveau."
)
TECHNIQUES = frozenset({"revision", "vue", "continuer", "corriger"})


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
        sides = {
            nom[len("choix-") :]: premier(self.brut, nom) for nom in self.brut if nom.startswith("choix-")
        }
        return {cle: Cote(cote) for cle, cote in sides.items() if cote in set(Cote)}


@dataclass(slots=True)
class Confrontation:
    """The entry beside the file as it is; ``fusion`` is what both may see of it."""

    fiche: Fiche
    envoi: Envoi
    fusion: Fusion
    erreurs: tuple[ErreurDeChamp, ...] = field(default=())


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def modifier(request: RequeteHabilitee, nud: str, bloc: str) -> HttpResponse:
    """One part of a file: shown as it is, then changed on the revision that was read."""
    if bloc not in PAGES:
        raise Http404
    fiche = consulter_demande(nud, acteur=request.acteur, survenu_le=maintenant())
    permise = dossier.peut_modifier_page(fiche, request.acteur, bloc)
    if fiche.contenu.titulaire not in PAGES[bloc].titulaires or not permise:
        raise Http404
    cadre = get_cadre(fiche.demande.territoire, aujourd_hui())
    if request.method == "POST":
        return _recevoir(request, fiche, cadre, PAGES[bloc])
    brut = PAGES[bloc].saisie(fiche.contenu, cadre)
    page = PAGES[bloc](brut, cadre=cadre, controler=False, contenu=fiche.contenu)
    envoi = Envoi(brut, page, FormulaireSauvegarde(), fiche.contenu, fiche.demande.revision)
    return _montrer(request, fiche, envoi)


def _recevoir(request: RequeteHabilitee, fiche: Fiche, cadre: Cadre, section: type[Page]) -> HttpResponse:
    """Buttons of the rows first, then the forms, then the choices if there were any, then the register."""
    saisi = brut_de(request.POST)
    lu = _contenu_lu(request, fiche, lire_revision(saisi, "revision"))
    envoi = _relire(saisi, section, cadre, lu=lu or fiche.contenu)
    if lu is None:
        inconnue = Envoi(envoi.brut, envoi.page, envoi.sauvegarde, fiche.contenu, fiche.demande.revision)
        return _montrer(request, fiche, inconnue, erreurs=(ErreurDeChamp(REVISION_INCONNUE),), statut=409)
    if "corriger" in saisi or not envoi.valide:
        return _montrer(request, fiche, envoi, erreurs=envoi.erreurs)
    vue = lire_revision(saisi, "vue")
    vu = _contenu_lu(request, fiche, vue) if vue else None
    if vu is None:
        return _enregistrer(request, fiche, envoi, envoi.saisie)
    choisie = reconcilier(envoi.saisie, base=envoi.lu, dossier=vu, revision=vue, choix=envoi.choix)
    reste = sum(conflit.cle not in envoi.choix for conflit in choisie.fusion.conflits)
    if reste:
        phrase = A_CHOISIR.format(nombre=f"{reste}\u00a0ligne{'s' if reste > 1 else ''}")
        erreurs = (ErreurDeChamp(phrase, "lignes"),)
        return _confronter(request, Confrontation(fiche, envoi, choisie.fusion, erreurs))
    return _enregistrer(request, fiche, envoi, choisie.saisie)


def _contenu_lu(request: RequeteHabilitee, fiche: Fiche, revision: int) -> Contenu | None:
    """The content that the page was opened with; ``None`` when its revision was tampered with."""
    if revision == fiche.demande.revision:
        return fiche.contenu
    try:
        return get_contenu(fiche.demande.id, revision, acteur=request.acteur)
    except Introuvable:
        return None


def _relire(saisi: Brut, section: type[Page], cadre: Cadre, *, lu: Contenu) -> Envoi:
    brut, nouvelle_ligne = appliquer_boutons(saisi, section)
    controler = CONTINUER in brut
    page = section(brut, cadre=cadre, controler=controler, contenu=lu)
    page.commencer_par(nouvelle_ligne)
    sauvegarde = construire(FormulaireSauvegarde, brut, controler=controler)
    return Envoi(brut, page, sauvegarde, lu, lire_revision(saisi, "revision"))


def _enregistrer(request: RequeteHabilitee, fiche: Fiche, envoi: Envoi, saisie: Saisie) -> HttpResponse:
    """Hand in to the register, whose refusals come back as sentences; nothing typed is lost."""
    try:
        modification = modifier_demande(
            fiche.demande.id,
            contenu=saisie.contenu,
            nirs=saisie.nirs,
            revision=saisie.revision,
            acteur=request.acteur,
            survenu_le=maintenant(),
            motif=envoi.sauvegarde.cleaned_data["motif"],
            document=envoi.sauvegarde.cleaned_data["document"],
        )
    except ConflitDeRevision:
        return _opposer(request, fiche, envoi)
    except DepotIncomplet as exc:
        erreurs = tuple(ErreurDeChamp(anomalie.phrase) for anomalie in exc.anomalies)
        return _montrer(request, fiche, envoi, erreurs=erreurs)
    except Interdit as exc:
        return _montrer(request, fiche, envoi, erreurs=(ErreurDeChamp(exc.phrase),))
    return _conclure(request, fiche, modification)


def _opposer(request: RequeteHabilitee, fiche: Fiche, envoi: Envoi) -> HttpResponse:
    """Both changed the same thing: the file as it is now, read again, beside what was typed."""
    fiche = consulter_demande(fiche.demande.nud, acteur=request.acteur, survenu_le=maintenant())
    reconciliation = reconcilier(
        envoi.saisie,
        base=envoi.lu,
        dossier=fiche.contenu,
        revision=fiche.demande.revision,
        choix=envoi.choix,
    )
    return _confronter(request, Confrontation(fiche, envoi, reconciliation.fusion))


def _conclure(request: RequeteHabilitee, fiche: Fiche, modification: Modification) -> HttpResponse:
    if modification.meles:
        auteur = _auteur(fiche, modification.meles)
        messages.info(request, REUNIS.format(auteur=auteur))
    if modification.en_attente:
        messages.info(request, ATTENTE)
    elif modification.champs:
        messages.success(request, APPLIQUE)
    else:
        messages.info(request, INCHANGE)
    return redirect("demande", fiche.demande.nud)


def _auteur(fiche: Fiche, chemins: tuple[str, ...]) -> str:
    """« Le guichet G0991 a modifié les souhaits à 10 h 31. »"""
    objets = dict.fromkeys(PAGES[code].objet for c in chemins if (code := page_du_chemin(c)) in PAGES)
    return dernier_changement(fiche.historique, quoi=" et ".join(objets) or "le dossier")


def _montrer(
    request: RequeteHabilitee,
    fiche: Fiche,
    envoi: Envoi,
    *,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    statut: int = 200,
) -> HttpResponse:
    contexte = _commun(fiche, envoi) | {
        "erreurs": erreurs,
        "sauvegarde": envoi.sauvegarde,
        "motifs_usuels": MOTIFS_USUELS,
        "nirs": {p.reference: p.nir_masque for p in fiche.personnes if p.nir_masque},
        "personne": presentation.nom_complet(fiche.contenu.demandeur.identite)
        if fiche.contenu.demandeur
        else "",
    }
    return render(request, "guichet/demandes/modifier.html", contexte, status=statut)


def _confronter(request: RequeteHabilitee, face_a_face: Confrontation) -> HttpResponse:
    """The page of choices: everything typed comes along, hidden, so that it can be saved or corrected."""
    fiche, envoi, fusion = face_a_face.fiche, face_a_face.envoi, face_a_face.fusion
    meles = tuple(c.chemin for c in difference(envoi.lu, fiche.contenu))
    contexte = _commun(fiche, envoi) | {
        "erreurs": face_a_face.erreurs,
        "conflit": CONFLIT.format(auteur=_auteur(fiche, meles)),
        "lignes": confronter(fusion.conflits, fiche.contenu, get_lecture(aujourd_hui()), choix=envoi.choix),
        "vue": fiche.demande.revision,
        "caches": [
            (nom, valeur)
            for nom, valeurs in envoi.brut.items()
            if nom not in TECHNIQUES and not nom.startswith("choix-")
            for valeur in valeurs
        ],
    }
    return render(request, "guichet/demandes/conflit.html", contexte, status=409)


def _commun(fiche: Fiche, envoi: Envoi) -> dict[str, object]:
    return {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "titre": envoi.page.objet,
        "page": envoi.page,
        "revision": envoi.revision,
        "adresse_dossier": reverse("demande", args=[fiche.demande.nud]),
    }
