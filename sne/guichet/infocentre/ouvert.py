"""Open data: an edition asked for, its audit read, published or refused by the DPO; the files of everybody."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.guichet.infocentre.forms import FormulaireEdition, FormulaireRefus
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.ouvert.actions import preparer_edition, publier_edition, refuser_edition
from sne.infocentre.ouvert.possible import exiger_decidable, exiger_publiable
from sne.infocentre.ouvert.rules.editions import COLONNES
from sne.infocentre.ouvert.selectors import Edition, get_edition, get_octets, list_editions, list_publiees
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.fichiers import en_fichier
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json; charset=utf-8",
}


@exiger(Permission.OUVERT_PREPARER)
@require_http_methods(["GET", "POST"])
def editions(request: RequeteHabilitee) -> HttpResponse:
    """Every edition; a valid form asks for another one."""
    formulaire = FormulaireEdition(saisi_de(request), initial={"annee": aujourd_hui().year - 1})
    if formulaire.is_valid() and formulaire.tenter(
        preparer_edition, formulaire.cleaned_data["annee"], acte=acte_de(request)
    ):
        messages.success(
            request,
            "Édition demandée. Elle est calculée d’elle-même, puis le délégué à la protection des données la "
            "publie ou la refuse.",
        )
        return redirect("donnees-ouvertes-editions")
    contexte = {
        "editions": list_editions(),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/infocentre/ouvert/editions.html", contexte)


@exiger(Permission.OUVERT_PREPARER)
@require_http_methods(["GET", "POST"])
def edition(request: RequeteHabilitee, edition_id: uuid.UUID) -> HttpResponse:
    """What the auditor found of one edition; a valid form refuses it."""
    lue = get_edition(edition_id)
    formulaire = FormulaireRefus(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(
        refuser_edition, edition_id, motif=formulaire.cleaned_data["motif"], acte=acte_de(request)
    ):
        messages.success(request, "Édition refusée. Rien n’est publié.")
        return redirect("donnees-ouvertes-editions")
    return _montrer(request, lue, formulaire)


@exiger(Permission.OUVERT_PUBLIER)
@require_POST
def publier(request: RequeteHabilitee, edition_id: uuid.UUID) -> HttpResponse:
    """Publish what somebody else asked for."""
    try:
        publier_edition(edition_id, acte=acte_de(request))
    except Interdit as refus:
        messages.error(request, refus.phrase)
        return redirect("donnees-ouvertes-edition", edition_id)
    messages.success(request, "Édition publiée. Chacun peut la télécharger.")
    return redirect("donnees-ouvertes-editions")


@exiger(Permission.OUVERT_PREPARER)
@require_GET
def fichier(request: RequeteHabilitee, edition_id: uuid.UUID, quoi: str) -> HttpResponse:  # noqa: ARG001
    """A file of an edition, read before it is published."""
    return _envoyer(get_edition(edition_id), quoi)


@login_not_required
@require_GET
def publiques(request: HttpRequest) -> HttpResponse:
    """What anybody downloads: the last edition of each year."""
    return render(
        request,
        "guichet/infocentre/ouvert/publiques.html",
        {
            "editions": list(_dernieres().values()),
            "colonnes": [(nom, mots) for nom, (_, mots) in COLONNES.items()],
        },
    )


@login_not_required
@require_GET
def publique(request: HttpRequest, annee: int, quoi: str) -> HttpResponse:  # noqa: ARG001
    """The file of a year."""
    lue = _dernieres().get(annee)
    if lue is None:
        raise Introuvable("Aucune édition n’est publiée pour cette année.")
    return _envoyer(lue, quoi)


def _dernieres() -> dict[int, Edition]:
    """The edition of each year that counts, the newest year first."""
    lues: dict[int, Edition] = {}
    for lue in list_publiees():
        lues.setdefault(lue.annee, lue)
    return lues


def _montrer(request: RequeteHabilitee, lue: Edition, formulaire: FormulaireRefus) -> HttpResponse:
    sinon = refus_de(exiger_publiable, lue, request.acteur)
    refus = refus_de(exiger_decidable, lue, request.acteur)
    contexte: dict[str, Any] = {
        "edition": lue,
        "publie": not sinon,
        "sinon": sinon,
        "formulaire": None if refus else formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/infocentre/ouvert/edition.html", contexte)


def _envoyer(lue: Edition, quoi: str) -> HttpResponse:
    if quoi not in TYPES:
        raise Introuvable("Ce fichier n’existe pas. Choisissez CSV, Parquet ou le schéma.")
    if quoi == "json":
        if lue.fichier is None:
            raise Introuvable("Cette édition n’a pas encore de fichier.")
        octets = json.dumps(lue.fichier.schema, ensure_ascii=False, indent=2).encode()
    else:
        octets = get_octets(lue, quoi)
    nom = f"demandes-{lue.annee}.{quoi}" if quoi != "json" else f"demandes-{lue.annee}.schema.json"
    return en_fichier(HttpResponse(octets, content_type=TYPES[quoi]), nom)
