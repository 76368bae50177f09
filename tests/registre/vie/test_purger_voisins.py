"""Erasing, through the clock and each act committed, a demande that has every kind of neighbour."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.notifications.actions import noter_tentative
from sne.notifications.rules import Issue, Resultat
from sne.notifications.tasks import service_des_messages
from sne.registre.attente.models import Attente
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.selectors.effacement import list_rapports
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.actions.ensembles import consulter_ensemble, decider_ensemble
from sne.registre.doublons.models import EnsembleDoublon
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.joindre.actions.invalider_courriel import invalider_courriel
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.listes.rules.listes import CodeListe, Filtre
from sne.registre.listes.selectors.lecture import Demandee, list_dossiers
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.vie.actions.prevenir import noter_echec
from sne.registre.vie.models.preavis import Preavis
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.selectors.horloge import list_passages
from sne.registre.vie.tasks import EXPEDIER_PREAVIS, passer_l_horloge
from sne.socle.acte import Acte
from tests.journal.test_journal import tout_sceller
from tests.notifications.factories import preparer
from tests.registre import factories as f
from tests.registre.enquete import enquetes as e
from tests.registre.faits.faits import consigner
from tests.registre.separation.separations import deposer_couple, separer
from tests.registre.vie.a_effacer import executer, midi
from tests.registre.vie.test_purger import EFFACEES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("var")]
PREVENUE, EXPIREE, RADIEE, PURGEE = date(2026, 12, 10), date(2027, 2, 1), date(2027, 3, 1), date(2028, 3, 1)
COLONNES = {"demande_id", "demande", "dossier", "nouvelle_id", "demande_a_id", "demande_b_id"}


def lignes(demande: uuid.UUID) -> dict[str, int]:
    """How many rows of each table of the register name the demande, where any does."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = ANY (%s) AND column_name = ANY (%s)",
            [sorted(EFFACEES), sorted(COLONNES)],
        )
        comptes: dict[str, int] = {}
        for table, colonne in curseur.fetchall():
            curseur.execute(f"SELECT count(*) FROM {table} WHERE {colonne} = %s", [demande])
            comptes[table] = comptes.get(table, 0) + curseur.fetchone()[0]
    return {table: nombre for table, nombre in comptes.items() if nombre}


def entourer(premiere: Demande) -> tuple[Demande, list[Demande]]:
    """An enquiry ended, a set of three decided, refusals, answers awaited, a heir; returns the heir and the others."""
    acte = Acte(e.gt(), f.MAINTENANT)
    proches = [
        Demande.objects.get(id=f.deposer(doublons_ecartes="Une homonyme.").demande_id) for _ in range(2)
    ]
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT))
    decider_ensemble(
        EnsembleDoublon.objects.get().id,
        issue="FOYERS_DIFFERENTS",
        motif="AUTRE",
        precision="Trois cousines",
        acte=acte,
    )
    enquete = e.enqueter(premiere.id)
    clore_enquete(enquete, issue="AUTRE_PERSONNE", motif="HOMONYME", precision="Vue au guichet", acte=acte)
    nouvelle = separer(premiere)
    _attendre(premiere)
    message = preparer(demande_id=premiere.id, revision=1, nud=premiere.nud)
    noter_tentative(
        message.id, Resultat(Issue.PERMANENT, "5.1.1"), acte=Acte(service_des_messages(), f.MAINTENANT)
    )
    return nouvelle, proches


def _attendre(premiere: Demande) -> None:
    """A change of identity to decide, documents asked, an address that refuses, all left unanswered."""
    agent, gt = f.creer_acteur(), f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    fiche = consulter_demande(premiere.nud, acte=Acte(gt, f.MAINTENANT))
    contact = {"courriel": "foyer@exemple.fr", "telephone_portable": "06 11 22 33 44"}
    modifier_demande(
        premiere.id,
        contenu=f.contenu(demandeur=f.personne("Zimmer", contact=contact)),
        revision=fiche.demande.revision,
        acte=Acte(agent, f.MAINTENANT),
    )
    pieces = {"pieces": "AVIS_IMPOSITION_N2", "reponse_avant": "2026-12-10"}
    consigner(NatureFait.EVENEMENT, premiere.id, agent, type="DEMANDE_PJ", caracteristiques=pieces)
    invalider_courriel(
        premiere.id,
        "foyer@exemple.fr",
        message=uuid.uuid4(),
        acte=Acte(service_du_registre("099"), f.MAINTENANT),
    )


def vivre(premiere: Demande) -> None:
    """The clock gives its notice, ends its validity and strikes it off; the notice is refused too."""
    passer_l_horloge(midi(PREVENUE), territoires=["099"])
    preavis = Preavis.objects.get(demande=premiere)
    executer(EXPEDIER_PREAVIS, entree_id=str(preavis.entree), territoire="099", le=midi(PREVENUE))
    noter_echec(preavis.entree, (), acte=Acte(service_du_registre("099"), midi(PREVENUE)))
    passer_l_horloge(midi(EXPIREE), territoires=["099"])
    passer_l_horloge(midi(RADIEE), territoires=["099"])


def test_every_neighbour_is_left_whole_and_nothing_of_it_stays() -> None:
    premiere = deposer_couple()
    nouvelle, proches = entourer(premiere)
    vivre(premiere)
    assert Demande.objects.get(id=premiere.id).statut == "RADIEE"
    natures = set(Attente.objects.filter(demande=premiere).values_list("nature", flat=True))
    assert natures >= {"PIECES", "COURRIEL_INVALIDE", "MESSAGE_REFUSE"}  # the change of name came to nothing
    avant = lignes(premiere.id)
    assert set(avant) >= {"separation", "ensemble_membre", "ensemble_sort", "preavis", "message", "attente"}
    anciennete = Demande.objects.get(id=nouvelle.id).date_anciennete

    sauf = set(EtapeHorloge) - {EtapeHorloge.PURGE}
    passer_l_horloge(midi(PURGEE), territoires=["099"], sauf=sauf)
    tout_sceller()

    assert Demande.objects.get(id=premiere.id).statut == "PURGEE"
    assert lignes(premiere.id) == {"version": 1}  # the empty one, of the erasure
    assert not Attente.objects.filter(demande=premiere).exists()
    (passage,) = list_passages(PURGEE)
    assert (passage.traites, passage.refuses) == (1, 0)
    (rapport,) = list_rapports(PURGEE)
    assert rapport.complet
    assert rapport.lignes["attente"] == avant["attente"]
    _restent_entiers(nouvelle, proches, anciennete)
    _nulle_part_dans_les_listes(premiere)
    passer_l_horloge(midi(PURGEE + timedelta(days=1)), territoires=["099"])  # the next night goes to its end
    assert all(p.termine_le for p in list_passages(PURGEE + timedelta(days=1)))


def _restent_entiers(nouvelle: Demande, proches: list[Demande], anciennete: date) -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    heritiere = consulter_demande(nouvelle.nud, acte=Acte(gt, midi(PURGEE)))
    assert heritiere.demande.nud == nouvelle.nud
    assert Demande.objects.get(id=nouvelle.id).date_anciennete == anciennete
    assert not Separation.objects.exists()
    ensemble = EnsembleDoublon.objects.get()
    assert ensemble.precision == ""
    lu = consulter_ensemble(ensemble.id, acte=Acte(gt, midi(PURGEE)))
    assert {m.nud for m in lu.membres} == {d.nud for d in proches}


def _nulle_part_dans_les_listes(effacee: Demande) -> None:
    agent, gt = f.creer_acteur(), f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    for code in CodeListe:
        for acteur in (agent, gt):
            demandee = Demandee(code, Filtre(acteur.guichet), acteur, PURGEE)
            assert effacee.nud not in str(list_dossiers(demandee).lignes)
