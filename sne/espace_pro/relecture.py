"""Reading what somebody else wrote, and keeping pages: published, sent back, withdrawn, said to be still right."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.espace_pro.cadre import instant_de, montrer
from sne.espace_pro.contenu import decider
from sne.espace_pro.differences import differences_de
from sne.espace_pro.forms import FormulaireMotif, FormulairePublication, FormulaireReglage, FormulaireRetrait
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission, cles_de
from sne.site_pro.actions.rediger import Reponse
from sne.site_pro.actions.tenir import regler_page, retirer_page, verifier_page
from sne.site_pro.models import Issue, RevisionPage
from sne.site_pro.policies import can_publier
from sne.site_pro.possible import exiger_publier, exiger_repondre
from sne.site_pro.rules.pages import ACCES
from sne.site_pro.rules.vie import ETATS, Etat
from sne.site_pro.selectors.lecture import list_pages
from sne.site_pro.selectors.redaction import (
    get_page_a_ecrire,
    get_page_du_site,
    get_revision,
    list_a_relire,
    list_liens_vers,
    list_programmees,
    list_responsables,
    list_retraits,
    list_revisions,
    list_suivies,
)
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.forms import Formulaire, rassembler_erreurs
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, saisi_de

FAITES = {
    Issue.PUBLIEE: "La page est publiée.",
    Issue.RENVOYEE: "La version est renvoyée à son auteur.",
    Issue.REPRISE: "Vous avez repris votre version.",
}


@exiger(Permission.CONTENU_PUBLIER)
@require_GET
def a_relire(request: RequeteHabilitee) -> HttpResponse:
    """What waits for somebody who publishes."""
    return montrer(
        request,
        "espace_pro/a_relire.html",
        {"revisions": [(r, r.auteur == request.acteur.id) for r in list_a_relire(request.acteur)]},
        onglet="aide-a-relire",
    )


@exiger(Permission.CONTENU_PROPOSER)
@require_http_methods(["GET", "POST"])
def revision(request: RequeteHabilitee, code: str, numero: int) -> HttpResponse:
    """What changed in a revision, and what may be answered to it."""
    lue = get_revision(code, numero, request.acteur)
    formulaires: dict[str, Formulaire] = {
        Issue.PUBLIEE.value: FormulairePublication(),
        Issue.RENVOYEE.value: FormulaireMotif(),
    }
    issue = request.POST.get("issue", "")
    if issue in set(Issue):
        classe = type(formulaires[issue]) if issue in formulaires else Formulaire
        formulaire = formulaires[issue] = classe(request.POST)
        if formulaire.is_valid() and _repondre(request, lue, Issue(issue), formulaire):
            return redirect("aide-brouillons" if issue == Issue.REPRISE else "aide-a-relire")
    contexte = {
        "revision": lue,
        "differences": differences_de(_precedente(lue), lue),
        "etat": next(ETATS[Etat(e)] for r, e in list_revisions(lue.page, le=maintenant()) if r.pk == lue.pk),
        "possibles": _possibles(request, lue),
        "revient": lue.auteur == request.acteur.id and lue.issue in {Issue.RENVOYEE, Issue.REPRISE},
        "formulaires": formulaires,
        "erreurs": rassembler_erreurs(formulaires.values()),
    }
    return montrer(request, "espace_pro/revision.html", contexte)


@exiger(Permission.CONTENU_PROPOSER)
@require_GET
def suivies(request: RequeteHabilitee) -> HttpResponse:
    """Pages that one answers for or may publish, the first to be read again first."""
    pages = list_suivies(request.acteur, le=maintenant())
    return montrer(request, "espace_pro/suivies.html", {"pages": pages}, onglet="aide-suivies")


@exiger(Permission.CONTENU_PROPOSER)
@require_GET
def fiche(request: RequeteHabilitee, code: str) -> HttpResponse:
    """The revisions of a page and what may be done of it: to who answers for it or publishes it."""
    cles, le = cles_de(request.acteur), maintenant()
    page = get_page_a_ecrire(code, request.acteur, cles=cles, le=le)
    publie = can_publier(request.acteur, page.theme)
    lues = list_pages(cles=cles, le=le, codes=[code])
    revisions = [
        (r, ETATS[Etat(etat)], publie or r.auteur == request.acteur.id)
        for r, etat in list_revisions(page, le=le)
        if publie or r.auteur == request.acteur.id or (r.effet_le and r.effet_le <= le and lues)
    ]
    contexte = {
        "page": page,
        "lue": lues[0] if lues else None,
        "revisions": revisions,
        "tient": publie or page.proprietaire == request.acteur.id,
        "publie": publie,
    }
    return montrer(request, "espace_pro/fiche.html", contexte)


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def verifier(request: RequeteHabilitee, code: str) -> HttpResponse:
    """« Toujours juste », in one button."""
    le = maintenant()
    get_page_a_ecrire(code, request.acteur, cles=cles_de(request.acteur), le=le)
    verifier_page(code, acte=Acte(request.acteur, le))
    messages.success(request, "La page est dite toujours juste.")
    return redirect("aide-suivies")


@exiger(Permission.CONTENU_PUBLIER)
@require_http_methods(["GET", "POST"])
def retirer(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Withdraw a page: who leads to it, and what is to be read instead."""
    page, le, cles = get_page_du_site(code), maintenant(), cles_de(request.acteur)
    autres = [(p.code, p.titre) for p in list_pages(cles=cles, le=le) if p.code != code]
    formulaire = FormulaireRetrait(saisi_de(request), autres=autres)
    if formulaire.is_valid():
        dits = formulaire.cleaned_data
        try:
            retirer_page(
                code,
                dits["motif"],
                remplacee_par=dits["remplacee_par"],
                effet_le=(quand := instant_de(dits["effet_le"], le=le)),
                acte=Acte(request.acteur, le),
            )
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            messages.success(request, "La page sera retirée ce jour-là." if quand else "La page est retirée.")
            return redirect("aide-fiche", code)
    contexte = {
        "page": page,
        "lue": next(iter(list_pages(cles=cles, le=le, codes=[code])), None),
        "liens": list_liens_vers(page, cles=cles, le=le),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return montrer(request, "espace_pro/retirer.html", contexte)


@exiger(Permission.CONTENU_PUBLIER)
@require_http_methods(["GET", "POST"])
def regler(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Where a page is, who answers for it, when it is to be read again."""
    page, le = get_page_du_site(code), maintenant()
    exiger_publier(request.acteur, page.theme)
    responsables = [(str(r.compte_id), r.nom) for r in list_responsables(page.theme, le=le)]
    initial = {nom: getattr(page, nom) for nom in ("adresse", "proprietaire", "verifier_mois")}
    if str(page.proprietaire) not in dict(responsables):
        responsables.insert(0, (str(page.proprietaire), "La personne qui en répond aujourd’hui"))
    formulaire = FormulaireReglage(saisi_de(request), initial=initial, responsables=responsables)
    if formulaire.is_valid():
        dits = formulaire.cleaned_data
        if formulaire.tenter(
            regler_page,
            code,
            adresse=dits["adresse"],
            proprietaire=uuid.UUID(dits["proprietaire"]),
            verifier_mois=dits["verifier_mois"],
            acte=Acte(request.acteur, le),
        ):
            messages.success(request, "La page est réglée.")
            return redirect("aide-fiche", code)
    contexte = {"page": page, "formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return montrer(request, "espace_pro/regler.html", contexte)


@exiger(Permission.CONTENU_PROPOSER)
@require_GET
def calendrier(request: RequeteHabilitee) -> HttpResponse:
    """What goes online, and leaves, when: one's own, and what one may publish."""
    a_venir = [
        r
        for r in list_programmees(le=maintenant())
        if r.auteur == request.acteur.id or can_publier(request.acteur, r.page.theme)
    ]
    retraits = [f for f in list_retraits(le=maintenant()) if can_publier(request.acteur, f.page.theme)]
    contexte = {"revisions": a_venir, "retraits": retraits}
    return montrer(request, "espace_pro/calendrier.html", contexte, onglet="aide-calendrier")


def _repondre(request: RequeteHabilitee, lue: RevisionPage, issue: Issue, formulaire: Formulaire) -> bool:
    """Whether it was answered; what refused it is said on its field."""
    le = maintenant()
    dits = formulaire.cleaned_data
    try:
        reponse = Reponse(issue, dits.get("motif", ""), instant_de(dits.get("effet_le"), le=le))
        decider(lue, reponse, acte=Acte(request.acteur, le))
    except Interdit as refus:
        formulaire.refuser(refus)
        return False
    messages.success(request, FAITES[issue])
    return True


def _possibles(request: RequeteHabilitee, lue: RevisionPage) -> set[str]:
    if lue.clos_le is not None:
        return set()
    return {
        issue.value
        for issue in Issue
        if not refus_de(
            exiger_repondre, request.acteur, theme=lue.page.theme, auteur=lue.auteur, issue=issue.value
        )
    }


def _precedente(lue: RevisionPage) -> RevisionPage | None:
    anciennes = lue.page.revisions.filter(numero__lt=lue.numero, effet_le__isnull=False)
    return anciennes.filter(acces__overlap=list(ACCES)).order_by("-numero").first()
