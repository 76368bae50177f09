"""Who acts: mandates in force, the place acted for, what ends them, and how many queries that takes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import MotifRetrait, Permission, Role
from sne.habilitations.selectors import (
    empreinte_courriel,
    identifiant_de_verrou,
    list_habilitations,
    list_mes_habilitations,
    list_postes,
)
from sne.habilitations.verbes import VerbeHabilitation
from sne.referentiels.selectors import oublier
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as f
from tests.registre.factories import AUJOURD_HUI

pytestmark = pytest.mark.django_db


def test_agent_reads_the_territory_and_registers_for_the_guichet() -> None:
    acteur = f.acteur(f.creer_agent())
    assert (acteur.nom, acteur.territoire, acteur.guichet) == ("Camille Rousset", "099", "G0993")
    assert acteur.peut(Permission.DEMANDE_LIRE, "099")
    assert acteur.peut(Permission.DEMANDE_DEPOSER, "099", "G0993")
    assert not acteur.peut(Permission.DEMANDE_DEPOSER, "099", "G0991")
    assert not acteur.peut(Permission.DEMANDE_LIRE, "02B")
    assert acteur.extra["role_libelle"] == "agent de guichet"
    assert "(G0993)" in acteur.extra["lieu"]


def test_responsable_carries_the_body_of_the_guichet() -> None:
    (mandat,) = f.acteur(f.creer_responsable(guichet="G0991")).mandats
    assert mandat.organisme == "999000011"


@pytest.mark.parametrize("creer", [f.creer_support, f.creer_exploitation, f.creer_dpo])
def test_national_roles_reach_every_territory(creer: Any) -> None:
    acteur = f.acteur(creer())
    assert acteur.territoires(Permission.DEMANDE_LIRE) is None
    assert (acteur.territoire, acteur.guichet) == ("", "")


def test_gestionnaire_acts_for_a_territory() -> None:
    acteur = f.acteur(f.creer_gestionnaire())
    assert (acteur.territoire, acteur.guichet) == ("099", "")
    assert acteur.territoires(Permission.ETAT_CIVIL_DECIDER) == {"099"}
    assert acteur.extra["lieu"] == "Val-d’Aurette"


def test_several_guichets_the_chosen_one_comes_first() -> None:
    compte = f.creer_agent()
    f.habiliter(compte, Role.RESPONSABLE_GUICHET, territoire="099", guichet="G0994")
    f.habiliter(compte, Role.AGENT_GUICHET, territoire="099", guichet="G0994")
    assert [(p.guichet, p.role) for p in list_postes(compte, le=aujourd_hui())] == [
        ("G0993", Role.AGENT_GUICHET),
        ("G0994", Role.RESPONSABLE_GUICHET),
        ("G0994", Role.AGENT_GUICHET),
    ]
    acteur = f.acteur(compte, territoire="099", guichet="G0994")
    assert (acteur.guichet, acteur.mandats[0].role) == ("G0994", "RESPONSABLE_GUICHET")


@pytest.mark.parametrize(
    "poste", [{"territoire": "099", "guichet": "G0999"}, {"territoire": "02B", "guichet": "G0993"}]
)
def test_a_place_not_held_is_not_taken(poste: dict[str, str]) -> None:
    assert f.acteur(f.creer_agent(), **poste).guichet == "G0993"


def test_habilitation_ended_gives_nothing() -> None:
    compte = f.creer_agent()
    retirer_habilitation(
        Habilitation.objects.get(compte=compte).id,
        motif=MotifRetrait.DEPART,
        acte=Acte(f.SYSTEME, maintenant()),
    )
    acteur = f.acteur(compte)
    assert acteur.mandats == ()
    assert acteur.extra == {}
    assert not acteur.peut(Permission.DEMANDE_LIRE)


def test_habilitation_counts_from_its_first_day_until_the_eve_of_the_last() -> None:
    compte, jour = f.creer_personne(), aujourd_hui()
    f.habiliter(
        compte,
        Role.AGENT_GUICHET,
        territoire="099",
        guichet="G0993",
        debut=jour + timedelta(days=1),
        fin=jour + timedelta(days=3),
    )
    en_force = [len(list_postes(compte, le=jour + timedelta(days=n))) for n in range(5)]
    assert en_force == [0, 1, 1, 0, 0]


def test_closed_guichet_gives_nothing() -> None:
    compte = f.creer_personne()
    fermee = Habilitation.objects.create(
        compte=compte,
        territoire="099",
        guichet="ZZZZZ",
        role=Role.AGENT_GUICHET,
        debut=aujourd_hui(),
        accordee_par=f.SYSTEME.id,
        accordee_le=maintenant(),
    )
    f.dire(VerbeHabilitation.ACCORDER_HABILITATION, habilitation=fermee.id)
    assert f.acteur(compte).mandats == ()
    assert list_mes_habilitations(compte, le=aujourd_hui())[0].lieu == "ZZZZZ, guichet fermé"


def test_acteur_takes_one_query_whatever_the_number_of_roles(django_assert_num_queries: Any) -> None:
    un, trois = f.creer_agent(), f.creer_agent()
    f.habiliter(trois, Role.AGENT_GUICHET, territoire="099", guichet="G0991")
    f.habiliter(trois, Role.AGENT_GUICHET, territoire="099", guichet="G0994")
    f.acteur(trois)  # counters are kept in the process for a minute
    for compte in (un, trois):
        with django_assert_num_queries(1):
            f.acteur(compte)


def test_my_habilitations_hold_those_to_come() -> None:
    compte, jour = f.creer_gestionnaire(), aujourd_hui()
    f.habiliter(compte, Role.DPO, debut=jour + timedelta(days=10), fin=jour + timedelta(days=20))
    assert [(h.role, h.lieu) for h in list_mes_habilitations(compte, le=jour)] == [
        ("Gestionnaire territorial", "Val-d’Aurette"),
        ("Délégué à la protection des données", "France entière"),
    ]


def test_list_habilitations_stops_at_the_perimeter(django_assert_num_queries: Any) -> None:
    agent, voisin = f.creer_agent(), f.creer_agent(guichet="G0991")
    ailleurs = f.creer_agent(territoire="02B", guichet="GD2B1")
    responsable, gt = f.creer_responsable(), f.creer_gestionnaire()

    def vus(compte: Compte) -> set[Compte]:
        with django_assert_num_queries(2 if compte is responsable else 1):  # the guichets of their body
            tenues = list_habilitations(acteurs[compte], le=aujourd_hui(), en_vigueur_seulement=True)
            return {h.compte for h in tenues}

    acteurs = {compte: f.acteur(compte) for compte in (agent, responsable, gt)}
    assert vus(agent) == {agent}
    assert vus(responsable) == {agent, responsable}
    assert vus(gt) == {agent, voisin, responsable, gt}
    tous = {h.compte for h in list_habilitations(f.SYSTEME, le=aujourd_hui())}
    assert {agent, voisin, ailleurs, responsable, gt} <= tous


def test_one_email_is_one_person_in_the_database() -> None:
    f.creer_personne(courriel="camille@exemple.fr")
    for courriel in ("camille@exemple.fr", "Camille@exemple.fr"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Compte.objects.create(courriel=courriel, prenom="C", nom="R", cree_le=maintenant())


@pytest.mark.parametrize(
    "champs",
    [
        {"role": "AGENT_GUICHET", "territoire": "099", "guichet": ""},
        {"role": "GESTIONNAIRE_TERRITORIAL", "territoire": "099", "guichet": "G0993"},
        {"role": "DPO", "territoire": "099", "guichet": ""},
        {"role": "DPO", "territoire": "", "guichet": "", "zone": "84"},
        {"role": "COORDINATION_REGIONALE", "territoire": "", "guichet": "", "zone": ""},
        {"role": "COORDINATION_REGIONALE", "territoire": "099", "guichet": "", "zone": "84"},
        {"role": "COORDINATION_DEPARTEMENTALE", "territoire": "099", "guichet": "", "zone": ""},
        {"role": "INCONNU", "territoire": "", "guichet": ""},
        {"role": "DPO", "fin": AUJOURD_HUI - timedelta(days=1)},
        {"role": "DPO", "retiree_par": f.SYSTEME.id},
    ],
)
def test_incoherent_habilitation_is_refused_by_the_database(champs: dict[str, Any]) -> None:
    compte = f.creer_personne()
    commun = {
        "compte": compte,
        "debut": aujourd_hui(),
        "accordee_par": f.SYSTEME.id,
        "accordee_le": maintenant(),
    }
    with pytest.raises(IntegrityError):
        Habilitation.objects.create(**{**commun, **champs})


def test_granting_to_oneself_is_refused_by_the_database() -> None:
    compte = f.creer_personne()
    with pytest.raises(IntegrityError, match="ne s’accorde pas"):
        Habilitation.objects.create(
            compte=compte, role="DPO", debut=aujourd_hui(), accordee_par=compte.id, accordee_le=maintenant()
        )


@pytest.mark.parametrize(
    "ordre",
    [
        "DELETE FROM habilitation",
        "UPDATE habilitation SET role = 'DPO'",
        "UPDATE habilitation SET debut = debut - 1",
        "DELETE FROM compte",
        "UPDATE compte SET courriel = 'autre@exemple.fr'",
        "TRUNCATE habilitation",
    ],
)
def test_runtime_role_rewrites_no_access(ordre: str) -> None:
    f.creer_agent()
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as curseur:
        curseur.execute(ordre)


def test_fingerprint_of_an_address_says_nothing_and_recognises_it() -> None:
    empreinte = empreinte_courriel("camille@exemple.fr")
    assert empreinte == empreinte_courriel(" Camille@EXEMPLE.fr")
    assert "camille" not in empreinte
    assert empreinte != empreinte_courriel("yann@exemple.fr")
    assert identifiant_de_verrou(None, {"courriel": "camille@exemple.fr"}) == empreinte  # type: ignore[arg-type]
    assert identifiant_de_verrou(None, None) == empreinte_courriel("")  # type: ignore[arg-type]


def test_account_and_role_read_as_words() -> None:
    compte = f.creer_agent()
    assert str(compte) == "Camille Rousset"
    assert str(Habilitation.objects.get(compte=compte)) == "AGENT_GUICHET 099 G0993"


@pytest.fixture(autouse=True)
def _oublier() -> None:
    oublier()
