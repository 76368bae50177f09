"""Files sent in several goes, end to end: bytes kept as they come, put together and taken in once they are all there.

Not an action: it speaks to the store. Nothing stays on the disk of this machine: the next bytes may reach another.
"""

import io
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from sne.documents import objets
from sne.documents.actions import (
    compter_morceau,
    conclure_televersement,
    delaisser_televersement,
    demander_effacement,
    inscrire_morceau,
    oter_morceau,
    oublier_televersement,
)
from sne.documents.actions.televersements import ABSENT
from sne.documents.magasins import Absent, MagasinEnPanne
from sne.documents.models import Objet
from sne.documents.reception import recevoir
from sne.documents.rules import (
    DocumentRefuse,
    DocumentTropLourd,
    Limites,
    Magasin,
    MagasinMuet,
    TeleversementIncomplet,
    exiger_suite,
)
from sne.documents.rules.televersements import Controle
from sne.documents.selectors import TeleversementLu, get_televersement, list_morceaux
from sne.documents.travail import dossier_de_travail
from sne.socle import horloge
from sne.socle.chiffrement import Indechiffrable
from sne.socle.erreurs import Introuvable

MORCEAU = 5_000_000  # bytes of one piece: what a cut loses at most, and what is held in clear for a moment
LECTURE = 1 << 20

Lire = Callable[[int], bytes]


class ControleRate(DocumentRefuse):
    """The bytes that came are not those that were sent."""

    def __init__(self) -> None:
        super().__init__(
            "CONTROLE", "Une partie du fichier a été altérée en chemin\u00a0: elle est à renvoyer."
        )


def lire_televersement(televersement_id: uuid.UUID, *, proprietaire: str) -> TeleversementLu:
    """An upload of this sender. Raises ``Introuvable``."""
    lu = get_televersement(televersement_id, proprietaire=proprietaire, le=horloge.maintenant())
    if lu is None:
        raise Introuvable(ABSENT)
    return lu


def ajouter_octets(
    televersement_id: uuid.UUID,
    lire: Lire,
    *,
    proprietaire: str,
    debut: int,
    attendus: int | None,
    controle: Controle | None = None,
) -> int:
    """Keep the bytes that ``lire`` gives, from ``debut`` on; bytes received in all.

    A piece is kept as soon as it is whole, and what came before a cut is kept too: the sender goes on from there. With
    ``controle``, all or nothing, and no more than one piece. Raises ``Introuvable``, ``PositionInattendue``,
    ``DocumentTropLourd``, :class:`ControleRate` or ``MagasinMuet``.
    """
    lu = lire_televersement(televersement_id, proprietaire=proprietaire)
    exiger_suite(debut=debut, recu=lu.recu)
    if attendus is not None and debut + attendus > lu.taille:
        raise DocumentTropLourd(lu.taille)
    if controle and (attendus is None or attendus > MORCEAU):
        raise DocumentTropLourd(MORCEAU)
    recu = debut
    with dossier_de_travail() as dossier:
        for chemin, taille in _morceaux(lire, dossier, au_plus=lu.taille - debut + 1):
            if controle and not (taille == attendus and controle.est_celui_de(chemin.read_bytes())):
                raise ControleRate
            recu = _garder(lu, chemin, taille, proprietaire=proprietaire, debut=recu, dossier=dossier)
    return recu


def _morceaux(lire: Lire, dossier: Path, *, au_plus: int) -> Iterator[tuple[Path, int]]:
    """What comes, a piece at a time, in a file; a cut ends it. One byte too many is read, so as to be refused."""
    chemin, fini = dossier / "morceau", False
    while not fini:
        taille, but = 0, min(MORCEAU, au_plus)
        with chemin.open("wb") as copie:
            while taille < but:
                octets = _lire(lire, min(LECTURE, but - taille))
                if not octets:
                    fini = True
                    break
                copie.write(octets)
                taille += len(octets)
        au_plus -= taille
        fini = fini or au_plus == 0
        if taille:
            yield chemin, taille


def _lire(lire: Lire, au_plus: int) -> bytes:
    try:
        return lire(au_plus)
    except OSError:  # the sender is gone
        return b""


def _garder(
    lu: TeleversementLu, chemin: Path, taille: int, *, proprietaire: str, debut: int, dossier: Path
) -> int:
    empreinte, _ = objets.empreinte_de(chemin, territoire=lu.territoire)
    morceau_id, objet = inscrire_morceau(
        lu.id,
        proprietaire=proprietaire,
        debut=debut,
        empreinte=empreinte,
        taille=taille,
        magasin=Magasin(settings.MAGASIN_DES_DOCUMENTS),
        survenu_le=horloge.maintenant(),
    )
    compte = False
    try:
        if not objets.poser([(objet, chemin)], dossier=dossier):
            raise MagasinMuet
        recu = compter_morceau(lu.id, morceau_id, proprietaire=proprietaire, survenu_le=horloge.maintenant())
        compte = True
    except MagasinEnPanne as exc:
        raise MagasinMuet from exc
    finally:
        if not compte and settings.EFFACE_LES_DOCUMENTS:
            objets.oter(oter_morceau(morceau_id, survenu_le=horloge.maintenant()))
    return recu


def conclure(
    televersement_id: uuid.UUID, *, proprietaire: str, limites: Limites, survenu_le: datetime
) -> TeleversementLu:
    """Take in a file whose bytes are all here, as any file; asked again, the same answer.

    A file refused stays refused, and nothing of it is kept. Raises ``Introuvable``, ``TeleversementIncomplet``, or
    ``MagasinMuet``: it is to be asked again.
    """
    lu = lire_televersement(televersement_id, proprietaire=proprietaire)
    if lu.conclu:
        return lu
    if not lu.entier:
        raise TeleversementIncomplet
    try:
        document_id, refus = _recevoir(lu, limites=limites, survenu_le=survenu_le)
    except MagasinMuet:
        lu = lire_televersement(lu.id, proprietaire=proprietaire)
        if lu.conclu:  # by another request meanwhile, which took the pieces away
            return lu
        raise
    dit, marques = conclure_televersement(
        lu.id,
        proprietaire=proprietaire,
        survenu_le=survenu_le,
        document_id=document_id,
        refus=refus,
        oter=settings.EFFACE_LES_DOCUMENTS,
    )
    if document_id and not dit and settings.EFFACE_LES_DOCUMENTS:
        demander_effacement([document_id], territoire=lu.territoire, survenu_le=survenu_le)
    objets.oter(marques)
    return lire_televersement(lu.id, proprietaire=proprietaire)


def _recevoir(lu: TeleversementLu, *, limites: Limites, survenu_le: datetime) -> tuple[uuid.UUID | None, str]:
    flux = io.BufferedReader(_Suite(list_morceaux(lu.id)))
    try:
        recu = recevoir(flux, nom=lu.nom, territoire=lu.territoire, survenu_le=survenu_le, limites=limites)
    except MagasinMuet:
        raise
    except (MagasinEnPanne, Absent, Indechiffrable) as exc:
        raise MagasinMuet from exc
    except DocumentRefuse as refus:
        return None, refus.phrase
    return recu.id, ""


def oublier(televersement_id: uuid.UUID, *, proprietaire: str) -> None:
    """Forget an upload and whatever was made of it, unless something names it. Raises ``Introuvable``."""
    instant = horloge.maintenant()
    if not settings.EFFACE_LES_DOCUMENTS:
        delaisser_televersement(televersement_id, proprietaire=proprietaire, survenu_le=instant)
        return
    objets.oter(oublier_televersement(televersement_id, proprietaire=proprietaire, survenu_le=instant))


class _Suite(io.RawIOBase):
    """The clear bytes of several objects, one after the other, read once."""

    def __init__(self, suite: Sequence[Objet]) -> None:
        self._octets = (octets for objet in suite for octets in objets.lire(objet))
        self._reserve = b""

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._reserve:
            suivant = next(self._octets, None)
            if suivant is None:
                return 0
            self._reserve = suivant
        pris, self._reserve = self._reserve[: len(tampon)], self._reserve[len(tampon) :]
        tampon[: len(pris)] = pris
        return len(pris)
