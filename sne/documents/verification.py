"""Rows and stores compared both ways, a page at a time, while the service works: every object, every file.

What is being received, or erased, is not an anomaly: its row says so. Each disagreement is looked at twice, since the
service may have moved between two looks.
"""

import hmac
import itertools
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from sne.documents import objets, selectors
from sne.documents.actions import effacer_sans_document
from sne.documents.chiffrement import empreinte_a_cle, taille_chiffree
from sne.documents.magasins import Absent, MagasinEnPanne, magasin, magasins_connus
from sne.documents.models import Objet
from sne.documents.rules import Anomalie, Constat, Genre, Magasin
from sne.documents.travail import list_abandonnes
from sne.socle.chiffrement import Indechiffrable

PAR_PAGE = 500


def verifier(*, recu_avant: datetime, contenu: bool = True) -> Constat:
    """Compare rows and stores; a reception begun before ``recu_avant`` and not over was cut.

    ``contenu=False`` compares sizes only: no object is read, and what was altered at the same size is not seen.
    """
    muets: set[str] = set()
    suite = (
        *(
            Anomalie(Genre.DOCUMENT_INCOMPLET, str(i))
            for i in selectors.list_documents_incomplets(avant=recu_avant)
        ),
        *(Anomalie(Genre.RECEPTION_COUPEE, str(i)) for i in selectors.list_receptions(recu_avant=recu_avant)),
        *(Anomalie(Genre.TRAVAIL_ABANDONNE, d.name) for d in list_abandonnes()),
    )
    lus, des_lignes = _depuis_les_lignes(muets, contenu=contenu)
    fichiers, des_magasins = _depuis_les_magasins(muets)
    return Constat(
        objets=lus,
        fichiers=fichiers,
        a_effacer=selectors.count_a_effacer(),
        anomalies=(
            *suite,
            *des_lignes,
            *des_magasins,
            *(Anomalie(Genre.MAGASIN_MUET, m, m) for m in sorted(muets)),
        ),
    )


def _depuis_les_lignes(muets: set[str], *, contenu: bool) -> tuple[int, list[Anomalie]]:
    lus, anomalies = 0, []
    for objet, tenu in _objets():
        lus += 1
        genre = None if tenu else Genre.OBJET_SANS_DOCUMENT
        if genre is None and objet.pose_le is not None and objet.magasin not in muets:
            try:
                genre = _examiner(objet, contenu=contenu)
            except MagasinEnPanne:
                muets.add(objet.magasin)
        if genre and _est_encore_la(objet):
            anomalies.append(Anomalie(genre, objet.adresse, objet.magasin))
    return lus, anomalies


def _objets() -> Iterator[tuple[Objet, bool]]:
    apres: uuid.UUID | None = None
    while page := selectors.list_objets(apres=apres, au_plus=PAR_PAGE):
        yield from page
        apres = page[-1][0].id


def _examiner(objet: Objet, *, contenu: bool) -> Genre | None:
    try:
        if magasin(objet.magasin).taille(objet.adresse) != taille_chiffree(objet.taille):
            return Genre.OCTETS_ALTERES
        if contenu and not _est_le_sien(objet):
            return Genre.OCTETS_ALTERES
    except Absent:
        return Genre.OCTETS_ABSENTS
    except Indechiffrable:
        return Genre.OCTETS_ALTERES
    return None


def _est_le_sien(objet: Objet) -> bool:
    empreinte = empreinte_a_cle(objet.territoire)
    for octets in objets.lire(objet):
        empreinte.update(octets)
    return hmac.compare_digest(empreinte.digest(), bytes(objet.empreinte))


def _est_encore_la(objet: Objet) -> bool:
    """Whether the row still says what made it be looked at: neither erased nor moved meanwhile."""
    return Objet.objects.filter(id=objet.id, efface_le=None, magasin=objet.magasin).exists()


def _depuis_les_magasins(muets: set[str]) -> tuple[int, list[Anomalie]]:
    lus, anomalies = 0, []
    for nom in magasins_connus():
        try:
            for page in itertools.batched(magasin(nom).lister(), PAR_PAGE):
                lus += len(page)
                anomalies += [Anomalie(Genre.FICHIER_ORPHELIN, a, nom) for a in _orphelins(nom, page)]
        except MagasinEnPanne:
            muets.add(nom)
    return lus, anomalies


def _orphelins(nom: Magasin, page: Sequence[tuple[str, int]]) -> list[str]:
    """Files that no row knows in this store, and that are still there: an erasure takes the file before the row."""
    connues = selectors.get_adresses_connues([adresse for adresse, _ in page], magasin=nom)
    return [adresse for adresse, _ in page if adresse not in connues and _existe(nom, adresse)]


def _existe(nom: Magasin, adresse: str) -> bool:
    try:
        magasin(nom).taille(adresse)
    except Absent:
        return False
    return True


def oter_orphelins(constat: Constat, *, survenu_le: datetime) -> int:
    """Remove the files that no row knows and the objects that nothing holds, after a second look; returns how many.

    Raises ``MagasinEnPanne``.
    """
    otes = 0
    for anomalie in constat.anomalies:
        if anomalie.genre is Genre.FICHIER_ORPHELIN and not selectors.get_adresses_connues(
            [anomalie.lieu], magasin=Magasin(anomalie.magasin)
        ):
            magasin(anomalie.magasin).supprimer(anomalie.lieu)
            otes += 1
        if anomalie.genre is Genre.OBJET_SANS_DOCUMENT:
            otes += effacer_sans_document(anomalie.lieu, survenu_le=survenu_le)
    objets.effacer_objets()
    return otes
