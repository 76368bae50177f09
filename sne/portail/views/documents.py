"""Documents expected of the household: how each stands, and adding one from a phone, several photos at once."""

from collections.abc import Sequence

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from sne.demandeurs.rules.niveaux import Geste
from sne.documents.boite import Boite
from sne.documents.selectors import DocumentLu
from sne.portail.boite import Photos, boite_de
from sne.portail.forms import FormulaireDocument
from sne.portail.middleware import RequeteDuMenage
from sne.portail.refus import dire_refus
from sne.portail.visites import sienne_de
from sne.registre.pieces.actions.deposer import Fichier, exiger_recevable, joindre_piece
from sne.registre.pieces.possible import exiger_joignable
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.pieces.rules.pieces_manquantes import LigneDePiece, Situation
from sne.registre.pieces.selectors.pieces import list_lignes
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.saisie.presentation.foyer import noms_des_membres
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import envoi_de

ETATS = {
    Situation.PRESENTE: gettext_noop("Reçu. Vérification en cours."),
    Situation.VUE: gettext_noop("Vu dans un guichet"),
    Situation.A_VENIR: gettext_noop("Pas encore paru"),
    Situation.A_REMPLACER: gettext_noop("À remplacer"),
    Situation.PERIMEE: gettext_noop("Trop ancien"),
    Situation.AUTRE_ANNEE: gettext_noop("D’une autre année"),
    Situation.MANQUANTE: gettext_noop("Pas encore reçu"),
}
LISIBLE = gettext_noop("Lisible")


@require_safe
def documents(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Each document expected of this household, how it stands and why: what is to be done first."""
    sienne = sienne_de(request, nud, Geste.VOIR_PIECES)
    ajoutable = not refus_de(exiger_joignable, sienne.demande, sienne.acte.acteur)
    lignes = sorted(lignes_de(sienne), key=lambda ligne: ligne.satisfaite)
    lues = [presenter(ligne, sienne, ajoutable=ajoutable) for ligne in lignes]
    contexte = {"nud": nud, "lignes": lues, "ajoutable": ajoutable, "fait": request.GET.get("fait") == "oui"}
    return render(request, "portail/menage/documents.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """The files of one document that is expected; those refused are told beside their name, the others are kept."""
    sienne = sienne_de(request, nud, Geste.AJOUTER_PIECE)
    exiger_joignable(sienne.demande, sienne.acte.acteur)
    ligne = next((li for li in lignes_de(sienne) if request.GET.urlencode() == cle_de(li)), None)
    if ligne is None or ligne.situation is Situation.VUE:
        return redirect("documents", nud)
    boite = boite_du_document(sienne, quoi=cle_de(ligne))
    formulaire = FormulaireDocument(*envoi_de(request), boite=boite)
    photos = Photos(boite, formulaire)
    instant = sienne.acte.survenu_le
    if formulaire.is_bound and not photos.ranger(survenu_le=instant) and joindre(photos, ligne, sienne):
        return redirect(f"{reverse('documents', args=[nud])}?fait=oui")
    contexte = {
        "nud": nud,
        "ligne": presenter(ligne, sienne),
        "exemples": ligne.attendue.exemples,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        **photos.contexte(),
    }
    return render(request, "portail/menage/ajouter_document.html", contexte)


def boite_du_dossier(request: RequeteDuMenage, nud: str) -> Boite:
    """Where the files of one document of this demande are sent ahead; the address says which document."""
    sienne = sienne_de(request, nud, Geste.AJOUTER_PIECE)
    exiger_joignable(sienne.demande, sienne.acte.acteur)
    return boite_du_document(sienne, quoi=request.GET.urlencode())


def boite_du_document(sienne: Sienne, *, quoi: str) -> Boite:
    """The files of one document of this demande; ``quoi``: which one, as addresses say it."""
    empreinte = salted_hmac("sne.portail.boite", quoi, algorithm="sha256").hexdigest()[:20]
    return boite_de(
        sienne.visite.compte,
        territoire=sienne.demande.territoire,
        objet=f"demande:{sienne.demande.id}:{empreinte}",
        le=aujourd_hui(),
        adresse=f"{reverse('envoyer-fichier', args=[sienne.demande.nud])}?{quoi}",
    )


def lignes_de(sienne: Sienne) -> tuple[LigneDePiece, ...]:
    """Documents expected of this household."""
    return list_lignes(sienne.demande, acteur=sienne.acte.acteur, le=aujourd_hui())


def cle_de(ligne: LigneDePiece) -> str:
    """How the address names a document: what it is, whose, of which year."""
    attendue = ligne.attendue
    return urlencode({"type": attendue.code, "qui": attendue.reference, "annee": attendue.annee or ""})


def presenter(ligne: LigneDePiece, sienne: Sienne, *, ajoutable: bool = False) -> dict[str, object]:
    """One of them in words; ``ajoutable``: it may be added here, and ``ajouter`` is then how its page is addressed."""
    return {
        "libelle": ligne.attendue.libelle,
        "qui": dict(noms_des_membres(sienne.contenu)).get(ligne.attendue.reference, ""),
        "etat": gettext(LISIBLE if ligne.lue else ETATS[ligne.situation]),
        "phrase": ligne.phrase,
        "faite": ligne.satisfaite,
        "ajouter": cle_de(ligne) if ajoutable and not ligne.satisfaite else "",
        "reprendre": ligne.situation is Situation.A_REMPLACER,
    }


def joindre(photos: Photos, ligne: LigneDePiece, sienne: Sienne) -> bool:
    """Whether the document is in the file; nothing is taken in when it is refused itself."""
    attendue, demande, acte = ligne.attendue, sienne.demande, sienne.acte
    saisie = PieceSaisie(attendue.code, reference=attendue.reference, annee=attendue.annee)
    try:
        exiger_recevable(demande.id, saisie, acte=acte)
    except Interdit as refus:
        photos.formulaire.add_error("fichiers", dire_refus(refus.phrase))
        return False

    def nommer(documents: Sequence[DocumentLu]) -> None:
        with transaction.atomic():
            for document in documents:
                joindre_piece(demande.id, saisie, Fichier(document.id, document.empreinte), acte=acte)

    return photos.envoyer(nommer, survenu_le=acte.survenu_le)
