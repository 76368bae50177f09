"""Renewing online: all is still right, one button; or what changed, part by part, kept as it is typed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sne.demandeurs.rules.niveaux import Geste
from sne.portail.declaration import exiger_renouvellement_change, exiger_volet_lu, lire_declaration
from sne.portail.middleware import RequeteDuMenage
from sne.portail.plan import VOLETS, adresser
from sne.portail.refus import dire_constats, dire_refus
from sne.portail.renouvellement import A_CHANGER, RenouvellementEnLigne, get_en_cours
from sne.portail.views.brouillon import GARDER, choisir_entre_deux, garder_la_page
from sne.portail.visites import sienne_de
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.modification.actions.brouillons import abandonner_brouillon
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.modification.possible import exiger_modifiable
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.registre.vie.actions.renouveler import ouvrir_renouvellement, renouveler_demande
from sne.registre.vie.possible import exiger_renouvelable_par
from sne.saisie.brut import CONTINUER, VUE, brut_de, lire_revision
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import confronter
from sne.saisie.envoi import dire_ce_qui_manque, lire_envoi
from sne.saisie.forms.pages import page_du_chemin
from sne.saisie.reunion import Envoi, est_depasse, reunir
from sne.socle.erreurs import ConflitDeRevision, Interdit, refus_de
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui


@require_http_methods(["GET", "HEAD", "POST"])
def renouveler(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """What is declared, to be confirmed in one go; or which parts have changed."""
    sienne = sienne_de(request, nud, Geste.RENOUVELER)
    if ailleurs := _fermee(sienne):
        return ailleurs
    if request.method != "POST":
        return _montrer(request, sienne)
    if lire_revision(brut_de(request.POST)) != sienne.demande.revision:
        dit = gettext(
            "Votre demande a changé depuis que cette page est ouverte. Relisez-la, puis recommencez."
        )
        return _montrer(request, sienne, (ErreurDeChamp(dit),), statut=409)
    return _confirmer(sienne) if "rien" in request.POST else _commencer(request, sienne)


def _fermee(sienne: Sienne) -> HttpResponse | None:
    """Where somebody goes for whom the window is closed: a second click, or a page left open, is told what was done.

    Raises ``NonHabilite``.
    """
    demande, le = sienne.demande, aujourd_hui()
    try:
        exiger_renouvelable_par(demande, sienne.acte.acteur, le=le, radiation=None, gel=sienne.gel)
    except Interdit:
        faite = demande.date_dernier_renouvellement == le
        return redirect("renouvelee", demande.nud) if faite else redirect("espace")
    return None


def _confirmer(sienne: Sienne) -> HttpResponse:
    """Nothing has changed. What was begun on another device is not thrown away: it is shown, to be ended or dropped."""
    demande = sienne.demande
    acte = sienne.acte
    ouvrir_renouvellement(demande.id, acte=acte)
    en_cours = get_en_cours(sienne)
    if en_cours is None or en_cours.a_changer:
        return redirect("renouveler", demande.nud)
    renouveler_demande(
        demande.id,
        saisie=Saisie(sienne.contenu, demande.revision),
        acte=acte,
        sans_changement=True,
        brouillon_id=en_cours.id,
        lu=en_cours.brouillon.numero,
    )
    return redirect("renouvelee", demande.nud)


def _commencer(request: RequeteDuMenage, sienne: Sienne) -> HttpResponse:
    """Open the draft with the parts that changed, and the first of them."""
    exiger_modifiable(sienne.demande, sienne.acte.acteur)
    exiger_renouvellement_change(sienne)
    coches = [code for code in VOLETS if code in request.POST.getlist("change")]
    if not coches:
        dit = gettext("Cochez ce qui a changé. Si rien n’a changé, appuyez sur l’autre bouton.")
        return _montrer(request, sienne, (ErreurDeChamp(dit, "change"),))
    for code in coches:
        exiger_volet_lu(sienne, code)
    ouvrir_renouvellement(sienne.demande.id, acte=sienne.acte)
    en_cours = get_en_cours(sienne)
    if en_cours is None:
        return redirect("renouveler", sienne.demande.nud)
    en_cours = en_cours.garder(A_CHANGER, {"volet": coches}, acteur=sienne.acte.acteur)
    return redirect(en_cours.adresse(en_cours.a_changer[0]))


def _montrer(
    request: RequeteDuMenage,
    sienne: Sienne,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    *,
    statut: int = 200,
) -> HttpResponse:
    le, ouvert = aujourd_hui(), get_en_cours(sienne)
    en_cours = ouvert if ouvert and ouvert.a_changer else None
    modifiable = not refus_de(exiger_modifiable, sienne.demande, sienne.acte.acteur)
    contexte = {
        "nud": sienne.demande.nud,
        "revision": sienne.demande.revision,
        "declaration": lire_declaration(sienne),
        "modifiable": sienne.visite.lien.titulaire and modifiable,
        "siens_modifiables": not sienne.visite.lien.titulaire and modifiable,
        "valable_jusqu_au": echeances(le, get_parametres(le)[ParametresDemande]).expiration,
        "en_cours": en_cours,
        "reprise": en_cours.adresse(en_cours.a_changer[0]) if en_cours else "",
        "refus": refus_de(_exiger_lu, en_cours) if en_cours else "",
        "gelee": sienne.gel is not None,
        "erreurs": erreurs,
    }
    return render(request, "portail/menage/renouveler.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: RequeteDuMenage, nud: str, code: str) -> HttpResponse:
    """One part that changed: kept as typed, right or wrong, then judged."""
    sienne = sienne_de(request, nud, Geste.RENOUVELER)
    if code not in VOLETS:
        raise Http404
    if ailleurs := _fermee(sienne):
        return ailleurs
    en_cours = get_en_cours(sienne)
    if en_cours is None or code not in en_cours.a_changer:
        return redirect("renouveler", nud)
    _exiger_lu(en_cours)
    if request.method != "POST":
        return _montrer_page(request, en_cours, code)
    if GARDER in request.POST:
        return _garder_en_passant(request, en_cours, code)
    try:
        return _enregistrer(request, en_cours, code)
    except ConflitDeRevision:  # saved on another device an instant ago
        return _enregistrer(request, en_cours.relue(sienne.acte.acteur), code)


def _exiger_lu(en_cours: RenouvellementEnLigne) -> None:
    """Each part of it is read by this session: it may have been begun by another way into the same account, and pages
    show what was typed there, and the file’s. Raises ``NonHabilite``.
    """
    exiger_renouvellement_change(en_cours.sienne)
    for code in en_cours.a_changer:
        exiger_volet_lu(en_cours.sienne, code)


def _garder_en_passant(request: RequeteDuMenage, en_cours: RenouvellementEnLigne, code: str) -> HttpResponse:
    """Kept by the script as it is typed, judged by nobody."""
    poste = request.POST.copy()
    for bouton in (GARDER, CONTINUER):
        poste.pop(bouton, None)
    envoi, _ = lire_envoi(poste, VOLETS[code].page)
    return garder_la_page(en_cours, _completer(envoi, en_cours), acteur=en_cours.sienne.acte.acteur)


def _enregistrer(request: RequeteDuMenage, en_cours: RenouvellementEnLigne, code: str) -> HttpResponse:
    """Save first; what another device saved since the page was opened is put together with it."""
    envoi, _ = lire_envoi(request.POST, VOLETS[code].page)
    envoi = _completer(envoi, en_cours)
    acteur = en_cours.sienne.acte.acteur
    if est_depasse(en_cours, envoi):
        lue = en_cours.lue_au(envoi.lu).construire(code, envoi.brut, controler="corriger" not in request.POST)
        if not lue.valide:
            return _montrer_page(request, en_cours, code, envoi=envoi, statut=409)
        reunion = reunir(en_cours, envoi)
        if reunion.restent:
            champs = [nom for nom in envoi.brut if nom != CONTINUER]
            retour = en_cours.adresse(code)
            return choisir_entre_deux(request, en_cours, envoi, reunion, champs=champs, retour=retour)
        en_cours = en_cours.ecrire(reunion.donnees, acteur=acteur)
    else:
        en_cours = en_cours.garder(code, envoi.brut, acteur=acteur, retraits=envoi.retraits)
    return _suivre(request, en_cours, envoi)


def _suivre(request: RequeteDuMenage, en_cours: RenouvellementEnLigne, envoi: Envoi) -> HttpResponse:
    """What the button says, now that the page is kept."""
    code = envoi.code
    if "quitter" in request.POST:
        return redirect("renouveler", en_cours.cle)
    if CONTINUER not in envoi.brut:
        return redirect(en_cours.adresse(code))
    if not en_cours.valide(code):
        return _montrer_page(request, en_cours, code)
    if suivante := en_cours.suivante(code):
        return redirect(en_cours.adresse(suivante))
    return _renouveler(request, en_cours, code)


def _completer(envoi: Envoi, en_cours: RenouvellementEnLigne) -> Envoi:
    brut = VOLETS[envoi.code].completer(envoi.brut, en_cours.lu, en_cours.cadre)
    return Envoi(envoi.code, brut, envoi.lu, envoi.retraits, envoi.vue, envoi.choix)


def _renouveler(request: RequeteDuMenage, en_cours: RenouvellementEnLigne, code: str) -> HttpResponse:
    """Hand in to the register; what is refused comes back with sentences, and the draft stays."""
    a_corriger = next(
        (c for c in en_cours.a_changer if c not in en_cours.pages or not en_cours.valide(c)), ""
    )
    if a_corriger:
        return redirect(en_cours.adresse(a_corriger))
    if en_cours.conflits:
        return redirect("renouveler-choix", en_cours.cle)
    demande = en_cours.sienne.demande
    try:
        renouveler_demande(
            demande.id,
            saisie=en_cours.a_remettre,
            acte=en_cours.sienne.acte,
            sans_changement=True,  # the button says so
            brouillon_id=en_cours.id,
            lu=en_cours.brouillon.numero,
        )
    except ConflitDeRevision:
        return redirect("renouveler-choix", en_cours.cle)
    except DepotIncomplet as refus:
        contenu = en_cours.contenu
        erreurs = dire_constats(refus.anomalies, contenu)
        parties = [volet.page for volet in VOLETS.values()]
        lieux = [page_du_chemin(a.chemin, parties) for a in refus.anomalies]
        ou = next((lieu for lieu in lieux if lieu in en_cours.a_changer), code)
        return _montrer_page(request, en_cours, ou, erreurs=erreurs)
    except Interdit as refus:
        return _montrer_page(
            request, en_cours, code, erreurs=(ErreurDeChamp(dire_refus(refus.phrase)),), statut=409
        )
    return redirect("renouvelee", demande.nud)


def _montrer_page(
    request: RequeteDuMenage,
    en_cours: RenouvellementEnLigne,
    code: str,
    *,
    envoi: Envoi | None = None,
    erreurs: tuple[ErreurDeChamp, ...] = (),
    statut: int = 200,
) -> HttpResponse:
    """``envoi``: what was typed, when it is not saved: another device saved this page since."""
    if envoi is None:
        page, lu = en_cours.page(code), en_cours.brouillon.numero
    else:
        page, lu = en_cours.construire(code, envoi.brut, controler=True), envoi.lu
    volets = en_cours.a_changer
    contexte = {
        "nud": en_cours.cle,
        "volet": VOLETS[code],
        "page": adresser(page),
        "lu": lu,
        "depasse": envoi is not None,
        "erreurs": (*page.erreurs, *erreurs),
        "rang": volets.index(code) + 1,
        "total": len(volets),
        "derniere": not en_cours.suivante(code),
        "gardees_le": en_cours.brouillon.maj_le if code in en_cours.donnees else None,
    }
    return render(request, "portail/menage/renouveler_page.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def choix(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Somebody changed the same thing in the file since the renewal began: both are shown, the person picks."""
    sienne = sienne_de(request, nud, Geste.RENOUVELER)
    if ailleurs := _fermee(sienne):
        return ailleurs
    en_cours = get_en_cours(sienne)
    if en_cours is None or not en_cours.a_changer:
        return redirect("renouveler", nud)
    _exiger_lu(en_cours)
    erreurs: tuple[ErreurDeChamp, ...] = ()
    if request.method == "POST":
        en_cours = en_cours.choisir(brut_de(request.POST), acteur=sienne.acte.acteur)
        erreurs = dire_ce_qui_manque(en_cours.confrontee.restent)
    if request.method == "POST" and not en_cours.conflits:
        return _renouveler(request, en_cours, en_cours.a_changer[-1])
    contexte = {
        "erreurs": erreurs,
        "lignes": confronter(
            en_cours.confrontee.fusion.conflits,
            en_cours.present.contenu,
            get_lecture(en_cours.cadre.aujourd_hui),
            choix=en_cours.choix,
        ),
        "caches": [(VUE, en_cours.present.revision)],
        "retour": en_cours.adresse(en_cours.a_changer[0]),
    }
    return render(request, "portail/menage/choisir.html", contexte, status=409 if erreurs else 200)


@require_POST
def abandonner(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Drop what was typed to renew; the demande stays as it is."""
    sienne = sienne_de(request, nud, Geste.RENOUVELER)
    en_cours = get_en_cours(sienne)
    if en_cours is not None:
        abandonner_brouillon(en_cours.id, acteur=sienne.acte.acteur)
    return redirect("renouveler", nud)


@require_safe
def renouvelee(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """The new date, the attestation, what to do next."""
    sienne = sienne_de(request, nud, Geste.RENOUVELER)
    demande = sienne.demande
    if demande.date_dernier_renouvellement is None:
        return redirect("espace")
    contexte = {
        "nud": demande.nud,
        "le": demande.date_dernier_renouvellement,
        "jusqu_au": demande.date_expiration,
        "anciennete": demande.date_anciennete,
    }
    return render(request, "portail/menage/renouvelee.html", contexte)
