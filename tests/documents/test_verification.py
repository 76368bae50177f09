"""Rows and store are compared both ways; what is wrong is said, what is under way is not."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sne.documents.actions import demander_effacement, rattacher_document
from sne.documents.balayage import balayer
from sne.documents.models import Document, Objet, Partie
from sne.documents.ouverture import ouvrir
from sne.documents.perte import perdre_sans_octets
from sne.documents.rules import Anomalie, Constat, EtatDocument, Genre, MagasinIndisponible, Part
from sne.documents.travail import dossier_de_travail
from sne.documents.verification import oter_orphelins, verifier
from tests.documents.factories import DELAIS, MAINTENANT, contenu, fichiers, garde

pytestmark = pytest.mark.django_db
PLUS_TARD = MAINTENANT + timedelta(hours=3)


def genres(*, lire: bool = True) -> list[Genre]:
    """The kinds of what a check finds."""
    return [a.genre for a in verifier(recu_avant=PLUS_TARD, contenu=lire).anomalies]


def une_adresse(dossier: Path) -> Path:
    """The file of the first object."""
    return dossier / "magasin" / fichiers(dossier)[0]


def test_rows_and_store_agree() -> None:
    garde(pages=2)
    garde(b"un autre")
    constat = verifier(recu_avant=PLUS_TARD)
    assert (constat.bon, constat.objets, constat.fichiers, constat.a_effacer) == (True, 5, 5, 0)


def test_missing_bytes_are_said_and_the_document_does_not_open(dossier: Path) -> None:
    document = garde(pages=0)
    une_adresse(dossier).unlink()
    assert genres() == [Genre.OCTETS_ABSENTS]
    with pytest.raises(MagasinIndisponible, match="altéré ou perdu"):
        contenu(document)


@pytest.mark.parametrize("place", [0, 4, 100, 70_000, -1])
def test_one_altered_bit_is_said_and_never_given(dossier: Path, place: int) -> None:
    document = garde(pages=0)
    fichier = une_adresse(dossier)
    octets = bytearray(fichier.read_bytes())
    octets[place] ^= 1
    fichier.write_bytes(octets)
    assert genres() == [Genre.OCTETS_ALTERES]
    assert genres(lire=False) == []
    with pytest.raises(MagasinIndisponible):
        b"".join(ouvrir(document.id, territoire="099", part=Part.ORIGINAL, filigrane=None).octets)


@pytest.mark.parametrize("taille", [0, 3, 4, 20, 65_556, 100_000])
def test_bytes_cut_short_are_said(dossier: Path, taille: int) -> None:
    document = garde(pages=0)
    fichier = une_adresse(dossier)
    fichier.write_bytes(fichier.read_bytes()[:taille])
    assert genres() == genres(lire=False) == [Genre.OCTETS_ALTERES]
    with pytest.raises(MagasinIndisponible):
        contenu(document)


def test_object_put_in_the_place_of_another_does_not_open(dossier: Path) -> None:
    documents = [garde(b"celui de l'un", pages=0), garde(b"celui de l'aut", pages=0)]
    premier, second = (dossier / "magasin" / a for a in fichiers(dossier))
    premier.write_bytes(second.read_bytes())
    assert Genre.OCTETS_ALTERES in genres()
    perdus = 0
    for document in documents:
        try:
            contenu(document)
        except MagasinIndisponible:
            perdus += 1
    assert perdus == 1


def test_unknown_file_is_said_then_removed(dossier: Path) -> None:
    garde(pages=0)
    intrus = dossier / "magasin" / "099" / "ab" / "cd" / "intrus"
    intrus.parent.mkdir(parents=True)
    intrus.write_bytes(b"?")
    constat = verifier(recu_avant=PLUS_TARD)
    assert [(a.genre, a.lieu) for a in constat.anomalies] == [(Genre.FICHIER_ORPHELIN, "099/ab/cd/intrus")]
    assert oter_orphelins(constat, survenu_le=PLUS_TARD) == 1
    assert genres() == []


def test_reception_cut_is_said_after_its_delay_then_swept(dossier: Path) -> None:
    garde(b"entier", pages=0)
    coupee(dossier)
    assert verifier(recu_avant=MAINTENANT).bon
    assert genres() == [Genre.RECEPTION_COUPEE]
    balaye = balayer(survenu_le=PLUS_TARD, delais=DELAIS)
    assert (balaye.documents, balaye.objets, balaye.entier) == (1, 1, True)
    assert genres() == []
    assert len(fichiers(dossier)) == 1


def coupee(dossier: Path) -> Document:
    """A reception killed after its bytes were put and before that was noted."""
    from sne.documents.actions import Contenu, Entete, inscrire_reception
    from sne.documents.rules import Magasin

    document_id, objets = inscrire_reception(
        Entete(b"0" * 32, "coupé.pdf", "application/pdf", 3, 1),
        [Contenu(Part.ORIGINAL, 0, "application/pdf", b"1" * 32, 3)],
        territoire="099",
        magasin=Magasin.DISQUE,
        survenu_le=MAINTENANT,
    )
    (objet,) = objets.values()
    fichier = dossier / "magasin" / objet.adresse
    fichier.parent.mkdir(parents=True)
    fichier.write_bytes(b"coupe")
    return Document.objects.get(id=document_id)


def test_document_that_nobody_attached_is_swept_the_others_stay(dossier: Path) -> None:
    seul, tenu = garde(b"seul"), garde(b"tenu")
    rattacher_document(tenu.id, territoire="099", survenu_le=MAINTENANT)
    assert balayer(survenu_le=PLUS_TARD, delais=DELAIS).documents == 0
    assert balayer(survenu_le=MAINTENANT + timedelta(hours=25), delais=DELAIS).documents == 1
    assert Document.objects.get(id=seul.id).etat == EtatDocument.EFFACE
    assert contenu(tenu) == b"tenu"
    assert genres() == []
    assert len(fichiers(dossier)) == 2


def test_object_marked_is_no_anomaly_and_the_sweep_takes_it(dossier: Path) -> None:
    document = garde(pages=0)
    demander_effacement([document.id], territoire="099", survenu_le=MAINTENANT)
    constat = verifier(recu_avant=PLUS_TARD)
    assert (constat.bon, constat.a_effacer, constat.fichiers) == (True, 1, 1)
    assert balayer(survenu_le=MAINTENANT, delais=DELAIS).objets == 1
    assert (fichiers(dossier), Objet.objects.count()) == ([], 0)


def test_folder_of_a_living_process_stays_that_of_a_dead_one_goes(dossier: Path) -> None:
    with dossier_de_travail() as vivant:
        mort = vivant.parent / "travail-mort"
        mort.mkdir()
        (mort / "verrou").touch()
        (mort / "recu").write_bytes(b"en clair")
        assert genres() == [Genre.TRAVAIL_ABANDONNE]
        assert balayer(survenu_le=MAINTENANT, delais=DELAIS).dossiers == 1
        assert vivant.exists()
        assert not mort.exists()
    assert genres() == []


def test_object_that_nothing_holds_is_said_then_removed(dossier: Path) -> None:
    garde(pages=0)
    garde(b"tenu", pages=0)
    Partie.objects.filter(objet=Objet.objects.order_by("id")[0])._raw_delete("default")
    constat = verifier(recu_avant=MAINTENANT)
    assert {a.genre for a in constat.anomalies} == {Genre.OBJET_SANS_DOCUMENT, Genre.DOCUMENT_INCOMPLET}
    assert oter_orphelins(constat, survenu_le=PLUS_TARD) == 1
    assert oter_orphelins(constat, survenu_le=PLUS_TARD) == 0
    assert genres() == [Genre.DOCUMENT_INCOMPLET]
    assert len(fichiers(dossier)) == 1


def test_file_that_a_row_knows_since_is_not_removed(dossier: Path) -> None:
    garde(pages=0)
    (adresse,) = fichiers(dossier)
    vu_trop_tot = Constat(0, 1, 0, (Anomalie(Genre.FICHIER_ORPHELIN, adresse, "disque"),))
    assert oter_orphelins(vu_trop_tot, survenu_le=PLUS_TARD) == 0
    assert genres() == []


def test_sweep_without_its_store_takes_rows_and_says_so(settings: Any, dossier: Path) -> None:
    garde(pages=0)
    complets = settings.STORAGES
    settings.STORAGES = {nom: s for nom, s in complets.items() if nom != "documents_disque"}
    demain = MAINTENANT + timedelta(hours=25)
    balaye = balayer(survenu_le=demain, delais=DELAIS)
    assert (balaye.documents, balaye.objets, balaye.entier) == (1, 0, False)
    settings.STORAGES = complets
    assert balayer(survenu_le=demain, delais=DELAIS).objets == 1
    assert fichiers(dossier) == []


def test_after_a_restoration_what_has_no_bytes_is_told_gone(dossier: Path) -> None:
    perdu, garde_entier = garde(pages=1), garde(b"un autre")
    for fichier in fichiers(dossier):
        objet = Objet.objects.get(adresse__endswith=Path(fichier).name)
        if Partie.objects.filter(objet=objet, document=perdu.id, part=Part.ORIGINAL).exists():
            (dossier / "magasin" / fichier).unlink()
    assert genres() == [Genre.OCTETS_ABSENTS]
    assert perdre_sans_octets(survenu_le=PLUS_TARD) == [perdu.id]
    assert (genres(), perdre_sans_octets(survenu_le=PLUS_TARD)) == ([], [])
    assert Document.objects.get(pk=perdu.id).etat == EtatDocument.EFFACE
    assert Document.objects.get(pk=garde_entier.id).etat != EtatDocument.EFFACE
