"""How a line is written, what its head depends on, which addresses may be called; nothing reserved has a type."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.flux.rules import lignes as regles
from sne.flux.rules.adresses import est_appelable, lire_adresse
from sne.flux.rules.types import TYPES, Serie, Type, serie_de, suivis, type_de
from sne.journal.rules import RESERVES, Silence, Trait, Verbe, verbes_qui
from sne.socle.erreurs import Interdit

LE = datetime(2026, 11, 24, 8, 12, 4, 113000, tzinfo=UTC)
CLE = uuid.UUID("019adf0c-7b1e-7000-8000-000000000001")


def ligne(numero: int = 1, **champs: object) -> regles.Ligne:
    base = regles.Ligne("099", "demandes", numero, 88, 1, CLE, CLE, 4, "demande.modifiee", LE)
    return replace(base, **champs)  # type: ignore[arg-type]


def test_la_forme_canonique_est_celle_de_la_documentation() -> None:
    ecrite = ligne(1205).canonique()
    assert ecrite == (
        f'["099","demandes",1205,88,1,"{CLE}","{CLE}",4,"demande.modifiee","2026-11-24T08:12:04.113000Z"]'
    )
    tete = sha256(b"sne-flux/1 099 demandes").digest()
    assert regles.origine("099", Serie.DEMANDES) == tete
    assert regles.suivante(tete, ligne(1205)) == sha256(tete + ecrite.encode()).digest()


@given(st.integers(0, 4), st.sampled_from(["revision", "rang", "scellement"]))
def test_une_ligne_alteree_change_toutes_les_tetes_qui_suivent(rang: int, champ: str) -> None:
    vraies = [ligne(n) for n in range(1, 6)]
    fausses = list(vraies)
    fausses[rang] = replace(vraies[rang], **{champ: getattr(vraies[rang], champ) + 1})
    tetes = [
        accumulate(lignes, regles.suivante, initial=regles.origine("099", Serie.DEMANDES))
        for lignes in (vraies, fausses)
    ]
    egales = [a == b for a, b in zip(*tetes, strict=True)]
    assert egales == [True] * (rang + 1) + [False] * (5 - rang)


def test_l_instantane_compte_et_signe_dans_l_ordre_donne() -> None:
    autre = uuid.uuid4()
    assert regles.condenser([(CLE, 1), (autre, 2)]) == (2, sha256(f"{CLE} 1\n{autre} 2\n".encode()).digest())


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ({"fait": "x"}, Type.EVENEMENT_CONSIGNE),
        ({"remplace": "y", "retrait": False}, Type.EVENEMENT_CORRIGE),
        ({"remplace": "y", "retrait": True}, Type.EVENEMENT_RETIRE),
    ],
)
def test_un_evenement_corrige_ou_retire_le_dit(faits: dict[str, object], attendu: Type) -> None:
    assert type_de("CONSIGNER_EVENEMENT", faits) is attendu


def test_chaque_verbe_suivi_existe_et_rien_de_reserve_n_est_dit() -> None:
    dits = {verbe for verbe in suivis() if serie_de(TYPES[verbe]) is Serie.DEMANDES}
    assert len(suivis()) == len(TYPES)
    assert not dits & verbes_qui(RESERVES | Trait.CONNEXION)
    assert dits & verbes_qui(Trait.LECTURE) == {Verbe.tous()["DEMANDER_RESSOURCES"]}  # no amount is told
    tus = {v for v in dits if v.menage in (Silence.ENQUETE, Silence.TENTATIVE, Silence.AUTRE_FOYER)}
    assert tus == set()
    assert {TYPES[v] for v in suivis() if serie_de(TYPES[v]) is Serie.DALO} == {Type.DALO_CONSIGNE}


@pytest.mark.parametrize(
    "ip",
    [
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "224.0.0.1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "fec0::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_machines_qui_ne_sont_jamais_appelees(ip: str) -> None:
    assert [est_appelable(ip, locale=locale) for locale in (False, True)] == [False, False]


def test_machines_appelees() -> None:
    assert [
        est_appelable(ip, locale=False) for ip in ("93.184.216.34", "2606:4700::1", "127.0.0.1", "::1")
    ] == [
        True,
        True,
        False,
        False,
    ]
    assert est_appelable("::1", locale=True)


@pytest.mark.parametrize(
    "texte",
    [
        "http://editeur.exemple.fr/",
        "ftp://editeur.exemple.fr/",
        "https:///rappel",
        "https://qui:secret@editeur.exemple.fr/",
        "https://editeur.exemple.fr/#ancre",
        "https://editeur.exemple.fr:22/",
        "https://editeur.exemple.fr:99999/",
        "https://[::1/",
        "https://editeur.exemple.fr/a b",
        "https://éditeur.exemple.fr/",
        f"https://editeur.exemple.fr/{'a' * 500}",
    ],
)
def test_adresses_refusees(texte: str) -> None:
    with pytest.raises(Interdit, match="Adresse"):
        lire_adresse(texte, locale=False)


@pytest.mark.parametrize(
    ("texte", "autorite", "rendue"),
    [
        ("https://editeur.exemple.fr", "editeur.exemple.fr", "https://editeur.exemple.fr/"),
        ("https://editeur.exemple.fr:8443/a?b=1", "editeur.exemple.fr:8443", None),
        ("https://[2606:4700::1]/a", "[2606:4700::1]", None),
    ],
)
def test_adresses_admises(texte: str, autorite: str, rendue: str | None) -> None:
    lue = lire_adresse(texte, locale=False)
    assert (lue.autorite, lue.texte) == (autorite, rendue or texte)
