"""What was declared, and changing one part of it, on the revision that was read, merged with what others saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sne.demandeurs.rules.niveaux import Geste
from sne.portail.declaration import adulte_seul, exiger_volet, is_remplacee, lire_declaration
from sne.portail.gardees import REVISION, garder_le_volet, get_numero, lire_gardee, oublier
from sne.portail.middleware import RequeteDuMenage
from sne.portail.plan import VOLETS, Volet, adresser
from sne.portail.refus import dire_constats, dire_refus
from sne.portail.views.brouillon import GARDER
from sne.portail.views.remplacer import remplacer_volet
from sne.portail.visites import sienne_de
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Reconciliation, Saisie, reconcilier
from sne.registre.modification.possible import exiger_modifiable
from sne.registre.modification.rules.fusion import Cote
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.saisie.brut import CONTINUER, LU, VUE, Brut, brut_de, lire_revision
from sne.saisie.cadre import get_cadre, get_lecture
from sne.saisie.comparaison import CHOIX, confronter, lire_choix
from sne.saisie.envoi import appliquer_boutons, dire_ce_qui_manque
from sne.saisie.forms.pages import Page
from sne.saisie.forms.pages.page import de_l_adulte
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, refus_de
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui

OUBLIER = "oublier"
"""Button that drops what was kept and never saved."""
TECHNIQUES = frozenset({REVISION, LU, VUE, CONTINUER, "corriger"})


@dataclass(frozen=True, slots=True)
class Envoi:
    """What a browser sent back: the page rebuilt on the content that it was opened with."""

    volet: Volet
    brut: Brut
    page: Page
    lu: Contenu
    revision: int

    @property
    def saisie(self) -> Saisie:
        return Saisie(self.page.appliquer(self.lu), self.revision)

    @property
    def choix(self) -> Mapping[str, Cote]:
        """Side kept at each collision, by its key."""
        return lire_choix(self.brut)

    def confronter(self, contenu: Contenu, revision: int) -> Reconciliation:
        """The same beside the file as it was at ``revision``."""
        le = self.page.cadre.aujourd_hui
        return reconcilier(
            self.saisie, base=self.lu, dossier=contenu, revision=revision, le=le, choix=self.choix
        )


@require_safe
def declaration(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Everything that was declared, with what may be changed here and what a counter changes."""
    sienne = sienne_de(request, nud, Geste.LIRE_DECLARATION)
    contexte = {
        "nud": nud,
        "declaration": lire_declaration(sienne),
        "modifiable": not refus_de(exiger_modifiable, sienne.demande, sienne.acte.acteur),
        "fait": request.GET.get("fait", ""),
    }
    return render(request, "portail/menage/declaration.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: RequeteDuMenage, nud: str, code: str) -> HttpResponse:
    """One part of the declaration, shown as it is, then changed; typed anew where this session does not read it."""
    if code not in VOLETS:
        raise Http404
    sienne = sienne_de(request, nud, Geste.MODIFIER)
    exiger_modifiable(sienne.demande, sienne.acte.acteur)
    exiger_volet(sienne, code)
    if is_remplacee(sienne, code):
        return remplacer_volet(request, sienne, VOLETS[code])
    if GARDER in request.POST:
        return garder_le_volet(request, sienne, VOLETS[code])
    if OUBLIER in request.POST:
        oublier(sienne, code)
        return redirect("modifier", nud, code)
    if request.method == "POST":
        return _recevoir(request, sienne, VOLETS[code])
    if gardee := lire_gardee(sienne, code):
        brut, le = gardee
        lu = _contenu_lu(sienne, lire_revision(brut)) or sienne.contenu
        return _montrer(request, _relire(brut, VOLETS[code], sienne, lu=lu), sienne, gardees_le=le)
    cadre = get_cadre(sienne.demande.territoire, aujourd_hui())
    seul = adulte_seul(sienne, sienne.contenu)
    brut = de_l_adulte(VOLETS[code].page.saisie(sienne.contenu, cadre), seul)
    page = adresser(VOLETS[code].page(brut, cadre=cadre, controler=False, contenu=sienne.contenu, seul=seul))
    return _montrer(request, Envoi(VOLETS[code], brut, page, sienne.contenu, sienne.demande.revision), sienne)


def _recevoir(request: RequeteDuMenage, sienne: Sienne, volet: Volet) -> HttpResponse:
    """Buttons of the rows first, then the fields, then the choices if there were any, then the register."""
    saisi = brut_de(request.POST)
    lu = _contenu_lu(sienne, lire_revision(saisi))
    envoi = _relire(saisi, volet, sienne, lu=lu or sienne.contenu)
    if lu is None:
        dit = gettext(
            "Votre demande a changé depuis que cette page est ouverte. Relisez-la, puis recommencez."
        )
        inconnue = Envoi(volet, envoi.brut, envoi.page, sienne.contenu, sienne.demande.revision)
        return _montrer(request, inconnue, sienne, (ErreurDeChamp(dit),), statut=409)
    if "corriger" in saisi or not envoi.page.valide:
        return _montrer(request, envoi, sienne, envoi.page.erreurs)
    vue = lire_revision(saisi, VUE)
    vu = _contenu_lu(sienne, vue) if vue else None
    if vu is None:
        return _enregistrer(request, envoi, sienne, envoi.saisie)
    choisie = envoi.confronter(vu, vue)
    if choisie.restent:
        return _confronter(request, envoi, sienne, dire_ce_qui_manque(choisie.restent))
    return _enregistrer(request, envoi, sienne, choisie.saisie)


def _contenu_lu(sienne: Sienne, revision: int) -> Contenu | None:
    """What the demande said at a revision that a form carried; ``None`` when it was tampered with."""
    try:
        return get_contenu(sienne.demande.id, revision, acteur=sienne.acte.acteur)
    except Introuvable:
        return None


def _relire(saisi: Brut, volet: Volet, sienne: Sienne, *, lu: Contenu) -> Envoi:
    cadre = get_cadre(sienne.demande.territoire, aujourd_hui())
    brut, nouvelle_ligne = appliquer_boutons(saisi, volet.page)
    brut = volet.completer(brut, lu, cadre)
    seul = adulte_seul(sienne, lu)
    page = adresser(volet.page(brut, cadre=cadre, controler=CONTINUER in brut, contenu=lu, seul=seul))
    page.commencer_par(nouvelle_ligne)
    return Envoi(volet, brut, page, lu, lire_revision(saisi))


def _enregistrer(request: RequeteDuMenage, envoi: Envoi, sienne: Sienne, saisie: Saisie) -> HttpResponse:
    """Hand in to the register, whose refusals come back as sentences; what may not be written at all is a page 403."""
    demande = sienne.demande
    try:
        faite = modifier_demande(
            demande.id,
            contenu=saisie.contenu,
            revision=saisie.revision,
            acte=sienne.acte,
        )
    except ConflitDeRevision:
        return _confronter(request, envoi, sienne)
    except DepotIncomplet as refus:
        return _montrer(request, envoi, sienne, dire_constats(refus.anomalies, saisie.contenu))
    except Interdit as refus:
        return _montrer(request, envoi, sienne, (ErreurDeChamp(dire_refus(refus.phrase)),), statut=409)
    oublier(sienne, envoi.volet.code)
    fait = "oui" if faite.champs else "rien"
    return redirect(f"{reverse('declaration', args=[demande.nud])}?fait={fait}")


def _montrer(
    request: RequeteDuMenage,
    envoi: Envoi,
    sienne: Sienne,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    *,
    gardees_le: datetime | None = None,
    statut: int = 200,
) -> HttpResponse:
    """``gardees_le``: when what the page shows was kept, and not saved."""
    contexte = {
        "nud": sienne.demande.nud,
        "volet": envoi.volet,
        "page": envoi.page,
        "revision": envoi.revision,
        "gardable": sienne.visite.lien.titulaire,
        "lu": get_numero(sienne),
        "gardees_le": gardees_le,
        "erreurs": erreurs,
    }
    return render(request, "portail/menage/modifier.html", contexte, status=statut)


def _confronter(
    request: RequeteDuMenage, envoi: Envoi, sienne: Sienne, erreurs: tuple[ErreurDeChamp, ...] = ()
) -> HttpResponse:
    """The page of choices: everything typed comes along, hidden, so that it can be saved or corrected."""
    demande = sienne.demande
    demande.refresh_from_db()
    present = get_contenu(demande.id, demande.revision, acteur=sienne.acte.acteur)
    face = envoi.confronter(present, demande.revision)
    lecture = get_lecture(envoi.page.cadre.aujourd_hui)
    contexte = {
        "erreurs": erreurs,
        "lignes": confronter(face.fusion.conflits, present, lecture, choix=envoi.choix),
        "caches": [
            ("revision", envoi.revision),
            (VUE, demande.revision),
            *(
                (nom, valeur)
                for nom, valeurs in envoi.brut.items()
                if nom not in TECHNIQUES and not nom.startswith(CHOIX)
                for valeur in valeurs
            ),
        ],
        "retour": reverse("declaration", args=[demande.nud]),
    }
    return render(request, "portail/menage/choisir.html", contexte, status=409)
