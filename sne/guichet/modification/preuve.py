"""The document that shows a change of civil status, given on the page where it is typed; none is ever asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages

from sne.documents.boite import Boite
from sne.documents.forms import FormulaireFichiers
from sne.guichet.pieces.envois import boite_de
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, adultes
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece
from sne.registre.pieces.possible import exiger_joignable
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.saisie.forms.pages.page import Page
from sne.saisie.presentation.identite import nom_complet
from sne.socle.acte import Acte
from sne.socle.erreurs import refus_de
from sne.socle.forms import Choix
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, envoi_de

DOCUMENTS = {
    "IDENTITE": "Pièce d’identité",
    "SEJOUR": "Document de séjour",
    "FILIATION": "Livret de famille ou acte de naissance",
    "MARIAGE": "Preuve du mariage",
    "SEPARATION": "Preuve du divorce ou de la séparation",
}
DES_AUTRES = frozenset({"IDENTITE", "SEJOUR"})
"""Those that the catalogue names otherwise for a co-holder."""


class FormulairePreuve(FormulaireFichiers):
    """Files, of which document, about whom. They may come later."""

    piece_type = Choix(
        label="Document", choices=list(DOCUMENTS.items()), required=False, widget=forms.Select()
    )
    piece_qui = Choix(label="De qui", required=False, widget=forms.Select())

    def __init__(self, *args: Any, personnes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece_qui"].choices = personnes
        if len(personnes) == 1:
            del self.fields["piece_qui"]

    def clean(self) -> None:
        """No file is asked for."""

    def saisie(self) -> PieceSaisie:
        """What the act takes."""
        qui = self.cleaned_data.get("piece_qui") or DEMANDEUR
        code = self.cleaned_data["piece_type"] or next(iter(DOCUMENTS))
        if code in DES_AUTRES and qui != DEMANDEUR:
            code = f"{code}_AUTRES"
        return PieceSaisie(code, reference=qui)


@dataclass(frozen=True, slots=True)
class Preuve:
    """The files of one request on a page that changes a civil status."""

    request: RequeteHabilitee
    fiche: Fiche
    boite: Boite
    formulaire: FormulairePreuve = field(init=False)

    def __post_init__(self) -> None:
        personnes = [
            (reference, nom_complet(adulte.identite)) for reference, adulte in adultes(self.fiche.contenu)
        ]
        formulaire = FormulairePreuve(*envoi_de(self.request), boite=self.boite, personnes=personnes)
        object.__setattr__(self, "formulaire", formulaire)

    def revenir(self) -> dict[str, Any]:
        """What the page shows; files that were chosen are kept, so that nobody has to choose them again."""
        for sort in self.boite.garder(self.formulaire.envoyes, survenu_le=maintenant()):
            messages.error(self.request, f"{sort.nom}\u00a0: {sort.phrase}")
        return {"preuve": self.formulaire, **self.boite.contexte()}

    def retirer(self) -> bool:
        """Whether the button pressed takes back a file sent ahead; it is then gone."""
        cle = self.formulaire.retrait
        return cle is not None and bool(self.boite.retirer(cle))

    def joindre(self) -> Iterator[str]:
        """Add the files to the file; what is to be said of those that were not, and of how many were."""
        formulaire, acte = self.formulaire, Acte(self.request.acteur, maintenant())
        if not formulaire.is_valid() or not (formulaire.envoyes or formulaire.envois):
            return
        saisie, demande = formulaire.saisie(), self.fiche.demande
        sorts = self.boite.joindre(
            formulaire.envois,
            formulaire.envoyes,
            survenu_le=acte.survenu_le,
            joindre=lambda document, empreinte: joindre_piece(
                demande.id, saisie, Fichier(document, empreinte), acte=acte
            ),
        )
        yield from (f"{s.nom}\u00a0: {s.phrase} Ajoutez-le depuis les pièces." for s in sorts if not s.joint)


def ouvrir_preuve(request: RequeteHabilitee, fiche: Fiche, page: Page) -> Preuve | None:
    """Where a document is given with this page; ``None`` where no civil status is typed, or for who may add none."""
    if not page.etat_civil or refus_de(exiger_joignable, fiche.source, request.acteur):
        return None
    demande = fiche.demande
    boite = boite_de(request.acteur, territoire=demande.territoire, nud=demande.nud, demande_id=demande.id)
    return Preuve(request, fiche, boite)
