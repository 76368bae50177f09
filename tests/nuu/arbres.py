"""Trees to send through the wire: any, with the birth dates that a registered demande always has."""

import uuid
from datetime import date

from hypothesis import strategies as st

from sne.nuu.rules.ecriture import Emission, ecrire_message
from sne.nuu.rules.lecture import Lu, lire_message
from sne.nuu.rules.xml import Limites, lire_xml
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, adultes, avec_personnes, membres
from tests.nuu.messages import INSTANT
from tests.registre import strategies

LIMITES = Limites(12 << 20, 8, 1 << 16, 2 << 20, 20_000, 64, 200)
NES_LE = date(1980, 1, 1)
DOSSIER = {"guichet": "G0993", "numero_unique": "0991126000412G0993", "date_depot": date(2026, 1, 1)}


def _dater[P: (Demandeur, Cotitulaire)](personne: P) -> P:
    identite = personne.identite.model_copy(
        update={"date_naissance": personne.identite.date_naissance or NES_LE}
    )
    return personne.model_copy(update={"identite": identite})


def _enregistrable(contenu: Contenu) -> Contenu:
    """The same, as the register holds one: everybody has a birth date and a row, each sheet is of one member."""
    if contenu.titulaire is Titulaire.ASSOCIATION:
        return contenu.model_copy(update={"handicaps": ()})
    contenu = contenu.model_copy(
        update={
            "demandeur": _dater(contenu.demandeur or Demandeur()),
            "cotitulaires": tuple(_dater(c) for c in contenu.cotitulaires),
        }
    )
    presents = dict(membres(contenu))
    fiches = {
        reference: fiche.model_copy(update={"personne": reference})
        for fiche in contenu.handicaps
        for reference in [fiche.personne if fiche.personne in presents else DEMANDEUR]
    }
    contenu = contenu.model_copy(update={"handicaps": tuple(fiches.values())})
    return avec_personnes(contenu, {reference: str(uuid.uuid4()) for reference, _ in adultes(contenu)})


arbres: st.SearchStrategy[Contenu] = strategies.contenus.map(_enregistrable)


def ecrire(contenu: Contenu, version: str = "02.01") -> str:
    """The file of this content."""
    emission = Emission(contenu, DOSSIER, {})
    return ecrire_message([emission], type_fichier="RET", date_fichier=INSTANT, version=version)


def lire(texte: str) -> Lu:
    """What a file says."""
    return lire_message(lire_xml(texte.encode("utf-8"), LIMITES))


def aller_retour(contenu: Contenu, version: str = "02.01") -> Contenu:
    """The content as a partner reads it. The reading finds nothing wrong."""
    lu, anomalies = lire(ecrire(contenu, version)).contenu()
    assert lu is not None
    assert anomalies == ()
    return lu
