"""Filing by oneself: the start, one page at a time kept as it is typed, what is read again, the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sne.cellules.routage import cellule_de, dans, lister_partout
from sne.connecteurs.rules import Canal, Pour
from sne.demandeurs.rules.niveaux import Voie
from sne.portail.forms import FormulaireCommune
from sne.portail.middleware import RequeteDuMenage
from sne.portail.nouvelle.en_cours import (
    AVEC_QUI,
    ESSENTIEL,
    PARCOURS,
    TOUT,
    DemandeEnLigne,
)
from sne.portail.nouvelle.envoi import lire_page
from sne.portail.nouvelle.forms import AvecQui
from sne.portail.nouvelle.page_du_plan import ETAPES, PageDuPlan
from sne.portail.nouvelle.plan import RELIRE
from sne.portail.nouvelle.posee import PagePosee
from sne.portail.nouvelle.relecture import relire_tout
from sne.portail.nouvelle.reprise import tenir_la_reprise
from sne.portail.refus import dire_refus
from sne.portail.views.brouillon import GARDER, garder_en_passant
from sne.portail.views.sienne import (
    envoi_de,
    jour_de,
    lire_demande,
    lire_ou_rien,
    rouvrir,
    sans_brouillon,
)
from sne.referentiels.rules import Trouvee
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.depot_en_ligne.actions.commencer import Commencee, commencer_demande
from sne.registre.depot_en_ligne.actions.envoyer import AEnvoyer, envoyer_depot_en_ligne
from sne.registre.depot_en_ligne.possible import COURRIEL
from sne.registre.depot_en_ligne.selectors.commencees import list_commencees
from sne.registre.depot_en_ligne.selectors.envois import list_envois
from sne.registre.modification.actions.brouillons import abandonner_brouillon
from sne.registre.modification.parametres import ParametresModification
from sne.registre.rattachement.possible import exiger_deposant
from sne.saisie.brut import CONTINUER, LU, VUE, Brut, brut_de, lire_revision, premier
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import confronter
from sne.saisie.envoi import dire_ce_qui_manque
from sne.saisie.propositions.chercher import proposer
from sne.saisie.propositions.dites import Ou
from sne.saisie.propositions.reponse import CHERCHER
from sne.saisie.reunion import Envoi, Reunion, est_depasse, reunir
from sne.socle.acte import Acte
from sne.socle.erreurs import ConflitDeRevision, Interdit
from sne.socle.forms import ErreurDeChamp
from sne.socle.requete import saisi_de

VILLES = "villes"
RETOUR = "retour"
"""Field and parameter of a page opened from what is read again: where it leads back to."""


# -- the start -----------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def commencer(request: RequeteDuMenage) -> HttpResponse:
    """What is needed, how long it takes, what is kept; then the town, which says the territory."""
    exiger_deposant(request.visiteur.session.voie)
    formulaire = FormulaireCommune(saisi_de(request))
    if formulaire.is_valid():
        return _ouvrir(request, formulaire)
    return _montrer_debut(request, formulaire)


def _ouvrir(request: RequeteDuMenage, formulaire: FormulaireCommune) -> HttpResponse:
    territoire = get_geographie().territoire_de_commune(formulaire.cleaned_data["commune"].code)
    if territoire is None:
        formulaire.add_error("commune", gettext("Les demandes pour cette ville ne se font pas sur ce site."))
        return _montrer_debut(request, formulaire)
    with dans(cellule_de(territoire)):
        return _ouvrir_dans(request, formulaire, territoire)


def _ouvrir_dans(request: RequeteDuMenage, formulaire: FormulaireCommune, territoire: str) -> HttpResponse:
    parcours = ESSENTIEL if request.POST.get("parcours") == ESSENTIEL else TOUT
    try:
        commencee = commencer_demande(
            request.visiteur.session,
            territoire=territoire,
            donnees={PARCOURS: {"parcours": [parcours]}},
            survenu_le=request.visiteur.instant,
        )
    except Interdit as refus:
        formulaire.add_error(None, dire_refus(refus.phrase))
        return _montrer_debut(request, formulaire, statut=409)
    match commencee:
        case Commencee(verification=True):
            return redirect(f"{reverse('espace')}?verification=oui")
        case Commencee(deja=True):
            return redirect("demande-reprendre", territoire)
    return redirect("demande-page", territoire, lire_demande(request, territoire).reprise)


def _montrer_debut(
    request: RequeteDuMenage, formulaire: FormulaireCommune, *, statut: int = 200
) -> HttpResponse:
    le, compte = jour_de(request), request.visiteur.session.compte
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "en_cours": [rouvrir(request, c) for c in lister_partout(lambda: list_commencees(compte))],
        "envois": lister_partout(lambda: list_envois(compte)),
        "jours": get_parametres(le)[ParametresModification].brouillon_conservation_jours,
        "par_franceconnect": request.visiteur.session.voie is Voie.FC,
        "essentiel": ESSENTIEL,
        "tout": TOUT,
    }
    return render(request, "portail/nouvelle/commencer.html", contexte, status=statut)


@require_safe
def reprendre(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """Where they were, until when it is kept; to go on, or to begin again."""
    demande = lire_ou_rien(request, territoire)
    if demande is None:
        return redirect("demande-commencer")
    page = demande.page_du_plan(demande.reprise)
    contexte = {"demande": demande, "page": page, "reprise": demande.adresse(demande.reprise)}
    return render(request, "portail/nouvelle/reprendre.html", contexte)


@require_POST
def recommencer(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """Drop what was typed for good."""
    demande = lire_ou_rien(request, territoire)
    if demande is not None:
        abandonner_brouillon(demande.id, acteur=demande.acteur)
    return redirect("demande-commencer")


@require_POST
def changer_de_parcours(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """Only what is needed to send, or every page: said again at any time."""
    demande = lire_ou_rien(request, territoire)
    if demande is None:
        return redirect("demande-commencer")
    voulu = ESSENTIEL if request.POST.get("parcours") == ESSENTIEL else TOUT
    demande = demande.ecrire(demande.donnees | {PARCOURS: {"parcours": [voulu]}}, acteur=demande.acteur)
    ici = demande.page_du_plan(request.POST.get("page", ""))
    return redirect(demande.adresse(ici.code if ici else demande.reprise))


# -- one page ------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: RequeteDuMenage, territoire: str, code: str) -> HttpResponse:
    """One page: shown as it was left, or kept and followed by the next one."""
    demande = lire_ou_rien(request, territoire)
    if demande is None:
        return sans_brouillon(request, territoire)
    if code == RELIRE:
        return _relire(request, demande)
    ici = demande.page_du_plan(code)
    if ici is None:  # another answer made it pointless
        return redirect(demande.adresse(demande.reprise))
    if request.method != "POST":
        return montrer_page(request, demande, demande.posee(ici))
    retenir = garder_en_passant if GARDER in request.POST and ici.source else _enregistrer
    try:
        return retenir(request, demande, ici)
    except ConflitDeRevision:  # saved on another device an instant ago
        return _enregistrer(request, lire_demande(request, territoire), ici)


@dataclass(frozen=True, slots=True)
class Recue:
    """A page as it was sent: ``envoi``, put among what is typed; ``ligne``: the row that a button added; ``question``:
    with whom they will live, on the page that asks it.
    """

    ici: PageDuPlan
    saisi: Brut
    envoi: Envoi
    ligne: str
    question: AvecQui | None

    @property
    def controler(self) -> bool:
        """Whether the person asked to go on."""
        return CONTINUER in self.saisi


def _enregistrer(request: RequeteDuMenage, demande: DemandeEnLigne, ici: PageDuPlan) -> HttpResponse:
    """Keep first, then judge; what another device saved since the page was opened is put together with it."""
    saisi = brut_de(request.POST)
    if not ici.source:
        demande = _garder(demande, None, autres=demande.vues_avec(ici.code))
        return _suivre(request, demande, ici)
    envoi, ligne = lire_page(demande, ici, saisi)
    question = AvecQui(demande, saisi) if ici.code == AVEC_QUI else None
    if question is not None:
        envoi = question.appliquer(envoi)
        if CONTINUER in saisi and question.erreurs:
            posee = demande.posee(ici, envoi.brut, controler=False)
            return montrer_page(request, demande, posee, question=question)
    return _retenir(request, demande, Recue(ici, saisi, envoi, ligne, question))


def _retenir(request: RequeteDuMenage, demande: DemandeEnLigne, recue: Recue) -> HttpResponse:
    ici, envoi = recue.ici, recue.envoi
    avant, posee = demande, demande.posee(ici, envoi.brut, controler=recue.controler)
    autres = dict(recue.question.retenu) if recue.question else {}
    if recue.controler and posee.valide:
        autres |= demande.vues_avec(ici.code, retraits=envoi.retraits)
    elif envoi.retraits:
        autres |= demande.vues_avec("", retraits=envoi.retraits)
    if est_depasse(demande, envoi):
        controler = "corriger" not in recue.saisi
        if not demande.lue_au(envoi.lu).posee(ici, envoi.brut, controler=controler).valide:
            return montrer_page(request, demande, posee, lu=envoi.lu, statut=409)
        reunion = reunir(demande, envoi)
        if reunion.restent:
            return _choisir_entre_deux(request, demande, ici, envoi, reunion)
        demande = demande.ecrire(reunion.donnees | autres, acteur=demande.acteur)
    else:
        demande = _garder(demande, envoi, autres=autres)
    if mots := tenir_la_reprise(avant, demande, survenu_le=request.visiteur.instant):
        return montrer_les_mots(request, mots, suite=_apres_les_mots(demande, ici))
    return _repondre(request, demande, recue, posee)


def _apres_les_mots(demande: DemandeEnLigne, ici: PageDuPlan) -> str:
    """Where the page of the two words leads: on, or back to a page that is not right yet."""
    return demande.adresse(demande.suivante(ici.code) if ici.code in demande.repondues else ici.code)


def _repondre(
    request: RequeteDuMenage, demande: DemandeEnLigne, recue: Recue, posee: PagePosee
) -> HttpResponse:
    ici = recue.ici
    if recue.controler and not posee.valide:
        return montrer_page(request, demande, posee, question=recue.question)
    if CHERCHER in request.POST:
        return montrer_page(request, demande, _proposer(request, demande, demande.posee(ici)))
    return _suivre(request, demande, ici, ligne=recue.ligne)


def _garder(demande: DemandeEnLigne, envoi: Envoi | None, *, autres: Mapping[str, Brut]) -> DemandeEnLigne:
    donnees = (
        demande.donnees
        if envoi is None
        else demande.donnees_avec(envoi.code, envoi.brut, retraits=envoi.retraits)
    )
    return demande.ecrire({**donnees, **autres}, acteur=demande.acteur)


def _suivre(
    request: RequeteDuMenage, demande: DemandeEnLigne, ici: PageDuPlan, *, ligne: str = ""
) -> HttpResponse:
    """What the button says, now that the page is kept."""
    if "quitter" in request.POST:
        return redirect("demande-reprendre", demande.cle)
    if ligne:
        return redirect(f"{demande.adresse(ligne if demande.page_du_plan(ligne) else ici.code)}")
    if CONTINUER not in request.POST:
        return redirect(demande.adresse(ici.code if demande.page_du_plan(ici.code) else demande.reprise))
    return redirect(demande.adresse_apres(ici.code, retour=request.POST.get(RETOUR) == RELIRE))


def _proposer(request: RequeteDuMenage, demande: DemandeEnLigne, posee: PagePosee) -> PagePosee:
    """The page with what is proposed for the field whose button was pressed; no address leaves that must not."""
    assert posee.page is not None
    nom, cadre = request.POST[CHERCHER], posee.page.cadre
    tapee = premier(posee.page.brut, nom)
    if posee.plan.code == VILLES and isinstance(cadre.geographie.resoudre(tapee, cadre.territoire), Trouvee):
        return posee  # it is in the list
    ou = Ou(Pour(cadre.territoire, Canal.PORTAIL), not demande.garde_ses_adresses, cadre.aujourd_hui)
    posee.page.proposer(nom, proposer(nom, posee.page.brut, geographie=cadre.geographie, ou=ou))
    return posee


def montrer_page(
    request: HttpRequest,
    demande: DemandeEnLigne,
    posee: PagePosee,
    *,
    question: AvecQui | None = None,
    lu: int | None = None,
    statut: int = 200,
) -> HttpResponse:
    """``lu``: the number that the page was opened at, when the draft has been saved since."""
    ici = posee.plan
    precedente = demande.precedente(ici.code)
    if ici.code == AVEC_QUI and question is None:
        question = AvecQui(demande, None)
    contexte = {
        "demande": demande,
        "plan": ici,
        "posee": posee,
        "page": posee.page,
        "question": question,
        "erreurs": (*(question.erreurs if question else ()), *posee.erreurs),
        "lu": demande.brouillon.numero if lu is None else lu,
        "depasse": lu is not None,
        "etape": list(ETAPES).index(ici.etape) + 1,
        "etapes": len(ETAPES),
        "restent": demande.restent(ici.code),
        "precedente": demande.adresse(precedente) if precedente else "",
        "retour": request.GET.get(RETOUR, request.POST.get(RETOUR, "")),
        "gardees_le": demande.brouillon.maj_le if demande.brouillon.numero > 1 else None,
        "au_menage": True,
        "proposer": True,
    }
    return render(request, "portail/nouvelle/page.html", contexte, status=statut)


def _choisir_entre_deux(
    request: RequeteDuMenage, demande: DemandeEnLigne, ici: PageDuPlan, envoi: Envoi, reunion: Reunion
) -> HttpResponse:
    """The same answer was typed on two devices: both are shown, the person picks."""
    lecture = get_lecture(demande.cadre.aujourd_hui)
    contexte = {
        "deux_appareils": True,
        "erreurs": dire_ce_qui_manque(reunion.restent) if envoi.vue else (),
        "lignes": confronter(reunion.conflits, reunion.present, lecture, choix=envoi.choix),
        "caches": [
            (VUE, demande.brouillon.numero),
            (LU, envoi.lu),
            *((nom, valeur) for nom, valeurs in envoi.brut.items() if ici.porte(nom) for valeur in valeurs),
        ],
        "retour": demande.adresse(ici.code),
    }
    return render(request, "portail/menage/choisir.html", contexte, status=409)


# -- reading again, sending ----------------------------------------------------------------------------------------
def _relire(request: RequeteDuMenage, demande: DemandeEnLigne) -> HttpResponse:
    """Everything that was typed, what is missing, the declaration, one button."""
    if request.method != "POST":
        return montrer_relecture(request, demande)
    saisi = brut_de(request.POST)
    ici = demande.page_du_plan(RELIRE)
    assert ici is not None
    if lire_revision(saisi, LU) != demande.brouillon.numero:
        dit = gettext("Vos réponses ont changé depuis que cette page est ouverte. Relisez-les, puis envoyez.")
        return montrer_relecture(request, demande, (ErreurDeChamp(dit),), statut=409)
    envoi, _ = lire_page(demande, ici, saisi)
    # Sent as the draft holds it, it is judged already, but for the words of this page; and the draft is about to end.
    deja = demande.dit_deja(ici.source, envoi.brut)
    if not (deja and ici.est_vide(envoi.brut)):
        posee = demande.posee(ici, envoi.brut, controler=True)
        if not (deja and posee.valide):
            demande = _garder(demande, envoi, autres=demande.vues_avec(RELIRE) if posee.valide else {})
        if not posee.valide:
            return montrer_relecture(request, demande, posee.erreurs)
    if "envoyer" not in request.POST:
        return redirect(demande.adresse(RELIRE))
    if erreurs := _ce_qui_empeche(demande, saisi):
        return montrer_relecture(request, demande, erreurs, declaree="declare" in saisi)
    return _envoyer(request, demande)


def _ce_qui_empeche(demande: DemandeEnLigne, saisi: Brut) -> tuple[ErreurDeChamp, ...]:
    """What is not answered, what is wrong, then the declaration."""
    a_repondre = gettext("%(question)s Répondez à cette page.")
    a_corriger = gettext("%(question)s Corrigez cette page.")
    erreurs = [
        *(ErreurDeChamp(a_repondre % {"question": p.question}, _vers(demande, p)) for p in demande.a_faire),
        *(
            ErreurDeChamp(a_corriger % {"question": p.question}, _vers(demande, p))
            for p in demande.a_corriger
        ),
    ]
    if "declare" in saisi:  # where nothing is left, the register is about to ask the rest itself
        return tuple(erreurs)
    if not erreurs and (dit := demande.refus_du_courriel):
        erreurs = [_a_prouver(demande, dit)]
    if not erreurs:
        erreurs = [demande.lieu_de(manque) for manque in demande.manques]
    dit = gettext("Cochez la case pour déclarer que vos réponses sont exactes.")
    return (*erreurs, ErreurDeChamp(dit, "id_declare"))


def _a_prouver(demande: DemandeEnLigne, phrase: str) -> ErreurDeChamp:
    """Why the e-mail does not do yet, as a line that leads to its page."""
    return ErreurDeChamp(gettext(phrase), reverse("demande-courriel", args=[demande.cle]))


def _vers(demande: DemandeEnLigne, page: PageDuPlan) -> str:
    return f"{demande.adresse(page.code)}?{RETOUR}={RELIRE}"


def _envoyer(request: RequeteDuMenage, demande: DemandeEnLigne) -> HttpResponse:
    """Hand in to the register; what is refused comes back with sentences, and the draft stays."""
    session, instant = request.visiteur.session, request.visiteur.instant
    a_envoyer = AEnvoyer(
        lu=demande.brouillon.numero,
        contenu=demande.contenu,
        nirs=demande.nirs,
        voie=session.voie,
        territoire=demande.cle,
        pivot=demande.identite,
    )
    try:
        envoye = envoyer_depot_en_ligne(demande.id, a_envoyer, acte=Acte(demande.acteur, instant))
    except ConflitDeRevision:
        dit = gettext("Vos réponses ont changé depuis que cette page est ouverte. Relisez-les, puis envoyez.")
        return montrer_relecture(
            request, lire_demande(request, demande.cle), (ErreurDeChamp(dit),), statut=409
        )
    except DepotIncomplet as refus:
        erreurs = tuple(demande.lieu_de(anomalie) for anomalie in refus.anomalies)
        return montrer_relecture(request, demande, erreurs, declaree=True)
    except Interdit as refus:
        du_courriel = refus.champ == COURRIEL
        dite = _a_prouver(demande, refus.phrase) if du_courriel else ErreurDeChamp(dire_refus(refus.phrase))
        return montrer_relecture(request, demande, (dite,), declaree=True, statut=409)
    return redirect("demande-envoyee", envoye.territoire)


def montrer_relecture(
    request: HttpRequest,
    demande: DemandeEnLigne,
    erreurs: Sequence[ErreurDeChamp] = (),
    *,
    declaree: bool = False,
    statut: int = 200,
) -> HttpResponse:
    ici = demande.page_du_plan(RELIRE)
    assert ici is not None
    contexte = {
        "demande": demande,
        "plan": ici,
        "posee": demande.posee(ici),
        "parties": relire_tout(demande),
        "a_faire": [(p.question, _vers(demande, p)) for p in (*demande.a_faire, *demande.a_corriger)],
        "plus_tard": [(p.question, _vers(demande, p)) for p in demande.a_completer_plus_tard],
        "remarques": [(demande.question_de(r), demande.lieu_de(r)) for r in demande.remarques],
        "lu": demande.brouillon.numero,
        "declaree": declaree,
        "erreurs": erreurs,
        "etape": len(ETAPES),
        "etapes": len(ETAPES),
        "precedente": demande.adresse(demande.precedente(RELIRE)),
        "gardees_le": demande.brouillon.maj_le,
    }
    return render(request, "portail/nouvelle/relire.html", contexte, status=statut)


@require_safe
def envoyee(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """The receipt: the date that counts, the reference, what comes next."""
    envoye = envoi_de(request, territoire)
    if envoye is None:
        return redirect("demande-commencer")
    return render(request, "portail/nouvelle/envoyee.html", {"envoi": envoye})


def montrer_les_mots(request: HttpRequest, mots: str, *, suite: str) -> HttpResponse:
    """The two words that protect a draft, said once."""
    return render(request, "portail/nouvelle/mots.html", {"mots": mots, "suite": suite})
