"""What a professional holds in the register, told to whoever says that they leave: nothing more than they may know."""

import pytest

from sne.habilitations.detenus import list_detenus
from sne.habilitations.rules.carences import Lieu
from sne.registre.attente.models import Attente
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def test_what_awaits_a_decision_stays_with_whoever_decides() -> None:
    acteur = f.creer_acteur()
    recepisse = f.deposer(le=f.ANCIEN)
    modifier_demande(
        recepisse.demande_id,
        contenu=f.contenu(demandeur=f.personne("Zimmer")),
        revision=1,
        acte=Acte(acteur, f.MAINTENANT),
    )
    assert Attente.objects.filter(auteur=acteur.id, nature="IDENTITE").exists()
    (detenu,) = list_detenus(acteur.id, [Lieu("099", "G0993")])
    assert detenu.libelle.replace("\u00a0", " ") == "Changement d’état civil à décider : 1"
    assert not detenu.a_confier
    assert "responsable du guichet ou gestionnaire territorial" in detenu.suite
    assert list_detenus(acteur.id, [Lieu("02B", "GD2B1")]) == ()
