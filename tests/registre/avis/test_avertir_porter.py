"""A notice that nothing could send: a territorial manager tells it, once, and says how."""

import uuid
from unittest import mock

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.attente.models import Attente
from sne.registre.avis.actions.avertir import porter_avis
from sne.registre.avis.models import AvisChangement
from sne.registre.avis.selectors.changement import get_avis_a_porter
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import gt

pytestmark = pytest.mark.django_db


class TestPorter:
    """What is left to the territorial manager."""

    @pytest.fixture
    def avis(self) -> AvisChangement:
        a.changer(a.deposer(a.contenu(motifs=a.VIOLENCES)).demande_id, a.contenu(a.APRES, motifs=a.VIOLENCES))
        return AvisChangement.objects.get()

    def test_it_waits_among_the_answers_and_ends_with_a_sentence(self, avis: AvisChangement) -> None:
        attente = Attente.objects.get(nature="AVIS_A_PORTER")
        assert (attente.id, attente.liste, attente.demande_id) == (avis.id, "REPONSES", avis.demande_id)
        porter_avis(avis.id, precision="Reçue seule", acte=Acte(gt(), f.MAINTENANT))
        connection.check_constraints()
        assert not Attente.objects.filter(nature="AVIS_A_PORTER").exists()
        lu = get_avis_a_porter(avis.id, gt())
        assert (lu.precision, lu.porte_par, lu.codes) == (
            "Reçue seule",
            "Camille Rousset",
            ("COURRIEL:FAIT:VOUS",),
        )

    def test_no_entry_of_it_names_the_demande(self, avis: AvisChangement) -> None:
        porter_avis(avis.id, precision="Reçue seule", acte=Acte(gt(), f.MAINTENANT))
        entrees = Entree.objects.filter(verbe__in=["CONFIER_AVIS", "PORTER_AVIS", "AVERTIR"])
        assert {(e.verbe, e.demande) for e in entrees} == {("CONFIER_AVIS", None), ("PORTER_AVIS", None)}

    def test_it_is_given_once_and_says_how(self, avis: AvisChangement) -> None:
        with pytest.raises(Interdit) as refus:
            porter_avis(avis.id, precision=" ", acte=Acte(gt(), f.MAINTENANT))
        assert refus.value.champ == "precision"
        porter_avis(avis.id, precision="Reçue seule", acte=Acte(gt(), f.MAINTENANT))
        with pytest.raises(Interdit):
            porter_avis(avis.id, precision="Encore", acte=Acte(gt(), f.MAINTENANT))

    def test_by_the_manager_of_that_territory_only(self, avis: AvisChangement) -> None:
        ailleurs = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
        for acteur in (f.creer_acteur(), f.creer_acteur(Role.RESPONSABLE_GUICHET), ailleurs):
            with pytest.raises(Introuvable):
                porter_avis(avis.id, precision="x", acte=Acte(acteur, f.MAINTENANT))
            with pytest.raises(Introuvable):
                get_avis_a_porter(avis.id, acteur)
        (mandat,) = gt().mandats
        mandat = Mandat(mandat.role, mandat.permissions - {"ENQUETE_OUVRIR"}, mandat.perimetre)
        lecteur = Acteur(uuid.uuid4(), "", Canal.GUICHET, (mandat,), territoire="099")
        with pytest.raises(NonHabilite):
            porter_avis(avis.id, precision="x", acte=Acte(lecteur, f.MAINTENANT))

    def test_a_notice_that_left_is_not_one(self) -> None:
        a.changer(a.deposer().demande_id, a.contenu(a.APRES))
        parti = AvisChangement.objects.first()
        assert parti is not None
        with pytest.raises(Introuvable):
            porter_avis(parti.id, precision="x", acte=Acte(gt(), f.MAINTENANT))

    def test_a_failure_of_the_journal_leaves_nothing(self, avis: AvisChangement) -> None:
        with (
            mock.patch.object(journal, "inscrire", side_effect=RuntimeError),
            pytest.raises(RuntimeError),
        ):
            porter_avis(avis.id, precision="Reçue seule", acte=Acte(gt(), f.MAINTENANT))
        avis.refresh_from_db()
        assert avis.porte_le is None
