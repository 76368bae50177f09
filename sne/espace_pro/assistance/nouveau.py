"""A new question: typed, then read again with who gets it, who reads it and what already answers, then sent."""

from collections.abc import Mapping
from importlib.metadata import version

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from sne.assistance.actions.ouvrir import NouveauTicket, noter_evite, ouvrir_ticket, retenir_equipe
from sne.assistance.rules.equipes import POUR_MOI, est_nationale
from sne.assistance.rules.niveaux import (
    CATEGORIES,
    Categorie,
    est_confidentiel,
    premiere_place,
    role_de,
    territoire_de,
)
from sne.assistance.rules.textes import lire_corps, lire_titre, nuds_montres
from sne.assistance.selectors.avant import SEUL, equipe_de, equipes_de, equipes_retenues, proposer
from sne.assistance.selectors.tickets import nom_et_nombre
from sne.espace_pro.assistance.cadre import dossiers_lisibles, montrer
from sne.espace_pro.assistance.forms import FormulaireEnvoi, FormulaireTicket
from sne.espace_pro.assistance.rendu import NOMS_DU_CONTEXTE, avec_numeros
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.site_pro.rules.pages import GENRES
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.textes.rules import Genre, lire_numeros

ECRAN = "assistance_ecran"
"""Where a session keeps the screen whose « ? » was asked for last."""
REGLEE = "Tant mieux. Rien n’a été envoyé."


@exiger(Permission.TICKET_OUVRIR)
@require_http_methods(["GET", "POST"])
def nouvelle(request: RequeteHabilitee) -> HttpResponse:
    """The question, then what becomes of it, then it is sent; each page keeps what was typed."""
    etape = request.POST.get("etape", "")
    formulaire = FormulaireTicket(saisi_de(request), initial=_deja(request))
    if request.method == "GET" or not formulaire.is_valid() or etape == "corriger":
        if etape == "corriger":
            formulaire = FormulaireTicket(initial=request.POST.dict())
        return _saisie(request, formulaire)
    categorie = formulaire.cleaned_data["categorie"]
    if etape == "reglee":
        noter_evite(categorie, acte=acte_de(request))
        messages.success(request, REGLEE)
        return redirect("aide-accueil")
    try:
        if etape != "envoyer":
            return _relecture(request, formulaire)
        ticket = ouvrir_ticket(_dit(request, formulaire.cleaned_data), acte=acte_de(request))
    except Interdit as refus:
        if refus.champ == "partage":
            return _relecture(request, formulaire, refus=refus)
        formulaire.refuser(refus)
        return _saisie(request, formulaire)
    messages.success(request, f"Votre demande {ticket.numero} est envoyée.")
    return redirect("assistance-ticket", ticket.numero)


@exiger(Permission.TICKET_OUVRIR)
@require_GET
def propositions(request: RequeteHabilitee) -> JsonResponse:
    """While the title is typed: what already answers, in the form that the box of the site reads."""
    acteur, le = request.acteur, maintenant()
    trouvees = proposer(request.GET.get("q", ""), acteur, le=le, pages=[g.value for g in GENRES])
    liste = [{"libelle": p.titre, "detail": p.reponse, "url": p.url} for p in trouvees]
    phrase = f"{len(liste)} proposition{'s' * (len(liste) > 1)}." if liste else "Aucune proposition."
    return JsonResponse({"propositions": liste, "phrase": phrase})


@exiger(Permission.TICKET_OUVRIR)
@require_http_methods(["GET", "POST"])
def equipes(request: RequeteHabilitee) -> HttpResponse:
    """The team that one shares with unless one says otherwise, for all and for each category."""
    acteur, le = request.acteur, maintenant()
    offertes = equipes_de(acteur, le=le)
    if request.method == "POST":
        categorie = request.POST.get("categorie", "")
        retenir_equipe(categorie, request.POST.get("cle", ""), acte=Acte(acteur, le))
        messages.success(request, "Votre choix est retenu.")
        return redirect("assistance-equipes")
    retenues = equipes_retenues(acteur)
    sortes = [("", "Toutes les demandes")] + [
        (c.value, nom) for c, (nom, _) in CATEGORIES.items() if c is not Categorie.SECURITE
    ]
    lignes = [
        {
            "code": code,
            "nom": nom,
            "cle": retenues.get(code, equipe_de(acteur, code)),
            "choisie": code in retenues,
        }
        for code, nom in sortes
    ]
    return montrer(request, "espace_pro/assistance/equipes.html", {"lignes": lignes, "equipes": offertes})


def _saisie(request: RequeteHabilitee, formulaire: FormulaireTicket) -> HttpResponse:
    acteur, le = request.acteur, maintenant()
    place = premiere_place(Categorie.GENANT, role_de(acteur), acteur.territoire)
    ecran = request.POST.get("ecran") or request.GET.get("ecran") or request.session.get(ECRAN, "")
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "recue_par": nom_et_nombre(place.cle, le=jour(le)),
        "partage": _nom(equipe_de(acteur, ""), equipes_de(acteur, le=le)),
        "ecran": ecran[:80],
        "suite": _suite(request),
    }
    return montrer(request, "espace_pro/assistance/nouvelle.html", contexte)


def _relecture(
    request: RequeteHabilitee, formulaire: FormulaireTicket, *, refus: Interdit | None = None
) -> HttpResponse:
    """What will be sent, as it will be kept; who gets it, who reads it; what already answers. Raises ``Interdit``."""
    acteur, le, saisi = request.acteur, maintenant(), formulaire.cleaned_data
    titre, corps = lire_titre(saisi["titre"]), lire_corps(saisi["corps"])
    territoire = territoire_de(acteur, nuds_montres(acteur, titre, corps.source))
    place = premiere_place(Categorie(saisi["categorie"]), role_de(acteur), territoire)
    confidentiel = est_confidentiel(place.niveau)
    equipes_offertes = () if confidentiel else equipes_de(acteur, le=le)
    proposee = POUR_MOI if confidentiel else equipe_de(acteur, saisi["categorie"])
    envoi = FormulaireEnvoi(initial={"partage": proposee}, equipes=equipes_offertes)
    if refus:
        envoi = FormulaireEnvoi({"partage": request.POST.get("partage", "")}, equipes=equipes_offertes)
        envoi.is_valid()
        if not envoi.errors:
            envoi.add_error("partage", refus.phrase)
    contexte = {
        "saisi": saisi | {"titre": titre, "corps": corps.source},
        "categorie": CATEGORIES[Categorie(saisi["categorie"])][0],
        "apercu": avec_numeros(corps.html, dossiers_lisibles(acteur, corps.source), ""),
        "masque": corps.source != saisi["corps"].strip() or titre != " ".join(saisi["titre"].split()),
        "recue_par": nom_et_nombre(place.cle, le=jour(le)),
        "confidentiel": confidentiel,
        "suite": _suite(request),
        "partage_propose": _nom(proposee, equipes_offertes),
        "envoi": envoi,
        "erreurs": envoi.erreurs(),
        "nationales": [nom for cle, nom in equipes_offertes if est_nationale(cle) and SEUL not in nom],
        "propositions": proposer(f"{titre} {corps.source}", acteur, le=le, pages=[g.value for g in GENRES]),
        "contexte": [(nom, NOMS_DU_CONTEXTE[nom], valeur) for nom, valeur in _contexte(request).items()],
    }
    return montrer(request, "espace_pro/assistance/relecture.html", contexte)


def _contexte(request: RequeteHabilitee) -> dict[str, str]:
    acteur = request.acteur
    lus = {
        "ecran": request.POST.get("ecran", "")[:80],
        "version": version("sne"),
        "navigateur": request.headers.get("User-Agent", "")[:120],
        "role": acteur.extra.get("role_libelle", ""),
        "guichet": acteur.guichet,
    }
    return {nom: valeur for nom, valeur in lus.items() if valeur}


def _dit(request: RequeteHabilitee, saisi: Mapping[str, str]) -> NouveauTicket:
    joints = set(request.POST.getlist("joindre"))
    return NouveauTicket(
        categorie=saisi["categorie"],
        titre=saisi["titre"],
        corps=saisi["corps"],
        partage=request.POST.get("partage", ""),
        retenir="retenir" in request.POST,
        contexte={nom: valeur for nom, valeur in _contexte(request).items() if nom in joints},
        suite=_suite(request),
    )


def _deja(request: RequeteHabilitee) -> dict[str, str]:
    """The file that the question comes from, written in it: a number, that its reader sees as one; its kind."""
    nuds = [m.texte for m in lire_numeros(request.GET.get("dossier", "")) if m.genre is Genre.NUD]
    deja = {"corps": f"Dossier {nuds[0]}\u00a0: "} if nuds else {}
    categorie = request.GET.get("categorie", "")
    return deja | ({"categorie": categorie} if categorie in set(Categorie) else {})


def _suite(request: RequeteHabilitee) -> str:
    """The number of the ticket that this one follows, when it comes from its page."""
    return (request.POST.get("suite") or request.GET.get("suite", ""))[:13]


def _nom(cle: str, offertes: tuple[tuple[str, str], ...]) -> str:
    return dict(offertes).get(cle, "personne, vous la gardez pour vous")
