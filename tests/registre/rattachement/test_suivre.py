"""Where a demande stands, for its holder: as it is to be read today, told once, and nobody else's."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve
from sne.journal.models import Entree
from sne.oidc.rules.identite import IdentitePivot
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.lecture.selectors.historique_demandeur import Demandee
from sne.registre.rattachement.actions.historique import suivre_historique
from sne.registre.rattachement.actions.rattacher import rattacher_par_numero
from sne.registre.rattachement.actions.suivre import Suivie, suivre_demande
from sne.registre.rattachement.selectors.liens import Lien, list_liens
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer
from tests.registre.rattachement.test_rattacher import pivot

pytestmark = pytest.mark.django_db
COMPTE = uuid.uuid4()


PRESENCE = Presence(Niveau.FC, frozenset(Preuve))


def visiter(lien: Lien, niveau: Niveau = Niveau.FC) -> Visite:
    return Visite(COMPTE, lien, replace(PRESENCE, niveau=niveau))


def suivre(lien: Lien) -> Suivie:
    return suivre_demande(visiter(lien), survenu_le=f.MAINTENANT)


def relier(*, jours: int) -> Lien:
    """The link to a demande of so many days ago, whose place of birth nobody wrote."""
    demande = Demande.objects.get(id=a.deposer(le=f.MAINTENANT - timedelta(days=jours)).demande_id)
    identite: IdentitePivot = pivot()
    rattacher_par_numero(demande.nud, identite, compte=COMPTE, survenu_le=f.MAINTENANT)
    (lien,) = list_liens(COMPTE)
    return lien


@pytest.mark.parametrize(
    ("jours", "active", "a_renouveler"), [(10, True, False), (340, True, True), (400, False, True)]
)
def test_it_is_read_as_of_today(jours: int, active: bool, a_renouveler: bool) -> None:
    lue = suivre(relier(jours=jours))
    assert (lue.active, lue.expiree, lue.a_renouveler, lue.gelee) == (active, not active, a_renouveler, False)
    assert lue.anciennete == (f.MAINTENANT - timedelta(days=jours)).date()
    assert lue.restent == (lue.jusqu_au - f.AUJOURD_HUI).days
    assert (lue.restent >= 0) == active


def test_a_file_that_is_blocked_says_so_and_may_still_be_renewed() -> None:
    lien = relier(jours=340)
    figer(lien.demande_id)
    lue = suivre(lien)
    assert (lue.gelee, lue.a_renouveler, lue.statut) == (True, True, Statut.ACTIVE)


def test_its_reading_is_told_once_for_a_session() -> None:
    lien = relier(jours=10)
    for _ in range(3):
        suivre(lien)
    dits = Entree.objects.filter(demande=lien.demande_id, verbe="CONSULTER")
    assert [dit.acteur["id"] for dit in dits] == [str(COMPTE)]


def test_nothing_of_another_demande() -> None:
    lien = relier(jours=10)
    for autre in (replace(lien, territoire="02A"), replace(lien, demande_id=uuid.uuid4())):
        with pytest.raises(Introuvable, match="ne peut pas être suivie ici"):
            suivre(autre)


def test_the_history_opens_to_who_is_surely_its_holder_and_of_no_other_demande() -> None:
    lien = relier(jours=10)
    lu = suivre_historique(visiter(lien), Demandee(), survenu_le=f.MAINTENANT)
    assert any("a enregistré votre demande" in ligne.phrase for ligne in lu.page.lignes)
    with pytest.raises(NonHabilite, match="sans aidant"):
        suivre_historique(visiter(lien, Niveau.FC_AIDANT), Demandee(), survenu_le=f.MAINTENANT)
    with pytest.raises(Introuvable, match="ne peut pas être lu ici"):
        suivre_historique(
            visiter(replace(lien, demande_id=uuid.uuid4())), Demandee(), survenu_le=f.MAINTENANT
        )
