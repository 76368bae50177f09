"""The vendor of the demonstration: its key and certificate let it in, and are made anew when its step is done again."""

import hashlib
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sne.conventions.models import Convention
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors import Identite, par_cle
from sne.demo.dossier import Dossier
from sne.demo.editeurs import ouvrir_editeur
from sne.demo.ouverture import ouvrir_comptes
from sne.socle.horloge import maintenant


def entrer(dossier: Dossier) -> Identite:
    ici = dossier.editeurs
    certificat = x509.load_pem_x509_certificate((ici / "editeur.pem").read_bytes())
    empreinte = hashlib.sha256(certificat.public_bytes(Encoding.DER)).digest()
    texte = (ici / "cle.txt").read_text()
    return par_cle(texte, survenu_le=maintenant(), certificat=empreinte)


@pytest.mark.django_db
def test_it_is_let_in_and_again_after_its_step_is_done_again(tmp_path: Path) -> None:
    dossier = Dossier(tmp_path)
    ouvrir_comptes(dossier)
    for _ in range(3):
        ouvrir_editeur(dossier)
        assert entrer(dossier).portees == frozenset(Portee)
    assert Convention.objects.count() == 1
    assert (dossier.editeurs / "editeur.cle").stat().st_mode & 0o077 == 0
    racine, serveur = (
        x509.load_pem_x509_certificate((dossier.editeurs / f"{nom}.pem").read_bytes())
        for nom in ("autorite", "serveur")
    )
    serveur.verify_directly_issued_by(racine)
