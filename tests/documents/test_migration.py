"""Objects move between stores while they are read; cut in the middle, moved or erased meanwhile, none is lost."""

from pathlib import Path
from typing import Any

import pytest

from sne.documents import migration
from sne.documents.actions import basculer, demander_effacement, engager_copie
from sne.documents.balayage import balayer
from sne.documents.effacement import effacer_documents
from sne.documents.magasins import MagasinEnPanne, magasin
from sne.documents.magasins import s3 as module_s3
from sne.documents.migration import Migres, migrer
from sne.documents.models import Objet
from sne.documents.objets import lire
from sne.documents.rules import Magasin
from sne.documents.selectors import count_a_migrer
from sne.documents.verification import verifier
from tests.documents.factories import DELAIS, MAINTENANT, OCTETS, contenu, fichiers, garde
from tests.documents.serveurs import ServeurS3, reglages_s3

pytestmark = pytest.mark.django_db


def sur_s3() -> list[str]:
    """Addresses in the bucket."""
    return [adresse for adresse, _ in magasin("s3").lister()]


def accord() -> None:
    """Rows and both stores agree."""
    constat = verifier(recu_avant=MAINTENANT)
    assert (constat.anomalies, constat.objets) == ((), constat.fichiers)


def test_objects_move_there_and_back(s3: ServeurS3, dossier: Path) -> None:
    document = garde(pages=2)
    assert count_a_migrer(vers=Magasin.S3) == 3
    faits = migrer(vers=Magasin.S3)
    assert (faits.faits, faits.laisses, faits.abimes) == (3, 0, 0)
    assert faits.octets > len(OCTETS)
    assert (fichiers(dossier), len(sur_s3())) == ([], 3)
    assert contenu(document) == OCTETS
    accord()
    assert migrer(vers=Magasin.S3) == Migres()
    assert migrer(vers=Magasin.DISQUE).faits == 3
    assert (sur_s3(), len(fichiers(dossier))) == ([], 3)
    accord()


def test_object_read_while_it_moves_is_found_where_it_went(s3: ServeurS3) -> None:
    garde(pages=0)
    vu_avant = Objet.objects.get()
    migrer(vers=Magasin.S3)
    assert vu_avant.magasin == Magasin.DISQUE
    assert b"".join(lire(vu_avant)) == OCTETS


def test_object_that_moves_in_the_middle_of_a_reading_is_read_to_its_end(
    s3: ServeurS3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_s3, "PLAGE", 70_000)
    garde(pages=0)
    migrer(vers=Magasin.S3)
    lecture = lire(Objet.objects.get())
    debut = next(lecture)
    assert migrer(vers=Magasin.DISQUE).faits == 1
    assert debut + b"".join(lecture) == OCTETS


def test_cut_after_the_copy_is_engaged(s3: ServeurS3, dossier: Path) -> None:
    garde(pages=0)
    objet = Objet.objects.get()
    engager_copie(objet.id, vers=Magasin.S3)
    magasin("s3").deposer(objet.adresse, dossier / "magasin" / objet.adresse)
    accord_sauf_deux_copies()
    assert migrer(vers=Magasin.S3).faits == 1
    assert (len(sur_s3()), fichiers(dossier)) == (1, [])
    accord()


def test_cut_after_the_row_flipped(s3: ServeurS3, dossier: Path) -> None:
    document = garde(pages=0)
    objet = Objet.objects.get()
    engager_copie(objet.id, vers=Magasin.S3)
    magasin("s3").deposer(objet.adresse, dossier / "magasin" / objet.adresse)
    assert basculer(objet.id, depuis="disque", vers=Magasin.S3)
    assert contenu(document) == OCTETS
    accord_sauf_deux_copies()
    assert migrer(vers=Magasin.S3).faits == 1
    assert fichiers(dossier) == []
    accord()


def test_cut_then_taken_the_other_way(s3: ServeurS3, dossier: Path) -> None:
    document = garde(pages=0)
    objet = Objet.objects.get()
    engager_copie(objet.id, vers=Magasin.S3)
    magasin("s3").deposer(objet.adresse, dossier / "magasin" / objet.adresse)
    migrer(vers=Magasin.DISQUE)
    assert (sur_s3(), contenu(document)) == ([], OCTETS)
    accord()


def accord_sauf_deux_copies() -> None:
    """Two files for one object, neither an orphan."""
    constat = verifier(recu_avant=MAINTENANT)
    assert (constat.anomalies, constat.objets, constat.fichiers) == ((), 1, 2)


def test_erased_while_it_is_copied_leaves_nothing_in_either_store(
    s3: ServeurS3, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = garde(pages=0)
    copier = migration._copier

    def effacer_pendant(objet: Objet, vers: Magasin) -> None:
        copier(objet, vers)
        demander_effacement([document.id], territoire="099", survenu_le=MAINTENANT)

    monkeypatch.setattr(migration, "_copier", effacer_pendant)
    assert migrer(vers=Magasin.S3) == Migres(laisses=1)
    assert balayer(survenu_le=MAINTENANT, delais=DELAIS).objets == 1
    assert (sur_s3(), fichiers(dossier), Objet.objects.count()) == ([], [], 0)


def test_erasure_takes_both_copies(s3: ServeurS3, dossier: Path) -> None:
    document = garde(pages=0)
    objet = Objet.objects.get()
    engager_copie(objet.id, vers=Magasin.S3)
    magasin("s3").deposer(objet.adresse, dossier / "magasin" / objet.adresse)
    effacer_documents([document.id], territoire="099", survenu_le=MAINTENANT)
    assert (sur_s3(), fichiers(dossier)) == ([], [])


def test_altered_object_does_not_move_the_others_do(s3: ServeurS3, dossier: Path) -> None:
    garde(b"celui qui est perdu", pages=0)
    (perdu,) = fichiers(dossier)
    (dossier / "magasin" / perdu).write_bytes(b"SNE1 autre chose")
    garde(b"celui qui va bien", pages=0)
    assert migrer(vers=Magasin.S3).abimes == 1
    assert fichiers(dossier) == [perdu]
    assert Objet.objects.get(adresse=perdu).magasin == Magasin.DISQUE


def test_emptied_object_does_not_stop_the_others(s3: ServeurS3, dossier: Path) -> None:
    for texte in (b"celui qui est perdu", b"celui qui va bien"):
        garde(texte, pages=0)
    migrer(vers=Magasin.S3)
    vide = dossier / "vide"
    vide.touch()
    magasin("s3").deposer(Objet.objects.earliest("id").adresse, vide)
    faits = migrer(vers=Magasin.DISQUE)
    assert (faits.faits, faits.abimes) == (1, 1)


def test_object_whose_bytes_are_not_put_yet_stays(s3: ServeurS3) -> None:
    garde(pages=0)
    Objet.objects.update(pose_le=None)
    assert migrer(vers=Magasin.S3) == Migres(laisses=1)


def test_store_that_does_not_answer_stops_it_and_nothing_is_lost(settings: Any, dossier: Path) -> None:
    document = garde(pages=0)
    settings.STORAGES = {**settings.STORAGES, "documents_s3": reglages_s3("http://127.0.0.1:9")}
    with pytest.raises(MagasinEnPanne):
        migrer(vers=Magasin.S3)
    assert contenu(document) == OCTETS
