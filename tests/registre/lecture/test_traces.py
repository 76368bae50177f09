"""Which subjects say something of a demande: neither one that says nothing, nor one forgotten."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.lecture.selectors.traces import _TABLES, Trace, list_traces, natures_dites
from sne.registre.vie.models.annulation import RequeteAnnulation
from sne.registre.vie.models.arret import Arret
from tests.habilitations.deux_demandes import enregistrer
from tests.registre import factories as f


@pytest.mark.django_db
def test_nothing_is_said_of_a_new_demande() -> None:
    assert not list_traces(Demande.objects.get(id=f.deposer().demande_id))


@pytest.mark.django_db
def test_a_trace_is_what_its_table_holds(settings: Any, tmp_path: Path) -> None:
    """Of every demande of a register where each subject has said something of one."""
    settings.DOSSIER_VAR = tmp_path
    enregistrer()
    dites: set[Trace] = set()
    for demande in Demande.objects.all():
        traces = list_traces(demande)
        dites |= traces
        for trace, (modele, _) in _TABLES.items():
            siennes = Q(demande=demande)
            if modele is Separation:
                siennes |= Q(nouvelle=demande)
            if modele in {Arret, RequeteAnnulation}:
                siennes &= Q(clos_le=None)
            assert (trace in traces) is modele._default_manager.filter(siennes).exists(), trace
    assert len(dites) > len(Trace) / 2
    assert {NatureFait.EVENEMENT, NatureFait.DECISION, NatureFait.ATTRIBUTION} <= {
        *natures_dites(frozenset(dites))
    }
