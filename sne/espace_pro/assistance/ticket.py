"""One ticket: its thread, who has it, who reads it, what each may do now; the file it points to, its files."""

import uuid
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.assistance.actions.lire import lire_confidentiel
from sne.assistance.actions.partager import ne_plus_partager, partager
from sne.assistance.actions.passer import passer, prendre
from sne.assistance.actions.pieces import NATIONAL, Jointe, nom_garde, refuser_un_nir
from sne.assistance.actions.repondre import Ecrit, dire_si_utile, ecrire, resoudre_soi_meme
from sne.assistance.models import Ticket
from sne.assistance.policies import can_montrer_un_dossier, can_traiter, qui_est
from sne.assistance.possible import (
    exiger_avis,
    exiger_ecrire,
    exiger_partager,
    exiger_prendre,
    exiger_promouvoir,
    suites_possibles,
)
from sne.assistance.rules.etats import FINIS, SATISFACTIONS, Qui, nom_du_statut
from sne.assistance.rules.niveaux import CATEGORIES, SUITES, Categorie, Niveau, est_confidentiel
from sne.assistance.rules.textes import origine_de
from sne.assistance.selectors.avant import equipes_de, list_incidents_en_cours
from sne.assistance.selectors.listes import list_masques
from sne.assistance.selectors.tickets import (
    count_reunis,
    get_piece,
    get_reunie,
    get_ticket,
    list_echeances,
    list_fil,
    list_partages,
    list_passages,
    list_suites,
    qui_l_a,
)
from sne.cellules.routage import dans, du_territoire
from sne.documents.ouverture import ouvrir
from sne.documents.reception import recevoir
from sne.documents.rules import DocumentRefuse, Part
from sne.espace_pro.assistance.cadre import dossiers_lisibles, montrer
from sne.espace_pro.assistance.forms import FormulairePartage, FormulairePassage, FormulaireReponse
from sne.espace_pro.assistance.rendu import avec_numeros, dire_contexte
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission, cles_de
from sne.habilitations.selectors import list_noms
from sne.registre.lecture.actions.consulter import consulter_pour_repondre
from sne.registre.pieces.selectors.documents import get_limites
from sne.site_pro.selectors.lecture import list_pages_issues_de
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.forms import Formulaire
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de

PIECES_AU_PLUS = 3
AUTEUR_PREVENU = "Son auteur est prévenu."
MENAGE_PREVENU = "La personne est prévenue, si un courriel peut lui être écrit."


@exiger(Permission.TICKET_OUVRIR)
@require_GET
def voir(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """The ticket, to who reads it; reading one that is with the officer leaves a trace."""
    return _page(request, get_ticket(numero, request.acteur))


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def repondre(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """A word on the thread, with files if any."""
    ticket, acteur = get_ticket(numero, request.acteur), request.acteur
    formulaire = FormulaireReponse(request.POST, suites=_suites(ticket, acteur))
    if not formulaire.is_valid():
        return _page(request, ticket, reponse=formulaire)
    lu = formulaire.cleaned_data
    try:
        exiger_ecrire(acteur, ticket, interne=bool(lu.get("interne")), le=maintenant())
        dit = Ecrit(
            corps=lu["corps"],
            suite=lu.get("suite", ""),
            interne=bool(lu.get("interne")),
            copie=lu["copie"],
            pieces=_recevoir(request),
        )
        ecrire(numero, dit, acte=Acte(acteur, maintenant()))
    except (Interdit, DocumentRefuse) as refus:
        formulaire.add_error("corps", str(refus))
        return _page(request, ticket, reponse=formulaire)
    messages.success(request, "La note est ajoutée." if dit.interne else "Votre message est envoyé.")
    return redirect("assistance-ticket", numero)


@exiger(Permission.TICKET_TRAITER)
@require_POST
def prendre_ticket(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """It is mine from now on."""
    prendre(numero, acte=acte_de(request))
    messages.success(request, "Vous vous en occupez.")
    return redirect("assistance-ticket", numero)


@exiger(Permission.TICKET_TRAITER)
@require_POST
def passer_ticket(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """To another level, with its thread."""
    ticket = get_ticket(numero, request.acteur)
    formulaire = FormulairePassage(request.POST, niveaux=SUITES[Niveau(ticket.niveau)])
    if not formulaire.is_valid():
        return _page(request, ticket, passage=formulaire)
    try:
        prevenu = passer(numero, **formulaire.cleaned_data, acte=acte_de(request))
    except Interdit as refus:
        formulaire.refuser(refus)
        return _page(request, ticket, passage=formulaire)
    dit = AUTEUR_PREVENU if prevenu else MENAGE_PREVENU if ticket.menage else ""
    messages.success(request, f"{numero} est passée. {dit}".rstrip())
    return redirect("assistance")


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def partager_ticket(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """One more team reads it."""
    partager(numero, request.POST.get("cle", ""), acte=acte_de(request))
    messages.success(request, "La demande est partagée.")
    return redirect("assistance-ticket", numero)


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def departager_ticket(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """One team less."""
    ne_plus_partager(numero, request.POST.get("cle", ""), acte=acte_de(request))
    messages.success(request, "Cette équipe ne lit plus la demande.")
    return redirect("assistance-ticket", numero)


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def resoudre_ticket(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """Its author needs no answer any more."""
    resoudre_soi_meme(numero, acte=acte_de(request))
    messages.success(request, "Votre demande est résolue.")
    return redirect("assistance-ticket", numero)


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def juger_ticket(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """The one question."""
    dire_si_utile(numero, request.POST.get("reponse", ""), acte=acte_de(request))
    messages.success(request, "Merci.")
    return redirect("assistance-ticket", numero)


@exiger(Permission.TICKET_OUVRIR)
@require_http_methods(["GET", "POST"])
def dossier(request: RequeteHabilitee, numero: str, nud: str) -> HttpResponse:
    """The file that a ticket points to: asked for, then read under the ticket's number, which its history tells."""
    ticket = get_ticket(numero, request.acteur)
    if nud not in _ouvrables(ticket, request.acteur):
        raise Introuvable("Aucune demande d’assistance que vous traitez ne montre ce dossier.")
    contexte: dict[str, Any] = {"ticket": ticket, "nud": nud, "fiche": None}
    if request.method == "POST":
        with dans(du_territoire(nud)):
            fiche = consulter_pour_repondre(nud, question=numero, acte=acte_de(request))
        contexte |= {"fiche": fiche, "entier": request.acteur.peut(Permission.DEMANDE_LIRE)}
    return montrer(request, "espace_pro/assistance/dossier.html", contexte)


@exiger(Permission.TICKET_OUVRIR)
@require_GET
def piece(request: RequeteHabilitee, piece_id: uuid.UUID) -> StreamingHttpResponse:
    """A file of the thread, to who reads the thread."""
    jointe = get_piece(piece_id, request.acteur)
    ouvert = ouvrir(jointe.document, territoire=NATIONAL, part=Part.ORIGINAL, filigrane=None)
    reponse = StreamingHttpResponse(ouvert.octets, content_type=ouvert.mime)
    reponse["Content-Disposition"] = "attachment"
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Content-Security-Policy"] = "sandbox"
    return reponse


def _page(
    request: RequeteHabilitee,
    ticket: Ticket,
    *,
    reponse: Formulaire | None = None,
    passage: Formulaire | None = None,
) -> HttpResponse:
    acteur, le = request.acteur, maintenant()
    if est_confidentiel(ticket.niveau):
        lire_confidentiel(ticket, acte=Acte(acteur, le))
    fil = list_fil(ticket, acteur)
    lisibles = _ouvrables(ticket, acteur) | dossiers_lisibles(acteur, *(m.html for m in fil))
    partages = list_partages(ticket)
    actives = {cle for cle, _, _, retire in partages if retire is None}
    traite = can_traiter(acteur, ticket)
    ecrit = not refus_de(exiger_ecrire, acteur, ticket, interne=False, le=le)
    formulaires = [f for f in (reponse, passage) if f is not None]
    auteur = qui_est(acteur, ticket) is Qui.AUTEUR
    contexte = {
        "ticket": ticket,
        "categorie": CATEGORIES[Categorie(ticket.categorie)][0],
        "statut": nom_du_statut(ticket.statut),
        "fini": ticket.statut in FINIS,
        "fil": [(m, avec_numeros(m.html, lisibles, ticket.numero)) for m in fil],
        "chez": qui_l_a(ticket, le=jour(le)),
        "echeances": list_echeances(ticket, toutes=traite),
        "assigne": list_noms([ticket.assigne]).get(ticket.assigne) if ticket.assigne else "",
        "auteur": auteur,
        "traite": traite,
        "confidentiel": est_confidentiel(ticket.niveau),
        "partages": partages,
        "passages": list_passages(ticket),
        "suites": list_suites(ticket, acteur),
        "pages": list_pages_issues_de(origine_de(ticket.numero), cles=cles_de(acteur), le=le),
        "contexte": dire_contexte(ticket.contexte),
        "suivre": auteur and not ecrit,
        "masque": ticket.id in list_masques(acteur),
        "dossiers": [(nud, nud in lisibles) for nud in ticket.nuds],
        "satisfactions": SATISFACTIONS.items() if not refus_de(exiger_avis, acteur, ticket) else (),
        "prend": traite and ticket.assigne != acteur.id and not refus_de(exiger_prendre, acteur, ticket),
        "promeut": not refus_de(exiger_promouvoir, acteur, ticket),
        "reponse": (reponse or FormulaireReponse(suites=_suites(ticket, acteur))) if ecrit else None,
        "passage": _passage(ticket, acteur, passage),
        "partage": _partage(ticket, acteur, actives),
        "incidents": list_incidents_en_cours(le=le) if traite else (),
        "doublons": count_reunis(ticket) if traite else 0,
        "reunie": get_reunie(ticket, acteur) if traite else None,
        "enquete": ticket.nuds if traite and acteur.peut(Permission.ENQUETE_OUVRIR) else (),
        "erreurs": [e for f in formulaires for e in f.erreurs()],
        "pieces_au_plus": PIECES_AU_PLUS,
    }
    return montrer(request, "espace_pro/assistance/ticket.html", contexte)


def _suites(ticket: Ticket, acteur: Acteur) -> tuple[Any, ...]:
    return suites_possibles(ticket) if can_traiter(acteur, ticket) else ()


def _passage(ticket: Ticket, acteur: Acteur, tape: Formulaire | None) -> Formulaire | None:
    niveaux = [n for n in SUITES[Niveau(ticket.niveau)] if n is not Niveau.GT or ticket.territoire]
    if refus_de(exiger_prendre, acteur, ticket) or not niveaux:
        return None
    return tape or FormulairePassage(niveaux=niveaux)


def _partage(ticket: Ticket, acteur: Acteur, actives: set[str]) -> Formulaire | None:
    if refus_de(exiger_partager, acteur, ticket):
        return None
    offertes = [e for e in equipes_de(acteur, le=maintenant()) if e[0] not in actives]
    return FormulairePartage(equipes=offertes) if offertes else None


def _ouvrables(ticket: Ticket, acteur: Acteur) -> frozenset[str]:
    """Files of this ticket that this reader may open: as any reader of the register, or because they answer it."""
    montres = {nud for nud in ticket.nuds if can_montrer_un_dossier(acteur, ticket, nud)}
    return dossiers_lisibles(acteur, *ticket.nuds) | montres


def _recevoir(request: RequeteHabilitee) -> tuple[Jointe, ...]:
    """The files of the form, taken in before any transaction. Raises ``DocumentRefuse``."""
    le = maintenant()
    recus = [f for f in request.FILES.getlist("fichiers") if f][:PIECES_AU_PLUS]
    return tuple(
        Jointe(
            recevoir(
                cast("BinaryIO", f),
                nom=nom_garde(f.name or ""),
                territoire=NATIONAL,
                survenu_le=le,
                limites=get_limites(jour(le)),
                relire=refuser_un_nir,
            ).id,
            f.name or "",
        )
        for f in recus
    )
