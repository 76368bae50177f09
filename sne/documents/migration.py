"""Moving objects from a store to another: copied, read back, the row flipped, the former bytes deleted, one at a time.

Each step is in the row before it is in a store: killed anywhere, the next call knows what it finds. The service works
meanwhile: an object is read where its row says, and looked for again when it has just moved.
"""

import hmac
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sne.documents.actions import basculer, engager_copie, terminer_copie
from sne.documents.chiffrement import dechiffrer_flux, empreinte_a_cle
from sne.documents.magasins import Absent, magasin
from sne.documents.models import Objet
from sne.documents.objets import cle_de
from sne.documents.rules import Magasin
from sne.documents.selectors import list_a_migrer
from sne.documents.travail import dossier_de_travail
from sne.documents.verrous import seul
from sne.socle.chiffrement import Indechiffrable

PAR_LOT = 200


@dataclass(frozen=True, slots=True)
class Migres:
    """Objects moved and their bytes in clear; left for another call (being received or erased); altered or missing."""

    faits: int = 0
    octets: int = 0
    laisses: int = 0
    abimes: int = 0


def migrer(*, vers: Magasin, avancer: Callable[[int], None] = lambda _: None) -> Migres:
    """Move every object to that store. Raises ``MagasinEnPanne`` when one of the two does not answer."""
    magasin(vers)  # one that is not set stops here, before any row says that it is being filled
    faits = octets = laisses = abimes = 0
    apres: uuid.UUID | None = None
    while lot := list_a_migrer(vers=vers, apres=apres, au_plus=PAR_LOT):
        for objet in lot:
            try:
                bouge = _deplacer(objet.id, vers=vers)
            except (Absent, Indechiffrable):
                abimes += 1
            else:
                faits, laisses = faits + bouge, laisses + (not bouge)
                octets += objet.taille if bouge else 0
        apres = lot[-1].id
        avancer(len(lot))
    return Migres(faits, octets, laisses, abimes)


def _deplacer(objet_id: uuid.UUID, *, vers: Magasin) -> bool:
    with seul(objet_id) as libre:
        objet = Objet.objects.filter(id=objet_id, efface_le=None).first() if libre else None
        if objet is None:
            return False
        if objet.magasin != vers:
            engage = engager_copie(objet_id, vers=vers)
            if engage is None:
                return False
            _copier(engage, vers)
            if not basculer(objet_id, depuis=engage.magasin, vers=vers):
                return False  # marked for erasure meanwhile, in both stores
            objet = Objet.objects.get(id=objet_id)
        magasin(objet.copie).supprimer(objet.adresse)
        terminer_copie(objet_id)
        return True


def _copier(objet: Objet, vers: Magasin) -> None:
    """Copy the encrypted bytes, then read the copy back to the last one. Raises ``Absent`` or ``Indechiffrable``."""
    with dossier_de_travail() as dossier:
        blob = dossier / "blob"
        with blob.open("wb") as copie:
            copie.writelines(magasin(objet.magasin).lire(objet.adresse))
        magasin(vers).deposer(objet.adresse, blob)
    empreinte = empreinte_a_cle(objet.territoire)
    relu = magasin(vers).lire(objet.adresse)
    for octets in dechiffrer_flux(relu, cle=cle_de(objet), territoire=objet.territoire, objet_id=objet.id):
        empreinte.update(octets)
    if not hmac.compare_digest(empreinte.digest(), bytes(objet.empreinte)):
        raise Indechiffrable("not the content of this object")
