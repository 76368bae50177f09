"""Files sent in several goes: bytes that count once, taken in once, nothing left of those given up, cut or refused."""

import hashlib
import io
import os
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from sne.documents import televersement as service
from sne.documents.actions import (
    compter_morceau,
    inscrire_morceau,
    oter_morceau,
    oublier_expires,
    ouvrir_televersement,
    rattacher_document,
)
from sne.documents.magasins import MagasinEnPanne
from sne.documents.magasins.disque import MagasinDisque
from sne.documents.models import Document, Morceau, Objet, Televersement
from sne.documents.objets import effacer_objets
from sne.documents.rules import (
    DocumentTropLourd,
    DocumentVide,
    EtatDocument,
    Magasin,
    MagasinMuet,
    PositionInattendue,
    TeleversementIncomplet,
    TropDeTeleversements,
)
from sne.documents.selectors import list_televersements
from sne.socle import horloge
from sne.socle.erreurs import Introuvable
from tests.documents.adresses import accueil
from tests.documents.factories import LIMITES, adresses, fichiers, pdf

pytestmark = pytest.mark.django_db
MOI = "moi"
PDF = pdf(10)
TIERS = len(PDF) // 3


def ouvert(taille: int = len(PDF), **autres: object) -> uuid.UUID:
    """An upload begun."""
    return ouvrir_televersement(
        accueil(**autres),
        nom="avis.pdf",
        taille=taille,
        survenu_le=horloge.maintenant(),
    )


def envoye(cle: uuid.UUID, octets: bytes, *, debut: int = 0) -> int:
    """Bytes sent in one go."""
    return service.ajouter_octets(
        cle, io.BytesIO(octets).read, proprietaire=MOI, debut=debut, attendus=len(octets)
    )


def conclu(cle: uuid.UUID) -> service.TeleversementLu:
    """The file taken in."""
    return service.conclure(cle, proprietaire=MOI, limites=LIMITES, survenu_le=horloge.maintenant())


def test_file_in_two_goes_is_taken_in_as_it_was(dossier: Path) -> None:
    cle = ouvert()
    assert envoye(cle, PDF[:TIERS]) == TIERS
    assert envoye(cle, PDF[TIERS:], debut=TIERS) == len(PDF)
    connection.check_constraints()
    lu = conclu(cle)
    assert (lu.nom, lu.refus, lu.territoire) == ("avis.pdf", "", "099")
    document = Document.objects.get()
    assert (document.id, document.etat, document.taille) == (lu.document, EtatDocument.DISPONIBLE, len(PDF))
    assert est_le_meme(conclu_en_document(lu))
    assert Morceau.objects.count() == 0
    assert fichiers(dossier) == adresses()
    assert list((dossier / "travail").iterdir()) == []


def conclu_en_document(lu: service.TeleversementLu) -> Document:
    """The document that came of it."""
    return Document.objects.get(id=lu.document)


def est_le_meme(document: Document) -> bool:
    """What was received is what was sent, and it opens."""
    return bytes(document.empreinte or b"") == hashlib.sha256(PDF).digest() and document.etat == "DISPONIBLE"


def test_nothing_in_clear_waits_in_the_store(dossier: Path) -> None:
    envoye(ouvert(), PDF[:TIERS])
    (adresse,) = fichiers(dossier)
    assert PDF[:8] not in (dossier / "magasin" / adresse).read_bytes()
    assert b"avis" not in bytes(Televersement.objects.get().nom)


def test_large_go_is_kept_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MORCEAU", TIERS)
    cle = ouvert()
    assert envoye(cle, PDF) == len(PDF)
    assert list(Morceau.objects.order_by("debut").values_list("debut", flat=True)) == list(
        range(0, len(PDF), TIERS)
    )
    assert est_le_meme(conclu_en_document(conclu(cle)))


def test_what_came_before_a_cut_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MORCEAU", TIERS)
    flux = io.BytesIO(PDF[: 2 * TIERS])

    def coupe(au_plus: int) -> bytes:
        if octets := flux.read(au_plus):
            return octets
        raise OSError("gone")

    cle = ouvert()
    recu = service.ajouter_octets(cle, coupe, proprietaire=MOI, debut=0, attendus=len(PDF))
    assert recu == Televersement.objects.get().recu == 2 * TIERS
    with pytest.raises(TeleversementIncomplet):
        conclu(cle)
    assert envoye(cle, PDF[2 * TIERS :], debut=2 * TIERS) == len(PDF)


def test_taken_in_once_however_often_it_is_asked() -> None:
    cle = ouvert()
    envoye(cle, PDF)
    assert conclu(cle) == conclu(cle)
    assert Document.objects.count() == 1
    with pytest.raises(PositionInattendue):
        envoye(cle, b"x")
    with pytest.raises(PositionInattendue):
        inscrire_morceau(
            cle,
            proprietaire=MOI,
            debut=len(PDF),
            empreinte=b"e" * 32,
            taille=1,
            magasin=Magasin.DISQUE,
            survenu_le=horloge.maintenant(),
        )


def test_taken_in_by_two_at_once_leaves_one_document(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cle = ouvert()
    envoye(cle, PDF)
    recevoir = service.recevoir

    def puis_l_autre(*a: object, **k: object) -> object:
        monkeypatch.setattr(service, "recevoir", recevoir)
        recu = recevoir(*a, **k)  # type: ignore[arg-type]
        conclu(cle)
        return recu

    monkeypatch.setattr(service, "recevoir", puis_l_autre)
    lu = conclu(cle)
    assert conclu_en_document(lu).etat == EtatDocument.DISPONIBLE
    assert Document.objects.filter(etat=EtatDocument.EFFACE).count() == 1
    effacer_objets()
    assert fichiers(dossier) == adresses()


def test_taken_in_by_another_whose_pieces_are_gone_gives_its_answer(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = ouvert()
    envoye(cle, PDF)
    recevoir = service.recevoir

    def apres_l_autre(*a: object, **k: object) -> object:
        monkeypatch.setattr(service, "recevoir", recevoir)
        conclu(cle)
        return recevoir(*a, **k)  # type: ignore[arg-type]

    monkeypatch.setattr(service, "recevoir", apres_l_autre)
    assert conclu_en_document(conclu(cle)).etat == EtatDocument.DISPONIBLE
    assert Document.objects.count() == 1


def test_file_refused_says_why_and_leaves_nothing(dossier: Path) -> None:
    cle = ouvert(4)
    envoye(cle, b"MZ\x90\x00")
    lu = conclu(cle)
    assert lu.document is None
    assert "PDF" in lu.refus
    assert conclu(cle).refus == lu.refus
    assert (fichiers(dossier), Objet.objects.count(), Document.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize(
    ("taille", "refus"), [(0, DocumentVide), (30_000_001, DocumentTropLourd)], ids=["empty", "too large"]
)
def test_size_is_refused_before_any_byte(taille: int, refus: type[Exception]) -> None:
    with pytest.raises(refus):
        ouvert(taille)
    assert not Televersement.objects.exists()


def test_only_so_many_are_held_at_once() -> None:
    for _ in range(2):
        ouvert(au_plus=2)
    with pytest.raises(TropDeTeleversements):
        ouvert(au_plus=2)
    assert ouvert(au_plus=2, proprietaire="autre")


def test_more_bytes_than_announced_are_refused(dossier: Path) -> None:
    cle = ouvert(10)
    with pytest.raises(DocumentTropLourd):
        envoye(cle, b"x" * 11)
    with pytest.raises(DocumentTropLourd):  # length not told
        service.ajouter_octets(cle, io.BytesIO(b"x" * 11).read, proprietaire=MOI, debut=0, attendus=None)
    assert (Televersement.objects.get().recu, fichiers(dossier), Objet.objects.count()) == (0, [], 0)


def test_bytes_count_once_when_two_send_the_same(dossier: Path) -> None:
    cle = ouvert()
    with pytest.raises(PositionInattendue) as refus:
        envoye(cle, b"x", debut=5)
    assert refus.value.recu == 0
    empreinte = {"magasin": Magasin.DISQUE, "survenu_le": horloge.maintenant(), "proprietaire": MOI}
    lent, _ = inscrire_morceau(cle, debut=0, empreinte=os.urandom(32), taille=3, **empreinte)
    envoye(cle, PDF[:10])
    with pytest.raises(PositionInattendue):
        compter_morceau(cle, lent, proprietaire=MOI, survenu_le=horloge.maintenant())
    service.objets.oter(oter_morceau(lent, survenu_le=horloge.maintenant()))
    assert (Televersement.objects.get().recu, Morceau.objects.count()) == (10, 1)
    assert fichiers(dossier) == adresses()
    with pytest.raises(Introuvable):
        compter_morceau(cle, lent, proprietaire=MOI, survenu_le=horloge.maintenant())


def test_the_loser_of_a_race_keeps_nothing(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cle = ouvert()
    poser = service.objets.poser

    def entre_temps(couples: list[tuple[Objet, Path]], *, dossier: Path) -> bool:
        monkeypatch.setattr(service.objets, "poser", poser)
        envoye(cle, PDF[:20])
        return poser(couples, dossier=dossier)

    monkeypatch.setattr(service.objets, "poser", entre_temps)
    with pytest.raises(PositionInattendue) as refus:
        envoye(cle, b"%PDF-autre chose")
    assert refus.value.recu == 20
    assert Morceau.objects.get().taille == 20
    assert fichiers(dossier) == adresses()


def test_another_sender_sees_nothing() -> None:
    cle = ouvert()
    envoye(cle, PDF[:10])
    for geste in (
        lambda: service.lire_televersement(cle, proprietaire="autre"),
        lambda: service.ajouter_octets(
            cle, io.BytesIO(b"x").read, proprietaire="autre", debut=10, attendus=1
        ),
        lambda: service.conclure(cle, proprietaire="autre", limites=LIMITES, survenu_le=horloge.maintenant()),
        lambda: service.oublier(cle, proprietaire="autre"),
        lambda: inscrire_morceau(
            cle,
            proprietaire="autre",
            debut=10,
            empreinte=b"e" * 32,
            taille=1,
            magasin=Magasin.DISQUE,
            survenu_le=horloge.maintenant(),
        ),
    ):
        with pytest.raises(Introuvable):
            geste()
    moi = {"objet": "page", "le": horloge.maintenant()}
    assert [t.recu for t in list_televersements(territoire="099", proprietaire=MOI, **moi)] == [10]
    assert list_televersements(territoire="099", proprietaire="autre", **moi) == []
    assert list_televersements(territoire="098", proprietaire=MOI, **moi) == []


def test_given_up_it_leaves_nothing_unless_it_is_attached(dossier: Path) -> None:
    cle, prise = ouvert(), ouvert()
    envoye(cle, PDF[:10])
    service.oublier(cle, proprietaire=MOI)
    assert (fichiers(dossier), Objet.objects.count()) == ([], 0)
    envoye(prise, PDF)
    lu = conclu(prise)
    assert lu.document
    rattacher_document(lu.document, territoire="099", survenu_le=horloge.maintenant())
    service.oublier(prise, proprietaire=MOI)
    assert est_le_meme(Document.objects.get())
    with pytest.raises(Introuvable):
        service.oublier(prise, proprietaire=MOI)


def test_given_up_after_it_was_taken_in_takes_the_document_away(dossier: Path) -> None:
    cle = ouvert()
    envoye(cle, PDF)
    conclu(cle)
    service.oublier(cle, proprietaire=MOI)
    assert Document.objects.get().etat == EtatDocument.EFFACE
    effacer_objets()
    assert fichiers(dossier) == []


def test_silent_for_too_long_it_is_swept_with_its_bytes(dossier: Path) -> None:
    vieux, vif = ouvert(), ouvert()
    envoye(vieux, PDF[:10])
    Televersement.objects.filter(id=vieux).update(expire_le=horloge.maintenant() - timedelta(seconds=1))
    with pytest.raises(Introuvable):
        envoye(vieux, b"x", debut=10)
    assert oublier_expires(survenu_le=horloge.maintenant(), au_plus=10) == 1
    assert oublier_expires(survenu_le=horloge.maintenant(), au_plus=10) == 0
    effacer_objets()
    assert fichiers(dossier) == []
    assert Televersement.objects.get().id == vif


def test_where_nothing_may_be_erased_it_expires_and_the_sweep_takes_it(dossier: Path, settings: Any) -> None:
    settings.EFFACE_LES_DOCUMENTS = False
    cle = ouvert()
    envoye(cle, PDF)
    conclu(cle)
    service.oublier(cle, proprietaire=MOI)
    with pytest.raises(Introuvable):
        service.oublier(cle, proprietaire=MOI)
    assert Morceau.objects.count() == 1
    assert oublier_expires(survenu_le=horloge.maintenant(), au_plus=10) == 1
    effacer_objets()
    assert fichiers(dossier) == []


def test_same_bytes_in_two_uploads_go_with_the_last(dossier: Path) -> None:
    un, deux = ouvert(), ouvert()
    envoye(un, PDF[:10])
    envoye(deux, PDF[:10])
    assert len(fichiers(dossier)) == 1
    service.oublier(un, proprietaire=MOI)
    assert len(fichiers(dossier)) == 1
    service.oublier(deux, proprietaire=MOI)
    assert fichiers(dossier) == []


def test_store_that_does_not_answer_loses_no_byte_that_counts(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = ouvert()
    envoye(cle, PDF[:10])

    def panne(*_: object) -> None:
        raise MagasinEnPanne

    with monkeypatch.context() as coupure:
        coupure.setattr(MagasinDisque, "deposer", panne)
        with pytest.raises(MagasinMuet):
            envoye(cle, PDF[10:], debut=10)
    assert Televersement.objects.get().recu == 10
    envoye(cle, PDF[10:], debut=10)
    with monkeypatch.context() as coupure:
        coupure.setattr(MagasinDisque, "deposer", panne)
        with pytest.raises(MagasinMuet):
            conclu(cle)
    with monkeypatch.context() as coupure:
        coupure.setattr(MagasinDisque, "lire", panne)
        with pytest.raises(MagasinMuet):
            conclu(cle)
        coupure.setattr(MagasinDisque, "supprimer", panne)
        service.oublier(cle, proprietaire=MOI)
    effacer_objets()
    assert fichiers(dossier) == []


def test_erased_while_it_was_put_is_to_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cle = ouvert()
    monkeypatch.setattr(service.objets, "noter_poses", lambda *_, **__: 0)
    with pytest.raises(MagasinMuet):
        envoye(cle, PDF[:10])
    assert Televersement.objects.get().recu == 0


def test_upload_gone_meanwhile_counts_nothing() -> None:
    cle = ouvert()
    morceau, objet = inscrire_morceau(
        cle,
        proprietaire=MOI,
        debut=0,
        empreinte=b"e" * 32,
        taille=3,
        magasin=Magasin.DISQUE,
        survenu_le=horloge.maintenant(),
    )
    service.oublier(cle, proprietaire=MOI)
    assert oter_morceau(morceau, survenu_le=horloge.maintenant()) == []
    assert not Objet.objects.filter(id=objet.id).exists()


def test_database_holds_what_the_rules_say() -> None:
    cle = ouvert()
    envoye(cle, PDF[:10])
    ligne = Televersement.objects.filter(id=cle)
    objet = Morceau.objects.get().objet
    for faute in (
        lambda: ligne.update(recu=9),
        lambda: ligne.update(conclu_le=horloge.maintenant(), refus="Non."),
        lambda: Objet.objects.filter(id=objet.id).update(efface_le=horloge.maintenant()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            faute()
    with pytest.raises(IntegrityError, match="pas tout là"), transaction.atomic():
        ligne.update(recu=11)
        connection.check_constraints()
