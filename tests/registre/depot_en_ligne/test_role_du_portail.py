"""Under the role of the portal: a household sends; nothing of what was sent is read back by that door."""

import pytest
from django.db import ProgrammingError, transaction

from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.depot_en_ligne.selectors.envois import list_envois
from tests.portail.conftest import servie_par_le_portail
from tests.registre.depot_en_ligne import envois as e


@pytest.mark.django_db(transaction=True)
def test_it_writes_what_is_sent_and_reads_none_of_it() -> None:
    with servie_par_le_portail():
        envoi = e.envoyer()
        assert [lu.reference for lu in list_envois(e.COMPTE)] == [envoi.reference]
        for colonne in ("contenu", "cles", "agent", "verrou_nom"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                DepotEnLigne.objects.values_list(colonne).get()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            DepotEnLigne.objects.filter(id=envoi.id).update(demande=None)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            DepotEnLigne.objects.filter(id=envoi.id).delete()
