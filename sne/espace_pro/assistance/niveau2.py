"""What level 2 keeps: incidents, tickets that go together, e-mails without a ticket, answers for the site; figures."""

import uuid
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.assistance.actions.courriels import classer_courriel
from sne.assistance.actions.incidents import Annonce, annoncer, clore_incident, fusionner, rattacher, separer
from sne.assistance.models import Incident
from sne.assistance.policies import can_annoncer
from sne.assistance.possible import exiger_annoncer, exiger_promouvoir
from sne.assistance.rules.niveaux import CATEGORIES, Categorie
from sne.assistance.rules.textes import noms_a_taire, origine_de
from sne.assistance.selectors.avant import list_incidents_en_cours
from sne.assistance.selectors.chiffres import list_chiffres
from sne.assistance.selectors.courriels import compter_a_rattacher, list_a_rattacher
from sne.assistance.selectors.tickets import get_ticket
from sne.cellules.routage import lister_partout
from sne.espace_pro.assistance.cadre import montrer
from sne.espace_pro.assistance.forms import FormulaireFin, FormulaireIncident
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_noms
from sne.registre.demande.selectors.identites import list_noms_portes
from sne.site_pro.actions.rediger import proposer
from sne.socle.erreurs import Interdit, Introuvable, Refus
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.lignes import trouver
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

MOIS_DE_CHIFFRES = 3
PROPOSEE = "Un brouillon est ouvert avec la réponse. Relisez-le\u00a0: une autre personne le publiera."


@exiger(Permission.TICKET_OUVRIR)
@require_GET
def incident(request: RequeteHabilitee, incident_id: uuid.UUID) -> HttpResponse:
    """What goes wrong, to whoever works with the service; how to end it, to level 2."""
    return _incident(request, _trouver(incident_id))


@exiger(Permission.TICKET_TRAITER)
@require_http_methods(["GET", "POST"])
def incidents(request: RequeteHabilitee) -> HttpResponse:
    """Those that last, and a new one."""
    exiger_annoncer(request.acteur)
    formulaire = FormulaireIncident(saisi_de(request))
    if formulaire.is_valid():
        annoncer(Annonce(**formulaire.cleaned_data), acte=acte_de(request))
        messages.success(request, "L’incident est annoncé.")
        return redirect("assistance-incidents")
    contexte = {
        "incidents": list_incidents_en_cours(le=maintenant()),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return montrer(request, "espace_pro/assistance/incidents.html", contexte)


@exiger(Permission.TICKET_TRAITER)
@require_POST
def finir_incident(request: RequeteHabilitee, incident_id: uuid.UUID) -> HttpResponse:
    """It is over: all its tickets are answered."""
    trouve, formulaire = _trouver(incident_id), FormulaireFin(request.POST)
    if formulaire.is_valid():
        try:
            nombre = clore_incident(incident_id, formulaire.cleaned_data["reponse"], acte=acte_de(request))
        except Interdit as refus:
            formulaire.add_error("reponse", refus.phrase)
        else:
            messages.success(request, f"L’incident est terminé. Demandes résolues\u00a0: {nombre}.")
            return redirect("assistance-incidents")
    return _incident(request, trouve, fin=formulaire)


@exiger(Permission.TICKET_TRAITER)
@require_POST
def relier(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """This ticket is of an incident, asks what another asks, or asks two things."""
    acte, quoi = acte_de(request), request.POST.get("quoi", "")
    try:
        if quoi == "incident":
            rattacher(numero, uuid.UUID(request.POST.get("incident", "")), acte=acte)
        elif quoi == "doublon":
            fusionner(numero, request.POST.get("autre", "").strip().upper(), acte=acte)
        else:
            separer(
                numero, uuid.UUID(request.POST.get("message", "")), request.POST.get("titre", ""), acte=acte
            )
    except (Interdit, Introuvable) as refus:
        messages.error(request, refus.phrase)
    except ValueError:
        messages.error(request, "Choisissez dans la liste.")
    else:
        messages.success(request, "C’est fait.")
    return redirect("assistance-ticket", numero)


@exiger(Permission.TICKET_TRAITER)
@require_http_methods(["GET", "POST"])
def courriels(request: RequeteHabilitee) -> HttpResponse:
    """E-mails that no ticket took; a number that does not do leaves it there, as typed."""
    exiger_annoncer(request.acteur)
    refus, lequel, numero = "", request.POST.get("courriel", ""), request.POST.get("numero", "")
    if request.method == "POST":
        try:
            acte = acte_de(request)
            classer_courriel(uuid.UUID(lequel), numero.strip().upper(), acte=acte)
        except (Refus, ValueError) as erreur:
            refus = erreur.phrase if isinstance(erreur, Refus) else "Choisissez dans la liste."
        else:
            messages.success(request, "Le courriel est classé.")
            return redirect("assistance-courriels")
    courriels = list_a_rattacher()
    if refus and lequel not in {str(c.id) for c in courriels}:
        messages.error(request, refus)
    contexte = {
        "courriels": courriels,
        "reste": compter_a_rattacher() - len(courriels),
        "refus": refus,
        "lequel": lequel,
        "numero": numero,
    }
    return montrer(request, "espace_pro/assistance/courriels.html", contexte)


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def proposer_au_site(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """A draft of the site from a solved ticket: its question and answer, without number nor name, of who wrote it or of
    the files that it points to.
    """
    ticket = get_ticket(numero, request.acteur)
    exiger_promouvoir(request.acteur, ticket)
    noms = (
        *list_noms({m.auteur for m in ticket.messages.all()}).values(),
        *lister_partout(lambda: list_noms_portes(ticket.nuds)),
    )
    fil = ticket.messages.filter(interne=False).order_by("-survenu_le", "-id")
    derniere = fil.filter(cote="NIVEAU").first() or fil.filter(cote="SERVICE").first()
    contenu: dict[str, Any] = {
        "titre": ticket.titre,
        "corps": f"## Réponse\n{derniere.corps if derniere else ''}",
        "note": f"D’après une demande d’assistance résolue, messages\u00a0: {fil.count()}.",
        "genre": "FAQ",
        "theme": "support",
        "publics": ["guichet"],
        "acces": ["pro"],
        "adresse": f"support/{numero.lower()}",
    }
    brouillon = proposer(contenu, origine=origine_de(numero), noms=noms_a_taire(noms), acte=acte_de(request))
    messages.success(request, PROPOSEE)
    return redirect("aide-ecrire", brouillon)


@exiger(Permission.TICKET_CHIFFRES)
@require_GET
def chiffres(request: RequeteHabilitee) -> HttpResponse:
    """Three months by territory and category: delays, solved, opened again, avoided. No person is in it."""
    au = aujourd_hui()
    du = au - relativedelta(months=MOIS_DE_CHIFFRES)
    noms = {c.value: nom for c, (nom, _) in CATEGORIES.items()}
    lignes = [(ligne, noms.get(Categorie(ligne.categorie), "")) for ligne in list_chiffres(du=du, au=au)]
    return montrer(request, "espace_pro/assistance/chiffres.html", {"lignes": lignes, "du": du, "au": au})


def _trouver(incident_id: uuid.UUID) -> Incident:
    return trouver(Incident.objects.filter(id=incident_id), "Cet incident n’existe pas.")


def _incident(
    request: RequeteHabilitee, trouve: Incident, *, fin: FormulaireFin | None = None
) -> HttpResponse:
    clot = can_annoncer(request.acteur) and trouve.fin is None
    contexte = {
        "incident": trouve,
        "fin": (fin or FormulaireFin()) if clot else None,
        "erreurs": fin.erreurs() if fin else (),
        "nombre": trouve.tickets.count() if clot else 0,
    }
    return montrer(request, "espace_pro/assistance/incident.html", contexte)
