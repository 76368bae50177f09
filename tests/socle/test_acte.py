"""An act says who and when: an instant without its time zone is none."""

from datetime import UTC, datetime

import pytest

from sne.socle.acte import Acte
from tests.registre import factories as f


def test_an_instant_without_its_time_zone_is_refused() -> None:
    acteur = f.creer_acteur()
    assert Acte(acteur, datetime(2026, 11, 28, 9, tzinfo=UTC)).acteur is acteur
    with pytest.raises(ValueError, match="aware"):
        Acte(acteur, datetime(2026, 11, 28, 9))  # noqa: DTZ001
