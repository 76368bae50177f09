"""Spaces: those of one's teams, one space, who is in it, opening and closing one, what the digest tells of it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.collaboratif.echanges.actions import regler_veille
from sne.collaboratif.echanges.lecture import compter_sujets, list_recents, list_sujets, niveau_de
from sne.collaboratif.echanges.rules import Niveau
from sne.collaboratif.espaces.actions import NouvelEspace, changer_acces, fermer_espace, ouvrir_espace
from sne.collaboratif.espaces.possible import exiger_droit, exiger_ouvrir
from sne.collaboratif.espaces.rules import DROITS, Droit, Nature
from sne.collaboratif.espaces.selectors import (
    equipes_offertes,
    get_espace,
    list_equipes,
    list_espaces,
    territoire_tenu,
)
from sne.espace_pro.espaces.forms import FormulaireAcces, FormulaireEspace, FormulaireVeille
from sne.espace_pro.espaces.gestes import formuler, lecteur, presser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.acte import Acte
from sne.socle.erreurs import refus_de
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, page_demandee, saisi_de


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def espaces(request: RequeteHabilitee) -> HttpResponse:
    """The spaces that one reads, each with what waits in it."""
    lit = lecteur(request)
    lus = []
    for espace, droit in list_espaces(lit):
        nouveaux, attendent = compter_sujets(espace, lit)
        lus.append({"espace": espace, "droit": DROITS[droit], "nouveaux": nouveaux, "attendent": attendent})
    ouvre = not refus_de(exiger_ouvrir, request.acteur, territoire_tenu(request.acteur))
    return render(request, "espaces/espaces.html", {"espaces": lus, "ouvre": ouvre})


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def espace(request: RequeteHabilitee, code: str) -> HttpResponse:
    """What waits, what is recent, and who is there."""
    lit = lecteur(request)
    lu, page = get_espace(code, lit), page_demandee(request)
    recents, suite = list_recents(lu, lit, page=page)
    attendent = list_sujets(lu, lit, attendent=True)
    contexte = {
        "espace": lu,
        "attendent": attendent,
        "reste": compter_sujets(lu, lit)[1] - len(attendent),
        "recents": recents,
        "page": page,
        "suite": suite,
        "refus": refus_de(exiger_droit, lit, lu, Droit.CONTRIBUER),
        "anime": not refus_de(exiger_droit, lit, lu, Droit.ANIMER),
    }
    return render(request, "espaces/espace.html", contexte)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def equipes(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Teams of a space, what each does, who they are today."""
    lit = lecteur(request)
    lu = get_espace(code, lit)
    lues = [{"equipe": e, "droit": DROITS[e.droit]} for e in list_equipes(lu, le=maintenant())]
    anime = not refus_de(exiger_droit, lit, lu, Droit.ANIMER)
    return render(request, "espaces/equipes.html", {"espace": lu, "equipes": lues, "anime": anime})


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def acces(request: RequeteHabilitee, code: str) -> HttpResponse:
    """What a team may do in it, from now on."""
    lu = get_espace(code, lecteur(request))
    offertes = equipes_offertes(lu.territoire)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> None:
        droit = Droit(saisi["droit"]) if saisi["droit"] in set(Droit) else None
        changer_acces(lu.id, saisi["equipe"], droit, acte=acte)

    return formuler(
        request,
        FormulaireAcces(saisi_de(request), equipes=offertes),
        faire,
        titre=f"Une équipe de l’espace «\u00a0{lu.nom}\u00a0»",
        bouton="Enregistrer",
        retour=reverse("espace-equipes", args=[code]),
        fait="Les droits de cette équipe sont changés.",
    )


@exiger(Permission.ESPACE_OUVRIR)
@require_http_methods(["GET", "POST"])
def nouvel(request: RequeteHabilitee) -> HttpResponse:
    """Open a space, for a team of one's territory or of the country."""
    territoire = territoire_tenu(request.acteur)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> None:
        nouveau = NouvelEspace(
            code=f"{slugify(saisi['nom'])[:40] or 'espace'}-{uuid.uuid4().hex[:6]}",
            nom=saisi["nom"],
            phrase=saisi["phrase"],
            equipe=saisi["equipe"],
            nature=Nature.PROJET,
            territoire=territoire,
        )
        ouvrir_espace(nouveau, acte=acte)

    return formuler(
        request,
        FormulaireEspace(saisi_de(request), equipes=equipes_offertes(territoire)),
        faire,
        titre="Ouvrir un espace",
        bouton="Ouvrir l’espace",
        retour=reverse("espaces"),
        fait="L’espace est ouvert.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_POST
def fermer(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Read only from now on."""
    lu = get_espace(code, lecteur(request))
    vers = reverse("espace", args=[code])
    return presser(
        request, lambda acte: fermer_espace(lu.id, acte=acte), vers=vers, fait="L’espace est fermé."
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def veille(request: RequeteHabilitee, code: str = "") -> HttpResponse:
    """What the digest tells, of everything or of this space."""
    lu = get_espace(code, lecteur(request)) if code else None
    lieu = lu.id if lu else None
    return formuler(
        request,
        FormulaireVeille(saisi_de(request), initial={"niveau": niveau_de(request.acteur.id, lieu)}),
        lambda saisi, acte: regler_veille(Niveau(saisi["niveau"]), espace_id=lieu, acte=acte),
        titre=f"Ce que je reçois de l’espace «\u00a0{lu.nom}\u00a0»"
        if lu
        else "Ce que je reçois des espaces",
        bouton="Enregistrer",
        retour=reverse("espace", args=[code]) if code else reverse("espaces"),
        phrase="Un courriel par jour ouvré au plus, et aucun quand rien n’est nouveau ou que vous êtes venu.",
        fait="C’est enregistré.",
    )
