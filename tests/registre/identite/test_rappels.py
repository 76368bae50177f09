"""Whoever decides of identities is reminded at 2 and 5 working days; at 10 the operator knows. Each mark once."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_porteurs
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import get_contenu
from sne.referentiels.selectors import list_guichets
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.identite.actions.rappeler import rappeler_identites
from sne.registre.identite.messages import MessageIdentite
from sne.registre.identite.models import RappelIdentite
from sne.registre.identite.rules.echanges import Rappel
from sne.registre.identite.selectors.rappels import list_rappels
from sne.registre.vie.actions.horloge import passer
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.selectors.horloge import list_passages
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from tests.habilitations.factories import (
    SYSTEME,
    acteur,
    creer_agent,
    creer_exploitation,
    creer_gestionnaire,
    creer_personne,
    creer_responsable,
    dire,
    habiliter,
)
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.factories import midi
from tests.registre.identite.changements_identite import demander, refuser

pytestmark = pytest.mark.django_db
A_DEUX, A_CINQ, A_DIX = date(2026, 11, 26), date(2026, 12, 1), date(2026, 12, 8)
"""Working days after :data:`f.MAINTENANT`, a Tuesday."""

AUTRE = {"doublons_ecartes": "Une autre personne."}


def rappeler(le: date, territoire: str = "099") -> int:
    nombre = rappeler_identites(territoire, acte=Acte(horloge_du_registre(territoire), midi(le)))
    connection.check_constraints()
    return nombre


def ecrits() -> list[tuple[str, str]]:
    """Who was written to, and what kind, in order."""
    lus = [get_contenu(m.id) for m in MessageAgent.objects.order_by("survenu_le", "id")]
    return [(lu.destinataire, lu.genre) for lu in lus if lu is not None]


def mots() -> dict[str, str]:
    """What the last message says."""
    contenu = get_contenu(MessageAgent.objects.latest("survenu_le", "id").id)
    assert contenu is not None
    return contenu.contexte


@pytest.fixture
def gt() -> Compte:
    return creer_gestionnaire(courriel="gt@exemple.fr", le=f.ANCIEN)


@pytest.fixture
def operateur() -> Compte:
    return creer_exploitation(courriel="operateur@exemple.fr", le=f.ANCIEN)


@pytest.fixture
def ligne() -> Identite:
    return demander(f.creer_acteur())


def test_each_mark_is_sent_once_on_its_day(gt: Compte, operateur: Compte, ligne: Identite) -> None:
    jours = [f.AUJOURD_HUI + timedelta(days=n) for n in range(1, 20)]
    envois = {le: n for le in jours if (n := rappeler(le) + rappeler(le))}
    assert envois == {A_DEUX: 1, A_CINQ: 1, A_DIX: 1}
    decider, signaler = MessageIdentite.IDENTITES_A_DECIDER, MessageIdentite.IDENTITES_SIGNALEES
    assert ecrits() == [
        ("gt@exemple.fr", decider),
        ("gt@exemple.fr", decider),
        ("gt@exemple.fr", decider),
        ("operateur@exemple.fr", signaler),
    ]
    assert list_rappels(ligne.id) == (
        (Rappel.PREMIER, A_DEUX),
        (Rappel.SECOND, A_CINQ),
        (Rappel.ESCALADE, A_DIX),
    )
    entrees = Entree.objects.filter(verbe="RAPPELER_IDENTITE", demande=ligne.demande_id).order_by(
        "survenu_le"
    )
    assert [e.faits["marque"] for e in entrees] == ["PREMIER", "SECOND", "ESCALADE"]
    assert {e.faits["destinataires"] for e in entrees} == {1}


def test_an_outage_is_caught_up_in_one_digest(gt: Compte, operateur: Compte, ligne: Identite) -> None:
    assert rappeler(A_DIX + timedelta(days=2)) == 3
    assert [courriel for courriel, _ in ecrits()] == ["gt@exemple.fr", "operateur@exemple.fr"]
    assert {le for _, le in list_rappels(ligne.id)} == {A_DIX + timedelta(days=2)}
    assert mots() == {
        "territoire": "Val-d’Aurette",
        "nombre": "1\u00a0changement d’identité attend une décision",
        "depuis": "24 novembre 2026",
        "delai": "10\u00a0jours ouvrés ou plus",
    }


def test_a_digest_counts_what_waits_and_names_nobody(gt: Compte, ligne: Identite) -> None:
    demander(f.creer_acteur(), le=midi(date(2026, 11, 25)), depot=AUTRE)
    assert rappeler(A_DEUX) == 1
    dits = mots()
    assert dits["nombre"] == "2\u00a0changements d’identité attendent votre décision"
    assert dits["rappels"] == "Depuis 2\u00a0jours ouvrés ou plus\u00a0: 1"
    assert dits["lien"].endswith("/decisions/identites/")
    assert not {"Dubreuil", "Morel", ligne.demande.nud} & set(" ".join(dits.values()).split())


def test_only_who_may_decide_of_it_is_told(gt: Compte, ligne: Identite) -> None:
    organisme = {g.code: g.organisme for g in list_guichets("099", le=f.AUJOURD_HUI)}
    ailleurs = next(code for code, o in organisme.items() if o != organisme["G0993"])
    creer_responsable(courriel="la@exemple.fr", le=f.ANCIEN)
    creer_responsable(guichet=ailleurs, courriel="ailleurs@exemple.fr", le=f.ANCIEN)
    creer_agent(courriel="agent@exemple.fr", le=f.ANCIEN)
    creer_gestionnaire("02A", courriel="loin@exemple.fr", le=f.ANCIEN)
    assert rappeler(A_DEUX, "02A") == 0
    assert rappeler(A_DEUX) == 1
    assert {courriel for courriel, _ in ecrits()} == {"gt@exemple.fr", "la@exemple.fr"}
    assert RappelIdentite.objects.get().destinataires == 2


def test_a_manager_is_told_neither_of_their_own_entry_nor_of_what_the_gt_alone_decides(gt: Compte) -> None:
    le_sien = creer_responsable(courriel="lui@exemple.fr", le=f.ANCIEN)
    demander(acteur(le_sien, le=f.MAINTENANT))
    assert rappeler(A_DEUX) == 1
    assert [courriel for courriel, _ in ecrits()] == ["gt@exemple.fr"]


def test_one_person_is_told_once_and_nobody_who_is_gone(gt: Compte, ligne: Identite) -> None:
    autre = creer_gestionnaire(courriel="encore@exemple.fr", le=f.ANCIEN)
    lier_comptes(gt.id, autre.id, acte=Acte(SYSTEME, f.MAINTENANT))
    habiliter(gt, Role.RESPONSABLE_GUICHET, territoire="099", guichet="G0993", le=f.ANCIEN)
    parti = creer_gestionnaire(courriel="parti@exemple.fr", le=f.ANCIEN)
    Compte.objects.filter(id=parti.id).update(actif=False)
    dire(VerbeHabilitation.MODIFIER_COMPTE, compte=parti.id)
    assert rappeler(A_DEUX) == 1
    assert [courriel for courriel, _ in ecrits()] == ["gt@exemple.fr"]


def test_a_role_in_a_closed_counter_reaches_nobody() -> None:
    compte = creer_personne(le=f.ANCIEN)
    habiliter(compte, Role.RESPONSABLE_GUICHET, territoire="099", guichet="G0993", le=f.ANCIEN)
    roles = {Role.RESPONSABLE_GUICHET}
    assert [c.id for c, _ in list_porteurs(roles, territoire="099", le=f.AUJOURD_HUI)] == [compte.id]
    with mock.patch("sne.habilitations.selectors.comptes.get_guichet", return_value=None):
        assert list_porteurs(roles, territoire="099", le=f.AUJOURD_HUI) == ()


def test_decided_frozen_or_about_to_end_is_left_alone(gt: Compte) -> None:
    refuser(demander(f.creer_acteur()), f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))
    figer(demander(f.creer_acteur(), depot=AUTRE).demande_id)
    assert rappeler(A_DEUX) == 0
    demander(f.creer_acteur(), depot=AUTRE)
    assert rappeler(f.AUJOURD_HUI + timedelta(days=30)) == 0


def test_a_mark_that_nobody_could_be_told_of_waits_for_somebody(ligne: Identite) -> None:
    assert rappeler(A_DIX) == 0
    creer_gestionnaire(courriel="gt@exemple.fr", le=f.ANCIEN)
    assert rappeler(A_DIX) == 2
    assert rappeler(A_DIX) == 0  # one digest a day
    creer_exploitation(courriel="operateur@exemple.fr", le=f.ANCIEN)
    assert rappeler(A_DIX + timedelta(days=1)) == 1
    assert [courriel for courriel, _ in ecrits()] == ["gt@exemple.fr"] * 2 + ["operateur@exemple.fr"]


def test_the_clock_runs_it_and_counts(gt: Compte, ligne: Identite) -> None:
    passer(EtapeHorloge.RAPPEL, "099", survenu_le=midi(A_DEUX))
    passer(EtapeHorloge.RAPPEL, "099", survenu_le=midi(A_DEUX))
    (passage,) = list_passages(A_DEUX)
    assert (passage.etape, passage.traites, passage.termine_le is not None) == (EtapeHorloge.RAPPEL, 1, True)


def test_nobody_but_the_clock_reminds(gt: Compte, ligne: Identite) -> None:
    with pytest.raises(NonHabilite):
        rappeler_identites("099", acte=Acte(acteur(gt, le=f.MAINTENANT), midi(A_DEUX)))


def test_journal_failure_leaves_nothing(gt: Compte, ligne: Identite) -> None:
    with (
        mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        rappeler(A_DEUX)
    assert not MessageAgent.objects.exists()
    assert not RappelIdentite.objects.exists()
    assert rappeler(A_DEUX) == 1


def test_the_database_keeps_a_mark_once_told_and_unchanged(gt: Compte, ligne: Identite) -> None:
    rappeler(A_DEUX)
    rappel = RappelIdentite.objects.get()
    for champs, refus in (
        ({"marque": "PREMIER"}, IntegrityError),
        ({"marque": "AUTRE"}, IntegrityError),
        ({"marque": "SECOND", "destinataires": 0}, IntegrityError),
        ({"marque": "SECOND"}, IntegrityError),  # no entry tells it
    ):
        with pytest.raises(refus), transaction.atomic():
            commun = {"territoire": "099", "demande_id": ligne.demande_id, "identite": ligne}
            RappelIdentite.objects.create(
                **commun, **{"destinataires": 1, **champs}, survenu_le=rappel.survenu_le
            )
            connection.check_constraints()
    with pytest.raises(DatabaseError), transaction.atomic():
        RappelIdentite.objects.update(destinataires=2)
