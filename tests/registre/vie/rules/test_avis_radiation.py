"""Words of a striking-off, for each reason, and the channels they go by."""

from itertools import product

import pytest

from sne.notifications.rules import Canal
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.joindre.rules.canaux import Joignable, canaux_de_l_avis
from sne.registre.vie.rules.avis_radiation import Circonstances, rediger_avis

M = MotifRadiation
COURRIEL, LETTRE = (Canal.COURRIEL,), (Canal.LETTRE,)


def circonstances(motif: MotifRadiation, *, retour: str = "28 mars 2026") -> Circonstances:
    sous_motif = SousMotif.IRRRES if motif is M.RADIRR else None
    return Circonstances(motif, sous_motif, "20 février 2025", "27 février 2025", retour)


@pytest.mark.parametrize("motif", M)
def test_every_reason_has_its_words(motif: MotifRadiation) -> None:
    avis = rediger_avis(circonstances(motif))
    assert "28 mars 2026" in avis.retour
    assert "Dites-le sans attendre" in avis.contester
    assert not {"{", "}"} & set(avis.pourquoi)


@pytest.mark.parametrize(
    ("motif", "pourquoi", "retour"),
    [
        (M.RADATT, "bail est signé", "autre logement"),
        (M.RADABA, "courrier du 20 février 2025", "Le gestionnaire territorial peut"),
        (M.RADCON, "envoyé le 20 février 2025", "Le gestionnaire territorial peut"),
        (M.RADIRR, "dépassent le plafond", "Le gestionnaire territorial peut"),
        (M.FUSION, "réunie", "Le gestionnaire territorial peut"),
        (M.RADREN, "a pris fin le 27 février 2025", "n’importe quel guichet"),
    ],
)
def test_says_why_and_who_brings_it_back(motif: MotifRadiation, pourquoi: str, retour: str) -> None:
    avis = rediger_avis(circonstances(motif))
    assert pourquoi in avis.pourquoi
    assert retour in avis.retour


def test_promises_no_return_that_is_over() -> None:
    avis = rediger_avis(circonstances(M.RADREN, retour=""))
    assert avis.retour.startswith("Elle ne peut plus revenir.")


@pytest.mark.parametrize(
    ("verifie", "adresse", "papier", "attendus"),
    [
        (True, True, False, COURRIEL),
        (True, True, True, COURRIEL + LETTRE),
        (True, False, True, COURRIEL),
        (False, True, False, LETTRE),
        (False, True, True, LETTRE),
        (False, False, False, COURRIEL),
    ],
)
def test_by_email_when_it_is_read_else_by_post(
    verifie: bool, adresse: bool, papier: bool, attendus: tuple[Canal, ...]
) -> None:
    moyens = Joignable(courriel=True, verifie=verifie, adresse=adresse, papier=papier, secrete=False)
    assert canaux_de_l_avis(moyens) == attendus


def test_a_secret_demande_writes_to_no_address_that_nobody_verified() -> None:
    for adresse, papier in product((True, False), repeat=2):
        moyens = Joignable(courriel=True, verifie=False, adresse=adresse, papier=papier, secrete=True)
        assert canaux_de_l_avis(moyens) == (LETTRE if adresse else ())


def test_nowhere_to_write() -> None:
    moyens = Joignable(courriel=False, verifie=False, adresse=False, papier=True, secrete=False)
    assert canaux_de_l_avis(moyens) == ()
