"""The contract is valid, and every operation says how it is refused."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.api.conftest import Editeur


@pytest.mark.django_db
def test_le_contrat_est_valide(editeur: Editeur) -> None:
    from sne.api.contrat import decrire

    document = decrire()
    assert [e.message for e in OpenAPIV31SpecValidator(document).iter_errors()] == []
    assert document["openapi"] == "3.1.0"
