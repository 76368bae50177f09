"""Adding a document in the place of a person: those that are expected, by the reception of every file."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from sne.demandeurs.rules.niveaux import Geste
from sne.documents.boite import Boite, Sort
from sne.documents.forms import FormulaireFichiers
from sne.guichet.pieces.envois import boite_du_formulaire
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.mandat.actions.aider import ouvrir_pour
from sne.registre.pieces.actions.deposer import Fichier, exiger_recevable, joindre_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.pieces.rules.pieces_manquantes import LigneDePiece, Situation
from sne.registre.pieces.selectors.pieces import list_lignes
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.saisie.presentation.foyer import noms_des_membres
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, envoi_de


@dataclass(frozen=True, slots=True)
class Attendu:
    """One document that is expected. ``cle``: how its page is addressed; empty once nothing is to be added."""

    libelle: str
    qui: str
    phrase: str
    cle: str


class FormulaireDocuments(FormulaireFichiers):
    """The files of one document, sent with the form."""

    def clean(self) -> None:
        """At least one file, and no more than are taken at once."""
        if not self.envoyes:
            self.add_error("fichiers", "Choisissez au moins un fichier.")
        if self.en_trop:
            self.add_error("fichiers", "Il y a trop de fichiers. Envoyez-en moins à la fois.")


@exiger(Permission.MANDAT_TENIR)
@require_http_methods(["GET", "POST"])
def documents(request: RequeteHabilitee, mandat_id: uuid.UUID) -> HttpResponse:
    """Those that are expected; the one that the address names is added to. None that is there is opened."""
    sienne = ouvrir_pour(mandat_id, geste=Geste.AJOUTER_PIECE, acte=acte_de(request))
    lignes = list_lignes(sienne.demande, acteur=sienne.acte.acteur, le=aujourd_hui())
    ligne = next((li for li in lignes if not li.satisfaite and request.GET.urlencode() == _cle(li)), None)
    contexte: dict[str, object] = {"mandat_id": mandat_id}
    if ligne is None or ligne.situation is Situation.VUE:
        contexte["attendus"] = [_presenter(li, sienne) for li in sorted(lignes, key=lambda li: li.satisfaite)]
        return render(request, "guichet/mandat/documents.html", contexte)
    boite = boite_du_formulaire(
        request.acteur, territoire=sienne.demande.territoire, objet=f"aide:{sienne.demande.id}"
    )
    formulaire = FormulaireDocuments(*envoi_de(request), boite=boite)
    sorts = _joindre(formulaire, boite, ligne, sienne) if formulaire.is_valid() else []
    if sorts and all(sort.joint for sort in sorts):
        messages.success(request, "C’est reçu. La personne le lit dans son historique.")
        return redirect("aide-pieces", mandat_id)
    for sort in sorts:
        if not sort.joint:
            formulaire.add_error("fichiers", f"{sort.nom}\u00a0: {sort.phrase}")
    contexte |= {
        "ligne": _presenter(ligne, sienne),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "gardes": [sort.nom for sort in sorts if sort.joint],
    }
    return render(request, "guichet/mandat/ajouter.html", contexte)


def _cle(ligne: LigneDePiece) -> str:
    attendue = ligne.attendue
    return urlencode({"type": attendue.code, "qui": attendue.reference, "annee": attendue.annee or ""})


def _presenter(ligne: LigneDePiece, sienne: Sienne) -> Attendu:
    return Attendu(
        ligne.attendue.libelle,
        dict(noms_des_membres(sienne.contenu)).get(ligne.attendue.reference, ""),
        ligne.phrase,
        "" if ligne.satisfaite else _cle(ligne),
    )


def _joindre(
    formulaire: FormulaireDocuments, boite: Boite, ligne: LigneDePiece, sienne: Sienne
) -> list[Sort]:
    """What became of each file; nothing is taken in when the document itself is refused."""
    attendue, demande, acte = ligne.attendue, sienne.demande, sienne.acte
    saisie = PieceSaisie(attendue.code, reference=attendue.reference, annee=attendue.annee)
    try:
        exiger_recevable(demande.id, saisie, acte=acte)
    except Interdit as refus:
        formulaire.add_error("fichiers", refus.phrase)
        return []
    return boite.joindre(
        [],
        formulaire.envoyes,
        survenu_le=acte.survenu_le,
        joindre=lambda document, empreinte: joindre_piece(
            demande.id, saisie, Fichier(document, empreinte), acte=acte
        ),
    )
