"""A separation told by a message, which names nobody of the first demande and carries no proof of its own."""

import pytest

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.separation.actions.separer import separer_demande
from sne.registre.separation.rules import FaitsSeparation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.separation.separations import deposer_couple, personne_de, seul

pytestmark = pytest.mark.django_db


@pytest.fixture
def premiere() -> Demande:
    return deposer_couple()


def test_who_leaves_is_found_by_their_identity(premiere: Demande, agent: Acteur) -> None:
    paul = personne_de(premiere.id)
    nouvelle = separer_demande(
        premiere.id,
        FaitsSeparation("", "JUGDIV", "RG 26/0412"),
        f.depot(seul(motifs={"codes": ["06"]})),
        acte=Acte(agent, f.MAINTENANT),
    )
    separation = Separation.objects.get(nouvelle=nouvelle.demande_id)
    assert (str(separation.personne_id), separation.secrete) == (paul, True)


def test_without_a_proof_nobody_leaves_by_a_message(premiere: Demande, agent: Acteur) -> None:
    for preuve, document, champ in (("", "RG 26/0412", "preuve"), ("JUGDIV", "", "document")):
        with pytest.raises(Interdit) as refus:
            separer_demande(
                premiere.id,
                FaitsSeparation("", preuve, document),
                f.depot(seul()),
                acte=Acte(agent, f.MAINTENANT),
            )
        assert refus.value.champ == champ
    assert not Separation.objects.exists()
