"""Files of a space: put, replaced, opened, remarked, read through; links outside, and what is frozen of them."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.collaboratif.echanges.rules import expurger
from sne.collaboratif.espaces.possible import exiger_droit
from sne.collaboratif.espaces.rules import TABLEURS, Droit
from sne.collaboratif.espaces.selectors import est_allume, get_espace, noms_a_taire
from sne.collaboratif.fichiers import actions
from sne.collaboratif.fichiers.lecture import get_fichier, get_lien, get_version, list_fichiers, list_liens
from sne.collaboratif.fichiers.models import VersionFichier
from sne.collaboratif.fichiers.possible import exiger_liens
from sne.collaboratif.fichiers.rules import AILLEURS, NATIONAL, Dit
from sne.documents.aides import lire_lignes_de
from sne.documents.ouverture import ouvrir
from sne.documents.reception import recevoir
from sne.documents.rules import Part
from sne.documents.rules.lecture import TELS_QUELS
from sne.espace_pro.espaces.forms import (
    FormulaireDepot,
    FormulaireFige,
    FormulaireLien,
    FormulaireRemarque,
    FormulaireVersion,
)
from sne.espace_pro.espaces.gestes import dire_les_retraits, formuler, lecteur, presser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.selectors.documents import get_limites
from sne.site_pro.actions.rediger import commencer
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.textes.rules import Ligne, en_markdown

SUFFIXES = {"application/pdf": "pdf", "image/png": "png", **TELS_QUELS}
SANS_TEXTE = (
    "Aucun texte n’a pu être lu dans ce fichier\u00a0: c’est une image ou un tableur, ou il ne s’ouvre pas. "
    "Écrivez la page vous-même."
)
SANS_RIEN = "sandbox; default-src 'none'; frame-ancestors 'none'"


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def fichiers(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Files by folder, and links to documents written elsewhere."""
    lit = lecteur(request)
    lu = get_espace(code, lit)
    contexte = {
        "espace": lu,
        "fichiers": list_fichiers(lu, lit),
        "liens": list_liens(lu, lit),
        "refus": refus_de(exiger_droit, lit, lu, Droit.CONTRIBUER),
        "arretes": refus_de(exiger_liens, get_parametres(aujourd_hui())),
        "ailleurs": AILLEURS,
    }
    return render(request, "espaces/fichiers.html", contexte)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def deposer(request: RequeteHabilitee, code: str) -> HttpResponse:
    """A new file."""
    lu = get_espace(code, lecteur(request))
    exiger_droit(lecteur(request), lu, Droit.CONTRIBUER)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> uuid.UUID:
        document = _recevoir(saisi["fichier"], acte, tels_quels=_tels_quels(request))
        return actions.deposer(
            lu.id, nom=saisi["nom"], dossier=saisi["dossier"], document=document, acte=acte
        ).id

    return formuler(
        request,
        FormulaireDepot(saisi_de(request), request.FILES or None, tels_quels=_tels_quels(request)),
        faire,
        titre="Déposer un fichier",
        bouton="Déposer",
        retour=reverse("espace-fichiers", args=[code]),
        vers="fichier",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def fichier(request: RequeteHabilitee, fichier_id: uuid.UUID) -> HttpResponse:
    """A file, its versions, what was said of each."""
    return render(request, "espaces/fichier.html", {"lu": get_fichier(fichier_id, lecteur(request))})


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def remplacer(request: RequeteHabilitee, fichier_id: uuid.UUID) -> HttpResponse:
    """Another version; those before stay."""
    lu = get_fichier(fichier_id, lecteur(request)).fichier
    exiger_droit(lecteur(request), lu.espace, Droit.CONTRIBUER)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> None:
        document = _recevoir(saisi["fichier"], acte, tels_quels=_tels_quels(request))
        actions.remplacer(fichier_id, document=document, note=saisi["note"], acte=acte)

    return formuler(
        request,
        FormulaireVersion(saisi_de(request), request.FILES or None, tels_quels=_tels_quels(request)),
        faire,
        titre="Une autre version",
        bouton="Déposer cette version",
        retour=reverse("fichier", args=[fichier_id]),
        phrase=lu.nom,
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def version(request: RequeteHabilitee, version_id: uuid.UUID) -> HttpResponse | StreamingHttpResponse:
    """A version, asked of the rights of this very instant; a document is handed over, never shown in place."""
    lue = get_version(version_id, lecteur(request))
    if lue.document is None:
        return render(request, "espaces/version.html", {"version": lue})
    ouvert = ouvrir(lue.document, territoire=NATIONAL, part=Part.ORIGINAL, filigrane=None)
    montrable = ouvert.mime not in TELS_QUELS
    reponse = StreamingHttpResponse(
        ouvert.octets, content_type=ouvert.mime if montrable else "application/octet-stream"
    )
    suffixe = SUFFIXES.get(ouvert.mime, "jpg")
    reponse.headers["Content-Disposition"] = f'attachment; filename="version-{lue.numero}.{suffixe}"'
    reponse.headers["X-Content-Type-Options"] = "nosniff"
    reponse.headers["Content-Security-Policy"] = SANS_RIEN
    reponse.headers["Cache-Control"] = "no-store"
    return reponse


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def remarquer(request: RequeteHabilitee, version_id: uuid.UUID) -> HttpResponse:
    """A remark on one version."""
    lue = get_version(version_id, lecteur(request))
    return formuler(
        request,
        FormulaireRemarque(saisi_de(request)),
        lambda saisi, acte: actions.donner_avis(version_id, Dit.REMARQUE, texte=saisi["texte"], acte=acte),
        titre=f"Une remarque sur la version {lue.numero}",
        bouton="Publier la remarque",
        retour=reverse("fichier", args=[lue.fichier_id]),
        phrase=lue.fichier.nom,
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_POST
def relue(request: RequeteHabilitee, version_id: uuid.UUID) -> HttpResponse:
    """« Relu » of one version."""
    lue = get_version(version_id, lecteur(request))
    return presser(
        request,
        lambda acte: actions.donner_avis(version_id, Dit.RELU, acte=acte),
        vers=reverse("fichier", args=[lue.fichier_id]),
        fait=f"Vous avez relu la version {lue.numero}.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def lier(request: RequeteHabilitee, code: str) -> HttpResponse:
    """A link to a document written elsewhere."""
    lu = get_espace(code, lecteur(request))
    exiger_droit(lecteur(request), lu, Droit.CONTRIBUER)
    return formuler(
        request,
        FormulaireLien(saisi_de(request)),
        lambda saisi, acte: actions.lier(lu.id, titre=saisi["titre"], url=saisi["url"], acte=acte),
        titre="Lier un document de Docs",
        bouton="Ajouter le lien",
        retour=reverse("espace-fichiers", args=[code]),
        phrase=AILLEURS,
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def figer(request: RequeteHabilitee, lien_id: uuid.UUID) -> HttpResponse:
    """Keep here what was exported of a document written elsewhere."""
    lien = get_lien(lien_id, lecteur(request))
    exiger_droit(lecteur(request), lien.espace, Droit.CONTRIBUER)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> uuid.UUID:
        document = _recevoir(saisi["fichier"], acte) if saisi["fichier"] else None
        return actions.figer(lien_id, texte=saisi["corps"], document=document, acte=acte).fichier_id

    return formuler(
        request,
        FormulaireFige(saisi_de(request), request.FILES or None),
        faire,
        titre="Figer ce document",
        bouton="Figer",
        retour=reverse("espace-fichiers", args=[lien.espace.code]),
        vers="fichier",
        phrase=f"{lien.titre}\u00a0: exportez-le depuis Docs, puis joignez-le. Il est gardé comme il est aujourd’hui.",
    )


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def proposer(request: RequeteHabilitee, fichier_id: uuid.UUID) -> HttpResponse:
    """A draft of a page of the site from what this file says, without the names of anybody."""
    lu = get_fichier(fichier_id, lecteur(request))
    taire = noms_a_taire(lu.fichier.espace, le=maintenant())
    titre = expurger(lu.fichier.nom, noms=taire)
    corps = expurger(_texte_de(lu.versions[0].version), noms=taire)
    acte = acte_de(request)
    with transaction.atomic():
        brouillon = commencer(None, {"titre": titre.texte, "genre": "FICHE", "corps": corps.texte}, acte=acte)
        actions.proposer_fichier(fichier_id, brouillon, acte=acte)
    if corps.texte:
        dire_les_retraits(request, titre, corps)
    else:
        messages.warning(request, SANS_TEXTE)
    return redirect("aide-ecrire", brouillon)


def _texte_de(version: VersionFichier) -> str:
    """What a version says: as it was frozen, or laid out again from its PDF; nothing of a picture or a spreadsheet."""
    if version.document is None:
        return version.corps
    limites = get_limites(aujourd_hui())
    try:
        lignes = lire_lignes_de(
            version.document,
            territoire=NATIONAL,
            pages_max=limites.pages,
            bornes=limites.lecture,
        )
    except Interdit:
        return ""
    return en_markdown([Ligne(*lue) for lue in lignes])


def _tels_quels(request: RequeteHabilitee) -> bool:
    """Whether spreadsheets and texts are open to this person today."""
    return est_allume(TABLEURS, lecteur(request), le=maintenant())


def _recevoir(envoye: Any, acte: Acte, *, tels_quels: bool = False) -> uuid.UUID:
    """The document received; refused, it says why on its field."""
    recu = recevoir(
        cast(BinaryIO, envoye.file),
        nom=envoye.name or "",
        territoire=NATIONAL,
        survenu_le=acte.survenu_le,
        limites=replace(get_limites(aujourd_hui()), tels_quels=tels_quels),
    )
    return recu.id
