"""The calendar: a month as a list, then as a grid; one meeting and what belongs to it; the feed of a calendar."""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.collaboratif.annonces.lecture import list_annonces
from sne.collaboratif.annonces.models import Annonce
from sne.collaboratif.annonces.possible import exiger_lire_annonce
from sne.collaboratif.calendrier import actions
from sne.collaboratif.calendrier.lecture import get_flux, get_rencontre, lire_flux, list_rencontres
from sne.collaboratif.calendrier.models import Rencontre
from sne.collaboratif.calendrier.rules import COUCHES, Couche, grille
from sne.collaboratif.echanges.lecture import list_sujets
from sne.collaboratif.echanges.models import Sujet
from sne.collaboratif.espaces.possible import exiger_droit, exiger_tenir
from sne.collaboratif.espaces.rules import Droit
from sne.collaboratif.espaces.selectors import Lecteur, list_espaces, territoire_tenu
from sne.collaboratif.questionnaires.lecture import get_besoin, get_questionnaire
from sne.espace_pro.espaces.flux import ecrire_flux
from sne.espace_pro.espaces.forms import (
    FormulaireFlux,
    FormulaireRaison,
    FormulaireRencontre,
    FormulaireSuites,
)
from sne.espace_pro.espaces.gestes import formuler, lecteur, presser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission, cles_de
from sne.programme.selectors import get_titres
from sne.site_pro.selectors.lecture import list_pages
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.horloge import PARIS, aujourd_hui, jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant, saisi_de
from sne.socle.signes import INSECABLE


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def calendrier(request: RequeteHabilitee) -> HttpResponse:
    """A month, as a list or as a grid."""
    lit, mois = lecteur(request), _mois(request.GET.get("mois", ""))
    lues = list(list_rencontres(lit, mois=mois))
    jours = [[jour(r.debut)] for r in lues]
    semaines = [
        [{"case": c, "rencontres": [lues[rang] for rang in c.rangs]} for c in semaine]
        for semaine in grille(mois, jours)
    ]
    contexte = {
        "mois": mois,
        "avant": mois - relativedelta(months=1),
        "apres": mois + relativedelta(months=1),
        "rencontres": lues,
        "semaines": semaines,
        "en_grille": request.GET.get("vue") == "grille",
        "convoque": bool(couches_tenues(lit)),
    }
    return render(request, "espaces/calendrier.html", contexte)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def rencontre(request: RequeteHabilitee, rencontre_id: uuid.UUID) -> HttpResponse:
    """One meeting: when, where, its questions, decisions, minutes, answers."""
    lit = lecteur(request)
    lue = get_rencontre(rencontre_id, lit)
    codes = [c for c in (lue.rencontre.compte_rendu, lue.rencontre.faq) if c]
    pages = list_pages(cles=cles_de(request.acteur), le=maintenant(), codes=codes) if codes else ()
    questions, annonce = _jointes(lue.rencontre, lit)
    contexte = {
        "lue": lue,
        "couche": COUCHES[Couche(lue.rencontre.couche)],
        "pages": pages,
        "decisions": sorted(get_titres(lue.rencontre.decisions).items()),
        "besoin": get_besoin(lue.rencontre.besoin, lit),
        "questions": questions,
        "annonce": annonce,
    }
    return render(request, "espaces/rencontre.html", contexte)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def convoquer(request: RequeteHabilitee) -> HttpResponse:
    """Put a meeting in a layer that one holds; ``besoin``: a questionnaire whose answers asked for it."""
    lit = lecteur(request)
    offertes = couches_tenues(lit)
    if not offertes:
        exiger_tenir(request.acteur, "")
    demande = get_questionnaire(code, lit) if (code := request.GET.get("besoin", "")) else None

    def faire(saisi: Mapping[str, Any], acte: Acte) -> uuid.UUID:
        couche, _, lieu = saisi["couche"].partition(":")
        return actions.convoquer(
            _saisie(saisi),
            Couche(couche),
            territoire=lieu if couche == Couche.TERRITOIRE else "",
            espace=identifiant(lieu) if couche == Couche.ESPACE else None,
            besoin=demande.id if demande else None,
            acte=acte,
        ).id

    return formuler(
        request,
        FormulaireRencontre(saisi_de(request), couches=offertes),
        faire,
        titre="Inscrire une rencontre",
        bouton="Inscrire au calendrier",
        retour=reverse("calendrier"),
        vers="rencontre",
        phrase=f"Elle répond à ce que dit «{INSECABLE}{demande.titre}{INSECABLE}»." if demande else "",
        fait="La rencontre est au calendrier.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def changer(request: RequeteHabilitee, rencontre_id: uuid.UUID) -> HttpResponse:
    """Say it otherwise: calendars follow."""
    r = get_rencontre(rencontre_id, lecteur(request)).rencontre
    debut, fin = r.debut.astimezone(PARIS), r.fin.astimezone(PARIS)
    initial = {
        "titre": r.titre,
        "jour": debut.date(),
        "debut": f"{debut:%H:%M}",
        "fin": f"{fin:%H:%M}",
        "lieu": r.lieu,
        "url": r.url,
    }
    return formuler(
        request,
        FormulaireRencontre(saisi_de(request), couches=None, initial=initial),
        lambda saisi, acte: actions.changer(rencontre_id, _saisie(saisi), acte=acte),
        titre="Changer la rencontre",
        bouton="Enregistrer",
        retour=reverse("rencontre", args=[rencontre_id]),
        fait="La rencontre est changée, dans les calendriers aussi.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def annuler(request: RequeteHabilitee, rencontre_id: uuid.UUID) -> HttpResponse:
    """It will not be held."""
    lue = get_rencontre(rencontre_id, lecteur(request))
    return formuler(
        request,
        FormulaireRaison(saisi_de(request)),
        lambda saisi, acte: actions.annuler(rencontre_id, motif=saisi["motif"], acte=acte),
        titre="Annuler la rencontre",
        bouton="Annuler cette rencontre",
        retour=reverse("rencontre", args=[rencontre_id]),
        phrase=lue.rencontre.titre,
        fait="La rencontre est annulée\u00a0: elle reste au calendrier, et dit pourquoi.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def suites(request: RequeteHabilitee, rencontre_id: uuid.UUID) -> HttpResponse:
    """What belongs to it: questions, announcement, decisions, minutes, answers; what was joined stays offered."""
    lit = lecteur(request)
    r = get_rencontre(rencontre_id, lit).rencontre
    sujets = {str(s.id): s.titre for e, _ in list_espaces(lit) for s in list_sujets(e, lit)}
    annonces = {str(a.id): a.titre for a in list_annonces(lit, le=maintenant())}
    questions, annonce = _jointes(r, lit)
    if questions:
        sujets.setdefault(str(questions.id), questions.titre)
    if annonce:
        annonces.setdefault(str(annonce.id), annonce.titre)
    pages = [(p.code, p.titre) for p in list_pages(cles=cles_de(request.acteur), le=maintenant())]
    initial = {
        "questions": r.questions_id,
        "annonce": r.annonce_id,
        "decisions": ", ".join(r.decisions),
        "compte_rendu": r.compte_rendu,
        "faq": r.faq,
    }

    def faire(saisi: Mapping[str, Any], acte: Acte) -> None:
        codes = [code.strip() for code in saisi["decisions"].split(",") if code.strip()]
        if inconnus := sorted({*codes} - get_titres(codes).keys()):
            raise Interdit(f"Aucune décision n’a ce code\u00a0: {', '.join(inconnus)}.", champ="decisions")
        jointes = actions.Suites(
            questions=identifiant(saisi["questions"]),
            annonce=identifiant(saisi["annonce"]),
            decisions=codes,
            compte_rendu=saisi["compte_rendu"],
            faq=saisi["faq"],
        )
        actions.joindre(rencontre_id, jointes, acte=acte)

    return formuler(
        request,
        FormulaireSuites(
            saisi_de(request),
            sujets=sujets.items(),
            annonces=annonces.items(),
            pages=pages,
            initial=initial,
        ),
        faire,
        titre="Questions, décisions et compte rendu",
        bouton="Enregistrer",
        retour=reverse("rencontre", args=[rencontre_id]),
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_POST
def venir(request: RequeteHabilitee, rencontre_id: uuid.UUID) -> HttpResponse:
    """One comes, or not any more."""
    vient = request.POST.get("vient") == "oui"
    return presser(
        request,
        lambda acte: actions.s_inscrire(rencontre_id, vient=vient, acte=acte),
        vers=reverse("rencontre", args=[rencontre_id]),
        fait="Vous êtes inscrit." if vient else "Vous n’êtes plus inscrit.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def abonnement(request: RequeteHabilitee) -> HttpResponse:
    """The secret address of one's calendar: made, shown once, made again, stopped."""
    secret, formulaire = "", FormulaireFlux(saisi_de(request), initial={"couches": list(Couche)})
    if request.method == "POST" and "arreter" in request.POST:
        return presser(
            request,
            lambda acte: actions.revoquer_flux(acte=acte),
            vers=reverse("calendrier-abonnement"),
            fait="Cette adresse n’ouvre plus rien.",
        )
    if request.method == "POST" and formulaire.is_valid():
        couches = [Couche(c) for c in formulaire.cleaned_data["couches"]]
        secret = actions.creer_flux(couches, acte=acte_de(request))
    adresse = request.build_absolute_uri(reverse("calendrier-flux", args=[secret])) if secret else ""
    contexte = {
        "adresse": adresse,
        "webcal": adresse.replace("https://", "webcal://").replace("http://", "webcal://"),
        "flux": get_flux(request.acteur.id),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "espaces/abonnement.html", contexte)


@login_not_required
@require_GET
def flux(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar reads: titles and times, by the rights of its owner at this very instant."""
    try:
        lues = lire_flux(secret, le=maintenant())
    except Introuvable as refus:
        raise Http404 from refus
    corps = ecrire_flux(lues, hote=request.get_host())
    marque = quote_etag(hashlib.sha256(corps).hexdigest()[:32])
    if request.headers.get("If-None-Match") == marque:
        reponse = HttpResponse(status=304)
    else:
        reponse = HttpResponse(corps, content_type="text/calendar; charset=utf-8")
    reponse.headers["ETag"] = marque
    reponse.headers["Cache-Control"] = "private, max-age=3600"
    return reponse


def _jointes(rencontre: Rencontre, lit: Lecteur) -> tuple[Sujet | None, Annonce | None]:
    """Its questions and its announcement, each as far as this reader reads it."""
    questions, annonce = rencontre.questions, rencontre.annonce
    return (
        questions if questions and questions.espace_id in lit.droits else None,
        annonce if annonce and not refus_de(exiger_lire_annonce, lit, annonce) else None,
    )


def _mois(texte: str) -> date:
    """« 2026-12 », or this month."""
    try:
        return datetime.strptime(texte, "%Y-%m").replace(tzinfo=PARIS).date()
    except ValueError:
        return aujourd_hui().replace(day=1)


def couches_tenues(lit: Lecteur) -> list[tuple[str, str]]:
    """Layers where one calls a meeting, each with its name."""
    territoire = territoire_tenu(lit.acteur)
    offertes = []
    if not refus_de(exiger_tenir, lit.acteur, territoire):
        couche = Couche.TERRITOIRE if territoire else Couche.NATIONALE
        offertes.append((f"{couche}:{territoire}", "Tout le territoire" if territoire else "Tout le pays"))
    offertes += [
        (f"{Couche.ESPACE}:{e.id}", f"L’espace «\u00a0{e.nom}\u00a0»")
        for e, _ in list_espaces(lit)
        if not refus_de(exiger_droit, lit, e, Droit.ANIMER)
    ]
    return offertes


def _saisie(saisi: Mapping[str, Any]) -> actions.Saisie:
    def instant(heure: Any) -> datetime:
        return datetime.combine(saisi["jour"], heure, tzinfo=PARIS)

    return actions.Saisie(
        titre=saisi["titre"],
        debut=instant(saisi["debut"]),
        fin=instant(saisi["fin"]),
        lieu=saisi["lieu"],
        url=saisi["url"],
    )
