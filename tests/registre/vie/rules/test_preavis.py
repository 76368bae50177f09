"""The notice of renewal: its channels, its day, and what it must have done, each as the law says it."""

from datetime import date, timedelta

import pytest

from sne.notifications.rules import Canal
from sne.referentiels.rules import parametres_par_defaut
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.dates import echeances
from sne.registre.joindre.rules.canaux import Moyens
from sne.registre.vie.rules.preavis import (
    ReglesDuPreavis,
    canaux_du_preavis,
    du_le,
    est_possible,
    exiger_preavis_du,
    motif_de_retenue,
    radiation_annoncee,
)
from sne.registre.vie.rules.renouvellement import Fenetre, calculer_fenetre
from sne.socle.erreurs import Interdit

REGLES = ReglesDuPreavis(mois=1, marge_jours=7, retenir=False)
STRICTES = ReglesDuPreavis(mois=1, marge_jours=7, retenir=True)
COURRIEL, LETTRE, SMS = Canal.COURRIEL, Canal.LETTRE, Canal.SMS


def fenetre(base: date, ouverture_jours: int = 60) -> Fenetre:
    durees = parametres_par_defaut(base)[ParametresDemande]
    return calculer_fenetre(
        base, echeances(base, durees).expiration, durees=durees, ouverture_jours=ouverture_jours
    )


@pytest.mark.parametrize(
    ("moyens", "attendus"),
    [
        # (1) never registered nor renewed online: post, and e-mail when one is known
        ((False, False, True, True), {COURRIEL, LETTRE}),
        ((False, False, False, True), {LETTRE}),
        ((False, True, True, True), {COURRIEL, LETTRE}),
        # (2) online at least once: e-mail
        ((True, False, True, True), {COURRIEL}),
        # (3) the same, and asked for post
        ((True, True, True, True), {COURRIEL, LETTRE}),
        # no e-mail, or one that refuses messages: post
        ((True, False, False, True), {LETTRE}),
        ((True, True, False, True), {LETTRE}),
        # no postal address that fits: the e-mail alone
        ((False, False, True, False), {COURRIEL}),
        ((True, True, True, False), {COURRIEL}),
        # none at all
        ((False, False, False, False), set()),
        ((True, False, False, False), set()),
    ],
)
@pytest.mark.parametrize("sms", [False, True])
def test_channels_of_the_law(moyens: tuple[bool, bool, bool, bool], sms: bool, attendus: set[Canal]) -> None:
    en_ligne, papier, courriel, adresse = moyens
    choisis = canaux_du_preavis(Moyens(en_ligne, courriel, adresse, papier, sms))
    assert set(choisis) == attendus | ({SMS} if sms else set())
    assert est_possible(choisis) is bool(attendus)


@pytest.mark.parametrize(
    ("base", "limite"),
    [
        (date(2023, 10, 1), date(2024, 8, 30)),
        (date(2024, 2, 29), date(2025, 1, 27)),
        (date(2024, 4, 15), date(2025, 3, 14)),
    ],
)
@pytest.mark.parametrize("ouverture_jours", [60, 30, 1])
def test_due_before_the_legal_limit_whenever_renewal_opens(
    base: date, limite: date, ouverture_jours: int
) -> None:
    assert echeances(base, parametres_par_defaut(base)[ParametresDemande]).preavis_au_plus_tard == limite
    debut = du_le(fenetre(base, ouverture_jours), REGLES)
    assert debut <= limite - timedelta(days=7)
    if ouverture_jours == 60:
        assert debut == fenetre(base).ouverture


class TestJours:
    """T = 29/02/2024: valid until 27/02/2025, struck off on 29/03/2025, may come back until 29/08/2025."""

    fenetre = fenetre(date(2024, 2, 29))
    debut = date(2024, 12, 29)

    def test_not_before_its_day_nor_once_struck_off(self) -> None:
        exiger_preavis_du(Statut.ACTIVE, self.fenetre, REGLES, jour=self.debut)
        exiger_preavis_du(Statut.EXPIREE, self.fenetre, REGLES, jour=date(2025, 3, 28))
        for jour in (self.debut - timedelta(days=1), date(2025, 3, 29)):
            with pytest.raises(Interdit, match="du 29/12/2024 au 28/03/2025"):
                exiger_preavis_du(Statut.ACTIVE, self.fenetre, REGLES, jour=jour)

    @pytest.mark.parametrize("statut", [Statut.RADIEE, Statut.PURGEE, Statut.ANNULEE])
    def test_not_for_what_is_not_open(self, statut: Statut) -> None:
        with pytest.raises(Interdit, match="plus ouverte"):
            exiger_preavis_du(statut, self.fenetre, REGLES, jour=self.debut)

    def test_late_when_nothing_ends_without_it(self) -> None:
        exiger_preavis_du(Statut.EXPIREE, self.fenetre, STRICTES, jour=date(2026, 1, 1))

    def test_announces_the_day_that_will_be(self) -> None:
        jour = date(2025, 3, 10)
        assert radiation_annoncee(self.fenetre, REGLES, jour=jour) == date(2025, 3, 29)
        assert radiation_annoncee(self.fenetre, STRICTES, jour=jour) == date(2025, 4, 10)
        assert radiation_annoncee(self.fenetre, STRICTES, jour=self.debut) == date(2025, 3, 29)


@pytest.mark.parametrize(
    ("prevenue_le", "echoue", "motif"),
    [
        (None, False, "n’a pas pu être donné"),
        (date(2025, 1, 10), True, "par aucun moyen"),
        (date(2025, 1, 10), False, ""),
        (date(2025, 2, 10), False, "court jusqu’au 10/03/2025"),
        (date(2025, 1, 28), False, ""),
    ],
)
def test_held_back_only_while_the_parameter_says_so(
    prevenue_le: date | None, echoue: bool, motif: str
) -> None:
    jour = date(2025, 2, 28)
    assert motif_de_retenue(prevenue_le, echoue=echoue, regles=REGLES, jour=jour) == ""
    dit = motif_de_retenue(prevenue_le, echoue=echoue, regles=STRICTES, jour=jour)
    assert motif in dit
    assert bool(dit) is bool(motif)
