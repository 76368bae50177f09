"""Keys, steps, rates, fairness: rules without a database."""

import string
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sne.conventions.equite import Equite, Occupe
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules import cles
from sne.conventions.rules.cadences import MINUTE, cadence_de
from sne.conventions.rules.cles import ALPHABET, Environnement
from sne.conventions.rules.etapes import ETAPES, Etape, Faits, etape_de
from sne.referentiels.rules import parametres_par_defaut

SIGNES = st.text(ALPHABET, min_size=8, max_size=8)


@given(st.sampled_from(Environnement), SIGNES, st.text(ALPHABET, min_size=32, max_size=32), st.data())
def test_a_key_is_read_and_no_other_sign_in_its_place(env, prefixe, secret, data) -> None:
    texte = cles.composer(env, prefixe, secret)
    lue = cles.lire(texte)
    assert lue is not None
    assert (lue.environnement, lue.prefixe, len(lue.empreinte)) == (env, prefixe, 32)
    rang = data.draw(st.integers(0, len(texte) - 1))
    signe = data.draw(st.sampled_from([s for s in string.printable + "é" if s != texte[rang]]))
    changee = cles.lire(texte[:rang] + signe + texte[rang + 1 :])
    assert changee is None or changee.empreinte != lue.empreinte
    assert cles.lire(texte + "\n") is None


def test_a_mistyped_key_is_told_without_the_database() -> None:
    """One wrong sign in 20 bits of checksum: none of these is by chance a key."""
    texte = cles.composer(Environnement.PRODUCTION, "a" * 8, "b" * 32)
    fautes = [texte[:i] + s + texte[i + 1 :] for i in range(18, len(texte) - 5) for s in "cd23"]
    assert [f for f in fautes if cles.lire(f)] == []


@pytest.mark.parametrize("fait", list(product(*[[False, True]] * 7)))
def test_a_step_waits_for_those_before(fait) -> None:
    adresse, conforme, signee, guichets, certificats, portees, suspendue = fait
    jour = datetime(2026, 11, 24, tzinfo=UTC).date()

    def etape(env: Environnement) -> Etape:
        return etape_de(
            Faits(
                env,
                adresse_verifiee=adresse,
                conforme_le=jour if conforme else None,
                signee_le=jour if signee else None,
                guichets=guichets,
                certificats=certificats,
                portees=portees,
                suspendue=suspendue,
            )
        )

    faits = [
        (not suspendue, Etape.SUSPENDUE, True),
        (adresse, Etape.ADRESSE, True),
        (conforme, Etape.CONFORMITE, False),
        (signee, Etape.SIGNATURE, False),
        (guichets, Etape.GUICHETS, True),
        (certificats, Etape.CERTIFICAT, False),
        (portees, Etape.PORTEES, True),
    ]
    for env in Environnement:
        demandes = [(fait, e) for fait, e, ecole in faits if ecole or env is Environnement.PRODUCTION]
        assert etape(env) is next((e for fait, e in demandes if not fait), Etape.OUVERTE)
    assert set(ETAPES) == set(Etape)


@given(st.integers(1, 1000), st.floats(0, 60))
def test_what_is_left_is_never_more_than_the_limit(limite: int, avance: float) -> None:
    instant = datetime(2026, 11, 24, 10, tzinfo=UTC)
    passe = cadence_de(
        limite=limite, plein_le=instant + timedelta(seconds=avance), instant=instant, passe=True
    )
    assert 0 <= passe.restant <= limite
    assert passe.retablie >= instant.timestamp()
    assert "Retry-After" not in passe.entetes()
    refusee = cadence_de(limite=limite, plein_le=instant + MINUTE, instant=instant, passe=False)
    assert (refusee.restant, refusee.attendre >= 1) == (0, True)


def test_notices_come_one_after_the_other() -> None:
    livres = parametres_par_defaut(date(2026, 11, 24))[ParametresConventions]
    with pytest.raises(ValidationError, match="de plus en plus courts"):
        ParametresConventions.model_validate(livres.model_dump() | {"convention_cle_avis_2_jours": 5})


def test_one_agreement_leaves_threads_to_the_others() -> None:
    """Of eight threads, two are one agreement's; two more of its calls wait, the fifth is refused at once."""
    equite, une, autre = Equite(8, part=0.25, attente=60), uuid.uuid4(), uuid.uuid4()
    libre, issues = threading.Event(), []

    def appeler(convention: uuid.UUID) -> None:
        with equite.place(convention):
            issues.append(convention)
            libre.wait(60)

    fils = [threading.Thread(target=appeler, args=(une,)) for _ in range(4)]
    for fil in fils:
        fil.start()
    _attendre(lambda: equite.etat(une) == (2, 2))
    with pytest.raises(Occupe), equite.place(une):
        pass
    with equite.place(autre):
        assert equite.etat(autre) == (1, 0)
    libre.set()
    for fil in fils:
        fil.join(60)
    assert (issues.count(une), equite.etat(une), equite.etat(autre)) == (4, (0, 0), (0, 0))


@pytest.mark.parametrize("ceder", [60, 0])
def test_a_call_that_waited_for_its_own_lets_others_end_but_not_for_ever(monkeypatch, ceder: float) -> None:
    monkeypatch.setattr("sne.conventions.equite.CEDER", ceder)
    equite, une, autre = Equite(4, part=0.25, attente=60), uuid.uuid4(), uuid.uuid4()
    fins = [threading.Event() for _ in range(3)]

    def appeler(convention: uuid.UUID, fin: threading.Event) -> None:
        with equite.place(convention):
            fin.wait(60)

    fils = []
    for convention, fin, etat in zip((une, une, autre), fins, [(1, 0), (1, 1), (1, 0)], strict=True):
        fils.append(threading.Thread(target=appeler, args=(convention, fin)))
        fils[-1].start()
        _attendre(lambda convention=convention, etat=etat: equite.etat(convention) == etat)
    fins[0].set()
    fils[0].join(60)
    if ceder:
        limite = datetime.now(UTC) + timedelta(seconds=0.2)
        while datetime.now(UTC) < limite:
            assert (equite.etat(une), equite.etat(autre)) == ((0, 1), (1, 0))
        fins[2].set()
    _attendre(lambda: equite.etat(une) == (1, 0))
    assert equite.etat(autre) == ((0, 0) if ceder else (1, 0))
    for fin, fil in zip(fins, fils, strict=True):
        fin.set()
        fil.join(60)
    assert (equite.etat(une), equite.etat(autre)) == ((0, 0), (0, 0))


def test_two_calls_that_gave_way_do_not_both_take_one_place(monkeypatch) -> None:
    """One place is free while they let another’s end: one of them goes on, the second waits again.

    Whoever hears that the other called again at once gives way once more.
    """
    attentes: list[str] = []
    monkeypatch.setattr("sne.conventions.equite.CEDER", 30)
    equite, une, autre = Equite(8, part=0.25, attente=20), uuid.uuid4(), uuid.uuid4()
    attendre = equite._verrou.wait_for

    def noter(vrai: Callable[[], bool], secondes: float) -> bool:
        attentes.append("cède" if secondes > 20 else "attend" if secondes > 1 else "écoute")
        return attentes.count("écoute") == 1 if attentes[-1] == "écoute" else attendre(vrai, secondes)

    monkeypatch.setattr(equite._verrou, "wait_for", noter)
    fins = [threading.Event() for _ in range(5)]

    def appeler(convention: uuid.UUID, fin: threading.Event) -> None:
        with equite.place(convention):
            fin.wait(20)

    fils = []
    etats = [(1, 0), (2, 0), (2, 1), (2, 2), (1, 0)]
    for convention, fin, etat in zip([une] * 4 + [autre], fins, etats, strict=True):
        fils.append(threading.Thread(target=appeler, args=(convention, fin)))
        fils[-1].start()
        _attendre(lambda convention=convention, etat=etat: equite.etat(convention) == etat)
    fins[0].set()
    _attendre(lambda: attentes.count("cède") == 2)  # both give way to the other agreement
    fins[4].set()
    _attendre(lambda: attentes.count("attend") == 3)  # one of the two waits for a place again
    assert (equite.etat(une), attentes.count("cède")) == ((2, 1), 3)
    for fin, fil in zip(fins, fils, strict=True):
        fin.set()
        fil.join(60)
    assert (equite.etat(une), equite.etat(autre)) == ((0, 0), (0, 0))


def _attendre(condition: Callable[[], bool]) -> None:
    limite = datetime.now(UTC) + timedelta(seconds=60)
    while not condition():
        assert datetime.now(UTC) < limite


def test_a_call_waits_two_seconds_no_more_and_an_error_gives_its_place_back() -> None:
    equite, une = Equite(1, part=0.25, attente=0.05), uuid.uuid4()
    with equite.place(une), pytest.raises(Occupe, match="en même temps"), equite.place(une):
        pass
    with pytest.raises(ZeroDivisionError), equite.place(une):
        raise ZeroDivisionError
    assert equite.etat(une) == (0, 0)
