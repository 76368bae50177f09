"""Taking a work list away in a file: a journalled read, told before the first line leaves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.possible import exiger_exportable, exiger_file_exportable
from sne.registre.listes.rules.listes import CodeFile, CodeListe, Filtre
from sne.registre.listes.selectors.lecture import Demandee, LigneDeListe, compter_liste, parcourir_liste
from sne.registre.listes.verbes import VerbeListe
from sne.socle import horloge
from sne.socle.acte import Acte


@dataclass(frozen=True, slots=True)
class Export:
    """Lines to write, read as they are asked for. ``coupe``: the list had more than may leave at once."""

    lignes: Iterator[LigneDeListe]
    nombre: int
    au_plus: int
    coupe: bool


@transaction.atomic
def exporter_liste(code: CodeListe, filtre: Filtre, *, format_: str, acte: Acte) -> Export:
    """The lines of a list, ``liste_export_lignes_max`` at most, once the journal says who takes which list. The entry
    is written first, with the number of lines at that moment, and no more lines are sent; a download that stops
    half-way is journalled as whole. Raises ``Introuvable`` out of the perimeter, ``NonHabilite``.
    """
    le = horloge.jour(acte.survenu_le)
    demandee = Demandee(code, filtre, acte.acteur, le)
    au_plus = get_parametres(le)[ParametresListes].liste_export_lignes_max
    trouvees = compter_liste(demandee, au_plus=au_plus)
    exiger_exportable(demandee)
    nombre, coupe = min(trouvees, au_plus), trouvees > au_plus
    _dire(code, format_=format_, filtre=filtre.en_json(), lignes=nombre, coupe=coupe, acte=acte)
    return Export(parcourir_liste(demandee, au_plus=nombre), nombre, au_plus, coupe)


@transaction.atomic
def exporter_file(
    code: CodeFile, *, lignes: int, coupe: bool, format_: str, filtre: Mapping[str, str], acte: Acte
) -> None:
    """Say in the journal who takes this queue away, before its first line leaves; what is in it was read within their
    perimeter. Raises ``NonHabilite``.
    """
    exiger_file_exportable(acte.acteur)
    _dire(code, format_=format_, filtre=dict(filtre), lignes=lignes, coupe=coupe, acte=acte)


def _dire(code: CodeListe | CodeFile, *, acte: Acte, format_: str, **faits: object) -> None:
    dits = {"liste": str(code), "format": format_, **faits}
    dire(VerbeListe.EXPORTER_LISTE, acte.acteur.territoire, acte=acte, faits=dits)
