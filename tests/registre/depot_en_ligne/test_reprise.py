"""The way back to a demande that is being typed, without a database."""

from datetime import date

import pytest

from sne.registre.depot_en_ligne.rules.reprise import Reprise, mots_dus, reprise_due

ELLE, AUTRE = date(1987, 3, 14), date(1987, 4, 13)


@pytest.mark.parametrize(
    ("avant", "naissance", "secrete", "due"),
    [
        (None, None, False, None),
        (None, None, True, None),
        (ELLE, None, True, None),
        (ELLE, ELLE, False, None),
        (None, ELLE, False, Reprise(proteger=False, deplacer=True)),
        (AUTRE, ELLE, False, Reprise(proteger=False, deplacer=True)),
        (ELLE, ELLE, True, Reprise(proteger=True, deplacer=False)),
        (AUTRE, ELLE, True, Reprise(proteger=True, deplacer=True)),
    ],
)
def test_what_a_save_does(
    avant: date | None, naissance: date | None, secrete: bool, due: Reprise | None
) -> None:
    assert reprise_due(avant, naissance, secrete=secrete) == due


@pytest.mark.parametrize(("naissance", "secrete"), [(None, True), (ELLE, False), (ELLE, True)])
def test_other_words_where_some_protect_it(naissance: date | None, secrete: bool) -> None:
    assert (mots_dus(naissance, secrete=secrete) is not None) is (naissance is not None and secrete)
