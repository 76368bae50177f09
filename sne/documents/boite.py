"""Where the files of one page wait: sent ahead of its form or with it, shown, taken back, then named by an act.

Any interface may show it: it says who sends, what for, where uploads go, and what naming a file is; it has asked the
right. What becomes of one file does not touch the others.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac

from sne.documents import televersement
from sne.documents.actions import ouvrir_televersement
from sne.documents.actions.televersements import ABSENT
from sne.documents.effacement import effacer_documents
from sne.documents.magasins import MagasinEnPanne
from sne.documents.pages import assembler
from sne.documents.reception import recevoir
from sne.documents.rules import Accueil, DocumentRefuse, EtatDocument, Limites
from sne.documents.rules.mesures import en_pages, poids
from sne.documents.rules.televersements import nettoyer_nom
from sne.documents.selectors import DocumentLu, TeleversementLu, get_documents, list_televersements
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import maintenant

type Recu = UploadedFile[bytes]
Joindre = Callable[[uuid.UUID, str], uuid.UUID]
"""Has an act name a document (its id, its SHA-256 in hexadecimal); what names it. Raises ``Interdit``."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What became of one file: named by ``joint``, or refused for this reason."""

    nom: str
    joint: uuid.UUID | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Envoi:
    """One file that waits, as its page shows it; ``entier``: it may be joined; ``choisi``: it is to be."""

    id: uuid.UUID
    adresse: str
    nom: str
    entier: bool
    choisi: bool
    phrase: str


@dataclass(frozen=True, slots=True)
class Boite:
    """The files of one sender for one page.

    ``adresse``: where uploads begin; ``suite``: where one goes on, from its id.
    """

    accueil: Accueil
    limites: Limites
    adresse: str
    suite: Callable[[uuid.UUID], str]

    def contexte(self, *, laisses: Collection[uuid.UUID] = ()) -> dict[str, Any]:
        """What the component needs: where to send, under which digest to remember, what is there.

        ``laisses``: those that were not ticked any more.
        """
        de_qui = f"{self.accueil.proprietaire}:{self.accueil.objet}"
        return {
            "envois": self.lister(laisses=laisses),
            "envoi_adresse": self.adresse,
            "envoi_cle": salted_hmac("sne.televersement", de_qui, algorithm="sha256").hexdigest(),
        }

    def lister(self, *, laisses: Collection[uuid.UUID] = ()) -> list[Envoi]:
        """What was sent and nothing names yet."""
        accueil = self.accueil
        lus = list_televersements(
            territoire=accueil.territoire,
            proprietaire=accueil.proprietaire,
            objet=accueil.objet,
            le=maintenant(),
        )
        documents = get_documents([t.document for t in lus if t.document], territoire=accueil.territoire)
        noms: dict[str, str] = {}
        envois = []
        for t in lus:
            document = documents.get(t.document) if t.document else None
            deja = noms.setdefault(document.empreinte, t.nom) if document else t.nom
            phrase = dire_ou_il_en_est(t, document) if deja is t.nom else dire_deux_fois(deja)
            choisi = t.entier and t.id not in laisses
            envois.append(Envoi(t.id, self.suite(t.id), t.nom, entier=t.entier, choisi=choisi, phrase=phrase))
        return envois

    def garder(self, fichiers: Iterable[Recu], *, survenu_le: datetime) -> list[Sort]:
        """Keep files of a form that is to be corrected, so that nobody has to choose them again; those refused."""
        return [sort for sort in self.prendre(fichiers, survenu_le=survenu_le) if sort.phrase]

    def prendre(self, fichiers: Iterable[Recu], *, survenu_le: datetime) -> list[Sort]:
        """Keep files of a form as if they were sent ahead of it: ``joint`` is then the upload."""
        return [self._garder(fichier, survenu_le) for fichier in fichiers]

    def _garder(self, fichier: Recu, survenu_le: datetime) -> Sort:
        nom = nettoyer_nom(fichier.name or "")
        try:
            cle = ouvrir_televersement(self.accueil, nom=nom, taille=fichier.size or 0, survenu_le=survenu_le)
            televersement.ajouter_octets(
                cle,
                fichier.read,
                proprietaire=self.accueil.proprietaire,
                debut=0,
                attendus=fichier.size,
            )
            lu = self._conclure(cle, survenu_le=survenu_le)
        except Interdit as refus:
            return Sort(nom, phrase=refus.phrase)
        return Sort(nom, joint=None if lu.refus else lu.id, phrase=lu.refus)

    def retirer(self, cle: uuid.UUID) -> str:
        """Take one back, its bytes with it; its name, or nothing when it is not there any more."""
        try:
            nom = self._lire(cle).nom
            televersement.oublier(cle, proprietaire=self.accueil.proprietaire)
        except Introuvable:
            return ""
        return nom

    def joindre(
        self,
        cles: Sequence[uuid.UUID],
        fichiers: Iterable[Recu],
        *,
        survenu_le: datetime,
        joindre: Joindre,
    ) -> list[Sort]:
        """Have ``joindre`` name the files sent ahead, then those of the form; those refused say why."""
        return [
            *(self._joindre(cle, survenu_le, joindre) for cle in cles),
            *(self._recevoir(fichier, survenu_le, joindre) for fichier in fichiers),
        ]

    def composer(
        self, pages: Sequence[tuple[uuid.UUID, int]], *, survenu_le: datetime
    ) -> tuple[DocumentLu, ...]:
        """One document of the files sent ahead, in that order, each with its clockwise turn in degrees.

        The same file twice counts once. As long as the antivirus has not seen one of them, none is opened: they stay as
        they are. Nothing names what is made yet, and the files stay until ``vider``. Raises ``Interdit``.
        """
        territoire = self.accueil.territoire
        distincts: dict[str, tuple[DocumentLu, int]] = {}
        for cle, tour in pages:
            lu = self._conclure(cle, survenu_le=survenu_le)
            if lu.document is None:
                raise DocumentRefuse("FICHIER", f"{lu.nom}\u00a0: {lu.refus}")
            document = get_documents([lu.document], territoire=territoire)[lu.document]
            distincts.setdefault(document.empreinte, (document, tour))
        documents = tuple(document for document, _ in distincts.values())
        sans_tour = not any(tour for _, tour in distincts.values())
        if (len(documents) == 1 and sans_tour) or any(d.etat != EtatDocument.DISPONIBLE for d in documents):
            return documents
        recu = assembler(
            [(document.id, tour) for document, tour in distincts.values()],
            territoire=territoire,
            nom=f"{Path(documents[0].nom).stem}.pdf",
            limites=self.limites,
            survenu_le=survenu_le,
        )
        return (get_documents([recu.id], territoire=territoire)[recu.id],)

    def vider(self, cles: Iterable[uuid.UUID]) -> None:
        """Forget these files, now that an act names what was made of them."""
        for cle in cles:
            with suppress(Introuvable):  # the same form sent twice: the other one has ended it
                televersement.oublier(cle, proprietaire=self.accueil.proprietaire)

    def _joindre(self, cle: uuid.UUID, survenu_le: datetime, joindre: Joindre) -> Sort:
        try:
            lu = self._conclure(cle, survenu_le=survenu_le)
        except (Introuvable, Interdit) as refus:
            return Sort("Un fichier déjà envoyé", phrase=refus.phrase)
        sort = Sort(lu.nom, phrase=lu.refus)
        if lu.document:
            document = get_documents([lu.document], territoire=lu.territoire)[lu.document]
            try:
                sort = Sort(lu.nom, joint=joindre(lu.document, document.empreinte))
            except Interdit as refus:
                sort = Sort(lu.nom, phrase=refus.phrase)
        with suppress(Introuvable):  # the same form sent twice: the other one has ended it
            televersement.oublier(cle, proprietaire=self.accueil.proprietaire)
        return sort

    def _recevoir(self, fichier: Recu, survenu_le: datetime, joindre: Joindre) -> Sort:
        nom, territoire = nettoyer_nom(fichier.name or ""), self.accueil.territoire
        try:
            recu = recevoir(
                cast(BinaryIO, fichier.file),
                nom=nom,
                territoire=territoire,
                survenu_le=survenu_le,
                limites=self.limites,
            )
        except Interdit as refus:
            return Sort(nom, phrase=refus.phrase)
        try:
            return Sort(nom, joint=joindre(recu.id, recu.empreinte))
        except Interdit as refus:
            if settings.EFFACE_LES_DOCUMENTS:
                with suppress(
                    MagasinEnPanne
                ):  # what nothing names goes at once; failing that, the sweep takes it
                    effacer_documents([recu.id], territoire=territoire, survenu_le=survenu_le)
            return Sort(nom, phrase=refus.phrase)

    def _conclure(self, cle: uuid.UUID, *, survenu_le: datetime) -> TeleversementLu:
        self._lire(cle)
        return televersement.conclure(
            cle, proprietaire=self.accueil.proprietaire, limites=self.limites, survenu_le=survenu_le
        )

    def _lire(self, cle: uuid.UUID) -> TeleversementLu:
        lu = televersement.lire_televersement(cle, proprietaire=self.accueil.proprietaire)
        if (lu.objet, lu.territoire) != (self.accueil.objet, self.accueil.territoire):
            raise Introuvable(ABSENT)
        return lu


def dire_ou_il_en_est(lu: TeleversementLu, document: DocumentLu | None) -> str:
    """Where an upload is, and what is to be done."""
    if lu.entier:
        return f"Reçu{decrire(document)}. Il sera joint quand vous aurez rempli cette page."
    fait = 100 * lu.recu // lu.taille
    return f"Interrompu à {fait}\u00a0%. Choisissez de nouveau ce fichier\u00a0: l’envoi reprendra là."


def dire_deux_fois(nom: str) -> str:
    """The same bytes were sent under two names, or twice."""
    return f"C’est le même fichier que {nom}\u00a0: il ne compte qu’une fois."


def decrire(document: DocumentLu | None) -> str:
    """« , 3 pages, 1,2 Mo », or nothing when it is not known."""
    return f", {en_pages(document.nombre_pages)}, {poids(document.taille)}" if document else ""
