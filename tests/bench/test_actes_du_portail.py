"""What households measured on the portal have answered before they send."""

import pytest

from sne.bench import actes_du_portail as actes
from sne.bench import foyers
from sne.bench.pgbench import MesureImpossible
from sne.demandeurs.actions import acteur_de
from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.modification.selectors.brouillons import BrouillonOuvert
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.identifiants import uuid7
from tests.registre import factories as f
from tests.registre.rattachement.test_rattacher import NEE

pytestmark = pytest.mark.django_db


def test_everything_is_answered_and_nothing_is_wrong() -> None:
    donnees, instant, cle = actes.reponses(7), maintenant(), uuid7()
    brouillon = BrouillonOuvert(cle, foyers.TERRITOIRE, "", donnees, instant, instant)
    demande = DemandeEnLigne(
        brouillon, le=aujourd_hui(), identite=actes.personne_de(7), acteur=acteur_de(uuid7())
    )
    assert [page.code for page in demande.a_faire] == []
    assert [(page.code, demande.posee(page).erreurs) for page in demande.a_corriger] == []
    assert demande.manques == ()


def test_a_household_that_is_there_comes_back() -> None:
    depose = f.deposer(f.contenu(demandeur=f.personne(identite=NEE)))
    assert actes.revenir("099").secret
    assert Rattachement.objects.get(demande=depose.demande_id, fini_le=None)
    with pytest.raises(MesureImpossible, match="Aucune personne du territoire 059"):
        actes.revenir("059")
