"""What a territorial manager sees of online help, by body and helper; and nobody else does."""

import pytest

from sne.habilitations.rules import Role
from sne.referentiels.selectors import get_parametres
from sne.registre.mandat.actions.aider import accepter_aide, ouvrir_aide
from sne.registre.mandat.selectors import suivi
from sne.registre.mandat.selectors.suivi import OrganismeSuivi, list_organismes_suivis
from tests.registre import factories as f
from tests.registre.mandat.mandats import acte_de, aidant, aidee, autoriser, organisme
from tests.registre.rattachement.test_suivre import relier

GT = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


def suivis() -> list[OrganismeSuivi]:
    return sorted(list_organismes_suivis(GT, le=f.AUJOURD_HUI), key=lambda vu: vu.au_domaine)


@pytest.mark.django_db
def test_each_body_with_what_is_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Élodie is reached at an address of the same domain as one of the two who help her."""
    par, ailleurs, lien = aidant(), aidant("paul@ailleurs.fr", "G0991"), relier(jours=10)
    assert suivis() == []
    cle, autre = aidee(lien, par), autoriser(lien, corps=organisme("G0991"))
    assert [vu.actives for vu in suivis()] == [1]  # the other has not accepted
    accepter_aide(autre, acte=acte_de(ailleurs))
    sans, meme = suivis()
    assert [(vu.actives, vu.sans_acte, vu.au_domaine) for vu in (sans, meme)] == [(1, 1, 0), (1, 1, 1)]
    assert [vu.a_regarder for vu in (sans, meme)] == [False, True]
    assert [(aidant.actives, aidant.trop) for aidant in sans.aidants] == [(1, False)]
    assert ailleurs.nom_complet in sans.aidants[0].nom
    ouvrir_aide(cle, acte=acte_de(par))
    assert [vu.sans_acte for vu in suivis()] == [1, 0]  # reading is an act, accepting is none
    petits = get_parametres(f.AUJOURD_HUI).avec(mandat_actifs_par_aidant_max=0)
    monkeypatch.setattr(suivi, "get_parametres", lambda _: petits)
    assert all(vu.aidants[0].trop and vu.a_regarder for vu in suivis())


@pytest.mark.django_db
def test_by_the_manager_of_that_territory_alone() -> None:
    aidee(relier(jours=10), aidant())
    roles = [
        f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="098"),
        *(f.creer_acteur(role) for role in Role if role is not Role.GESTIONNAIRE_TERRITORIAL),
    ]
    assert {list_organismes_suivis(acteur, le=f.AUJOURD_HUI) for acteur in roles} == {()}
    assert len(suivis()) == 1
