"""Files that an agent sends ahead of the form: where they wait, how they are shown, how they end in the file."""

import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac

from sne.documents import televersement
from sne.documents.actions import ouvrir_televersement
from sne.documents.actions.televersements import ABSENT
from sne.documents.rules import Accueil
from sne.documents.rules.televersements import nettoyer_nom
from sne.documents.selectors import DocumentLu, TeleversementLu, get_documents, list_televersements
from sne.guichet.pieces.presentation import poids
from sne.guichet.pieces.reception import Joindre, Recu, Sort
from sne.referentiels.selectors import get_parametres
from sne.registre.actions.pieces import Fichier
from sne.registre.selectors.documents import get_delais, get_limites
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import jour, maintenant


def proprietaire_de(acteur: Acteur) -> str:
    """How uploads name whoever sends them."""
    return f"compte:{acteur.id}"


@dataclass(frozen=True, slots=True)
class Envoi:
    """One file sent ahead, as its page shows it; ``entier``: it may be added to the file."""

    id: uuid.UUID
    adresse: str
    nom: str
    entier: bool
    phrase: str


@dataclass(frozen=True, slots=True)
class Boite:
    """Where the files of one page wait: those of one account, for one demande or one document to replace."""

    territoire: str
    proprietaire: str
    objet: str
    nud: str

    def accueil(self, survenu_le: datetime) -> Accueil:
        """What is accepted that day."""
        le = jour(survenu_le)
        return Accueil(
            territoire=self.territoire,
            proprietaire=self.proprietaire,
            objet=self.objet,
            octets=get_limites(le).octets,
            duree=get_delais(le).attente,
            au_plus=get_parametres(le).televersements_au_plus,
        )

    def contexte(self) -> dict[str, Any]:
        """What the component needs: where to send, under which digest to remember, what is there already."""
        cle = salted_hmac(
            "sne.televersement", f"{self.proprietaire}:{self.objet}", algorithm="sha256"
        ).hexdigest()
        adresse = reverse("televerser", args=[self.nud])
        piece = self.objet.removeprefix("piece:")
        return {
            "envois": self.lister(),
            "envoi_adresse": adresse if piece == self.objet else f"{adresse}?piece={piece}",
            "envoi_cle": cle,
        }

    def lister(self) -> list[Envoi]:
        """What was sent and is not in the file yet."""
        lus = list_televersements(
            territoire=self.territoire, proprietaire=self.proprietaire, objet=self.objet, le=maintenant()
        )
        documents = get_documents([t.document for t in lus if t.document], territoire=self.territoire)
        return [presenter_envoi(t, documents.get(t.document) if t.document else None) for t in lus]

    def deposer(self, fichiers: Iterable[Recu], *, survenu_le: datetime) -> list[Sort]:
        """Keep files of a form that is to be corrected, so that nobody has to choose them again; those refused."""
        return [sort for fichier in fichiers if (sort := self._deposer(fichier, survenu_le)).phrase]

    def _deposer(self, fichier: Recu, survenu_le: datetime) -> Sort:
        nom = nettoyer_nom(fichier.name or "")
        try:
            cle = ouvrir_televersement(
                self.accueil(survenu_le), nom=nom, taille=fichier.size or 0, survenu_le=survenu_le
            )
            televersement.ajouter_octets(
                cle, fichier.read, proprietaire=self.proprietaire, debut=0, attendus=fichier.size
            )
            lu = self.conclure(cle, survenu_le=survenu_le)
        except Interdit as refus:
            return Sort(nom, phrase=refus.phrase)
        return Sort(nom, phrase=lu.refus)

    def conclure(self, cle: uuid.UUID, *, survenu_le: datetime) -> TeleversementLu:
        """Take one in. Raises ``Introuvable``: not of this page."""
        lu = televersement.lire_televersement(cle, proprietaire=self.proprietaire)
        if (lu.objet, lu.territoire) != (self.objet, self.territoire):
            raise Introuvable(ABSENT)
        return televersement.conclure(
            cle,
            proprietaire=self.proprietaire,
            limites=get_limites(jour(survenu_le)),
            survenu_le=survenu_le,
        )

    def joindre(self, cles: Sequence[uuid.UUID], *, survenu_le: datetime, joindre: Joindre) -> list[Sort]:
        """Have ``joindre`` name each file; what becomes of one does not touch the others."""
        return [self._joindre(cle, survenu_le, joindre) for cle in cles]

    def _joindre(self, cle: uuid.UUID, survenu_le: datetime, joindre: Joindre) -> Sort:
        try:
            lu = self.conclure(cle, survenu_le=survenu_le)
        except (Introuvable, Interdit) as refus:
            return Sort("Un fichier déjà envoyé", phrase=refus.phrase)
        sort = Sort(lu.nom, phrase=lu.refus)
        if lu.document:
            document = get_documents([lu.document], territoire=self.territoire)[lu.document]
            try:
                sort = Sort(lu.nom, piece=joindre(Fichier(lu.document, document.empreinte)))
            except Interdit as refus:
                sort = Sort(lu.nom, phrase=refus.phrase)
        with suppress(Introuvable):  # the same form sent twice: the other one has ended it
            televersement.oublier(cle, proprietaire=self.proprietaire)
        return sort


def boite_de(acteur: Acteur, *, territoire: str, nud: str, demande_id: uuid.UUID) -> Boite:
    """Where files to add to a demande wait."""
    return Boite(territoire, proprietaire_de(acteur), f"demande:{demande_id}", nud)


def presenter_envoi(lu: TeleversementLu, document: DocumentLu | None) -> Envoi:
    """An upload in words."""
    if lu.entier:
        phrase = f"Reçu{decrire(document)}. Il sera joint quand vous aurez rempli cette page."
    else:
        fait = 100 * lu.recu // lu.taille
        phrase = f"Interrompu à {fait}\u00a0%. Choisissez de nouveau ce fichier\u00a0: l’envoi reprendra là."
    return Envoi(lu.id, reverse("televersement", args=[lu.id]), lu.nom, lu.entier, phrase)


def decrire(document: DocumentLu | None) -> str:
    """« , 3 pages, 1,2 Mo », or nothing when it is not known."""
    if document is None:
        return ""
    pages = document.nombre_pages
    return f", {pages}\u00a0page{'s' if pages > 1 else ''}, {poids(document.taille)}"
