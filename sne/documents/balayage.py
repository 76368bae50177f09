"""The sweep: receptions cut, documents that nothing names, uploads gone silent, objects marked, folders left behind."""

from dataclasses import dataclass
from datetime import datetime

from sne.documents.actions import effacer_delaisses, oter_parties_sans_octets, oublier_expires
from sne.documents.magasins import MagasinEnPanne
from sne.documents.objets import effacer_objets
from sne.documents.rules import Delais
from sne.documents.travail import balayer_travail

PAR_LOT = 200


@dataclass(frozen=True, slots=True)
class Balaye:
    """What a sweep took: documents, objects whose bytes went, folders; ``entier``: every store answered."""

    documents: int
    objets: int
    dossiers: int
    entier: bool


def balayer(*, survenu_le: datetime, delais: Delais) -> Balaye:
    """Sweep what may be, as of ``survenu_le``. Killed, or with a store that does not answer, the next one goes on."""
    documents = 0
    while faits := effacer_delaisses(survenu_le=survenu_le, delais=delais, au_plus=PAR_LOT):
        documents += faits
    while oter_parties_sans_octets(survenu_le=survenu_le, delais=delais, au_plus=PAR_LOT):
        pass
    while oublier_expires(survenu_le=survenu_le, au_plus=PAR_LOT):
        pass
    dossiers = balayer_travail()
    try:
        return Balaye(documents, effacer_objets(), dossiers, entier=True)
    except MagasinEnPanne:
        return Balaye(documents, 0, dossiers, entier=False)
