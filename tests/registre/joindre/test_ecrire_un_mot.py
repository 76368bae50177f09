"""A counter writes to a household: not of a demande that is closed, nor where no address may be written to."""

import pytest

from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.joindre.actions.ecrire_un_mot import ecrire_un_mot
from sne.registre.joindre.rules.mots import Mot
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def ecrire(recepisse) -> int:
    return ecrire_un_mot(
        recepisse.demande_id, Mot.APPELER, libre="", acte=Acte(f.creer_acteur(), f.MAINTENANT)
    )


def test_a_letter_leaves_while_the_demande_is_open_and_none_after() -> None:
    recepisse = f.deposer()
    assert ecrire(recepisse) == 1
    radier_demande(
        recepisse.demande_id,
        FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="courrier du 24"),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    with pytest.raises(Interdit, match="n’est plus ouverte"):
        ecrire(recepisse)


def test_without_a_mailbox_nor_an_address_that_fits_an_envelope_it_is_said() -> None:
    adresse = {
        "etranger": False,
        "numero": "12",
        "voie": "r" * 60,
        "code_postal": "99240",
        "commune": "99002",
    }
    recepisse = f.deposer(f.contenu(demandeur=f.personne(adresse_courrier=adresse)))
    with pytest.raises(Interdit, match="Aucune adresse de ce dossier"):
        ecrire(recepisse)
