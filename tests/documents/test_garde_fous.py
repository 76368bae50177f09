"""What the database refuses of documents, whoever asks as the service."""

import itertools
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sne.documents.actions import demander_effacement
from sne.documents.models import Document, Objet, Partie
from sne.documents.rules import TRANSITIONS, EtatDocument, Part
from tests.documents.factories import MAINTENANT, garde

pytestmark = pytest.mark.django_db
VIDE: dict[str, Any] = {"empreinte": None, "nom": None, "mime": "", "taille": 0, "nombre_pages": 0}


def refuse(motif: str, modele: Any, **valeurs: Any) -> None:
    """An update of every row is refused."""
    with pytest.raises(IntegrityError, match=motif), transaction.atomic():
        modele.objects.update(**valeurs)


def mettre_en(etat: EtatDocument) -> Document:
    """A document brought to that state by the moves of the table."""
    document = Document.objects.create(
        territoire="099", etat=EtatDocument.RECEPTION, recu_le=MAINTENANT, antivirus_le=MAINTENANT
    )
    garde(b"un objet", pages=0)
    Partie.objects.create(
        territoire="099",
        document=document,
        objet=Objet.objects.get(),
        part=Part.ORIGINAL,
        mime="application/pdf",
    )
    chemins = {
        EtatDocument.RECEPTION: (),
        EtatDocument.QUARANTAINE: (EtatDocument.QUARANTAINE,),
        EtatDocument.DISPONIBLE: (EtatDocument.DISPONIBLE,),
        EtatDocument.INFECTE: (EtatDocument.QUARANTAINE, EtatDocument.INFECTE),
        EtatDocument.EFFACE: (EtatDocument.EFFACE,),
    }
    for passage in chemins[etat]:
        passer(document, passage)
    return document


def passer(document: Document, etat: EtatDocument) -> None:
    """Write a state, and what goes with it."""
    Document.objects.filter(id=document.id).update(
        etat=etat, efface_le=MAINTENANT if etat is EtatDocument.EFFACE else None
    )


@pytest.mark.parametrize(
    ("avant", "apres"), [p for p in itertools.product(EtatDocument, repeat=2) if p[0] is not p[1]]
)
def test_database_allows_the_moves_of_the_table_and_no_other(
    avant: EtatDocument, apres: EtatDocument
) -> None:
    document = mettre_en(avant)
    if apres in TRANSITIONS[avant]:
        passer(document, apres)
        assert Document.objects.get(id=document.id).etat == apres
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            passer(document, apres)
    Partie.objects.filter(document=document).delete()


def test_every_state_has_its_moves() -> None:
    assert set(TRANSITIONS) == set(EtatDocument)


def test_what_a_document_is_does_not_change() -> None:
    garde()
    for colonne, valeur in {**VIDE, "empreinte": b"0" * 32, "taille": 1}.items():
        refuse("ne change pas", Document, **{colonne: valeur})


def test_erased_document_is_emptied_and_holds_nothing() -> None:
    garde()
    refuse("il est vidé", Document, etat=EtatDocument.EFFACE, efface_le=MAINTENANT)
    with pytest.raises(IntegrityError, match="tient encore"), transaction.atomic():
        Document.objects.update(etat=EtatDocument.EFFACE, efface_le=MAINTENANT, **VIDE)
        connection.check_constraints()


def test_document_is_not_available_before_every_byte() -> None:
    document = mettre_en(EtatDocument.RECEPTION)
    Objet.objects.update(pose_le=None)
    with pytest.raises(IntegrityError, match="pas tous dans le magasin"), transaction.atomic():
        passer(document, EtatDocument.DISPONIBLE)
    Objet.objects.update(pose_le=MAINTENANT)
    Partie.objects.filter(document=document).delete()
    with pytest.raises(IntegrityError, match="pas tous dans le magasin"), transaction.atomic():
        passer(document, EtatDocument.QUARANTAINE)


def test_object_that_a_document_holds_is_not_erased() -> None:
    garde(pages=0)
    refuse("un document le tient", Objet, efface_le=MAINTENANT)
    with pytest.raises(IntegrityError, match="n’a pas été demandé"), transaction.atomic():
        Objet.objects.all()._raw_delete("default")


def test_erasure_of_an_object_does_not_come_back() -> None:
    document = garde(pages=0)
    demander_effacement([document.id], territoire="099", survenu_le=MAINTENANT)
    refuse("ne se reprend pas", Objet, efface_le=None)
    autre = Document.objects.create(territoire="099", etat=EtatDocument.RECEPTION, recu_le=MAINTENANT)
    with pytest.raises(IntegrityError, match="en cours d’effacement"), transaction.atomic():
        tenir(autre, Objet.objects.get())
    garde(b"un autre", pages=0)
    with pytest.raises(IntegrityError, match="ne tient plus rien"), transaction.atomic():
        tenir(Document.objects.get(id=document.id), Objet.objects.get(efface_le=None))


def tenir(document: Document, objet: Objet, *, territoire: str = "099") -> Partie:
    """A part written without the actions."""
    return Partie.objects.create(
        territoire=territoire, document=document, objet=objet, part=Part.TEXTE, mime="text/plain"
    )


def test_part_is_of_the_territory_of_both() -> None:
    document = garde(pages=0)
    ailleurs = garde(territoire="098", pages=0)
    for territoire, qui, quoi in (("099", document, ailleurs), ("098", document, ailleurs)):
        with pytest.raises(IntegrityError, match="territoire"), transaction.atomic():
            tenir(
                Document.objects.get(id=qui.id),
                Objet.objects.get(parties__document=quoi.id),
                territoire=territoire,
            )
            connection.check_constraints()


@pytest.mark.parametrize(
    ("modele", "colonne", "valeur"),
    [
        (Document, "territoire", "098"),
        (Document, "recu_le", MAINTENANT),
        (Objet, "empreinte", b"0" * 32),
        (Objet, "adresse", "ailleurs"),
        (Objet, "taille", 0),
        (Partie, "part", "PAGE"),
    ],
)
def test_service_may_not_write_what_is_fixed(modele: Any, colonne: str, valeur: object) -> None:
    garde()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        modele.objects.update(**{colonne: valeur})
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Document.objects.all()._raw_delete("default")
