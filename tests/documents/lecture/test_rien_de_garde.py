"""Received as any file is, two hundred hostile files leave no row, no object and no byte."""

import io
from pathlib import Path

import pytest

from sne.documents.models import Document, Objet
from sne.documents.reception import recevoir
from sne.documents.rules import DocumentRefuse, Limites
from tests.documents.factories import MAINTENANT, fichiers
from tests.documents.lecture.abimes import abimes
from tests.documents.lecture.mauvais_types import mauvais_types
from tests.documents.lecture.polyglottes import polyglottes
from tests.documents.limites import BORNES

LIMITES = Limites(octets=20_000_000, pages=300, lecture=BORNES)


@pytest.mark.django_db
@pytest.mark.usefixtures("en_lot")
def test_two_hundred_hostile_files_leave_nothing(dossier: Path) -> None:
    refuses = 0
    for nom, octets, _ in (*mauvais_types(), *polyglottes(), *abimes()):
        with pytest.raises(DocumentRefuse):
            recevoir(io.BytesIO(octets), nom=nom, territoire="099", survenu_le=MAINTENANT, limites=LIMITES)
        refuses += 1
    assert refuses >= 200
    assert (Document.objects.count(), Objet.objects.count(), fichiers(dossier)) == (0, 0, [])
    assert list((dossier / "travail").iterdir()) == []
