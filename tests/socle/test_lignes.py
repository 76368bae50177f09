"""What the database says is there already is refused in a sentence; its other refusals stay faults of ours."""

import pytest
from django.db import IntegrityError, connection

from sne.socle.erreurs import Interdit
from sne.socle.lignes import sans_double


@pytest.mark.django_db
@pytest.mark.parametrize(("faute", "attendu"), [("unique", Interdit), ("check", IntegrityError)])
def test_what_is_there_already_is_refused_and_the_transaction_goes_on(
    faute: str, attendu: type[Exception]
) -> None:
    with connection.cursor() as curseur:
        with pytest.raises(attendu) as refus, sans_double("Un essai porte déjà ce code.", champ="code"):
            curseur.execute(f"DO $$ BEGIN RAISE {faute}_violation; END $$")
        curseur.execute("SELECT 1")
    assert getattr(refus.value, "champ", "code") == "code"
