"""What was sent online in the words of its screen: the civil status beside the picture, the rest folded."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from sne.demandeurs.rules.niveaux import NatureContact, Niveau
from sne.documents.rules import EtatDocument
from sne.guichet.pieces.presentation import ETATS
from sne.registre.depot_en_ligne.selectors.a_verifier import DepotAVerifier, PieceAVerifier
from sne.registre.doublons.selectors.en_ligne import EnAttente
from sne.registre.doublons.selectors.proches import Proche
from sne.saisie.cadre import get_lecture
from sne.saisie.forms.pages import pages_pour
from sne.saisie.presentation import BLOCS
from sne.saisie.presentation.foyer import Membre, membres_du_foyer
from sne.saisie.presentation.mots import Bloc
from sne.saisie.presentation.titulaire import nom_du_titulaire
from sne.socle.horloge import aujourd_hui

TYPES = {"IDENTITE": "Pièce d’identité", "SEJOUR": "Titre de séjour"}
CONNEXIONS: Mapping[Niveau, str] = {
    Niveau.FC: "avec FranceConnect, sous l’état civil tapé",
    Niveau.FC_MOINS: "avec FranceConnect, sous un état civil qui n’est pas tout à fait celui tapé",
    Niveau.FC_AIDANT: "par un aidant, avec Aidants Connect",
    Niveau.CODE: "sans FranceConnect, par un code reçu à son adresse électronique",
}
"""How whoever sent it signed in."""
BOITES: Mapping[NatureContact, str] = {
    NatureContact.PARTAGE: "La personne dit que d’autres lisent aussi son adresse électronique.",
    NatureContact.AIDANT: "La personne dit que son adresse électronique est celle de quelqu’un qui l’aide.",
}
DEJA_MONTREES = ("personne", "foyer")


@dataclass(frozen=True, slots=True)
class Image:
    """One page of a picture: where it is, and larger."""

    adresse: str
    grande: str
    texte: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document received; ``phrase``: why nothing of it is shown."""

    titre: str
    images: list[Image]
    phrase: str


@dataclass(frozen=True, slots=True)
class DepotMontre:
    """The page of one sending. ``connexion``: how the person signed in, in words; ``prudence``: nobody vouches for
    their civil status; ``boite``: who reads the e-mail, where it is not the person alone.
    """

    id: uuid.UUID
    nom: str
    reference: str
    envoye_le: datetime
    avant_le: date
    passee: bool
    raison: str
    connexion: str
    prudence: bool
    boite: str
    documents: list[Document]
    identite: list[Bloc]
    membres: list[Membre]
    parties: list[tuple[str, list[Bloc]]]
    proches: tuple[Proche, ...]
    attendent: tuple[EnAttente, ...]


def presenter_depot(lu: DepotAVerifier) -> DepotMontre:
    """One sending as its page shows it."""
    lecture = replace(get_lecture(aujourd_hui()), nirs=lu.nirs)
    return DepotMontre(
        id=lu.id,
        nom=nom_du_titulaire(lu.contenu),
        reference=lu.reference,
        envoye_le=lu.envoye_le,
        avant_le=lu.avant_le,
        passee=lu.avant_le < aujourd_hui(),
        raison=lu.raison,
        connexion=CONNEXIONS[lu.niveau],
        prudence=lu.niveau is not Niveau.FC,
        boite=BOITES.get(lu.nature, "") if lu.nature else "",
        documents=[_document(lu, piece) for piece in lu.en_vigueur],
        identite=BLOCS["personne"](lu.contenu, lecture),
        membres=membres_du_foyer(lu.contenu, lecture),
        parties=[
            (page.titre, BLOCS[page.code](lu.contenu, lecture))
            for page in pages_pour(lu.contenu)
            if page.code in BLOCS and page.code not in DEJA_MONTREES
        ],
        proches=lu.proches,
        attendent=lu.attendent,
    )


def _document(lu: DepotAVerifier, piece: PieceAVerifier) -> Document:
    titre, fichier = TYPES.get(piece.type_piece, piece.type_piece), piece.fichier
    if fichier is None or fichier.etat is not EtatDocument.DISPONIBLE:
        return Document(titre, [], ETATS[fichier.etat] if fichier else "Ce document n’est plus là.")
    adresses = [
        reverse("demande-en-ligne-page", args=[lu.id, piece.document, rang])
        for rang in range(1, fichier.nombre_pages + 1)
    ]
    return Document(
        titre,
        [
            Image(adresse, f"{adresse}?largeur=2400", f"{titre}, page {rang} sur {len(adresses)}")
            for rang, adresse in enumerate(adresses, 1)
        ],
        "",
    )
