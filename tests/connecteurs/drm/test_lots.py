"""Lots over a true connection and in their assumed shapes: a line that does not hold is left out by itself."""

import json
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sne.connecteurs.drm.port import port_des_lots
from sne.connecteurs.drm.rules.lots import EtatLot, lire_etat, lire_page
from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Montant,
    SansDonnee,
    ZeroConfirme,
)
from sne.connecteurs.rules import Motif, Reponse, SansReponse
from tests.connecteurs.conftest import ICI, Simulateur
from tests.connecteurs.drm.reponses import DEMANDEE, NIR, ligne, present, vide

MOIS = DEMANDEE.mois


def resultat(ref: str, statut: str = "OK", *mois: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """One line of an answer."""
    return {"ref": ref, "statut": statut, "mois": list(mois), **changes}


def page(*resultats: Any, **changes: Any) -> bytes:
    """A page of an answer."""
    return json.dumps({"resultats": list(resultats), **changes}).encode()


def test_each_line_by_its_reference() -> None:
    lue = lire_page(
        page(
            resultat("a", "OK", present("2026-03", "1452.30", ligne()), vide("2026-02")),
            resultat("b", "NIR_INCONNU"),
            resultat("c", "DISCORDANCE_IDENTITE"),
            resultat("d", "SANS_DONNEE", vide("2026-04")),
            resultat("e", "ERREUR"),
            suivante=2,
        ),
        mois=MOIS,
    )
    assert not lue.derniere
    avril, mars, fevrier = lue.lignes["a"] or ()
    assert avril == AucuneDonnee(date(2026, 4, 1), SansDonnee.MOIS_ABSENT)
    assert isinstance(mars, Montant)
    assert fevrier == AucuneDonnee(date(2026, 2, 1), SansDonnee.SOURCES_CLOSES)
    assert lue.lignes["b"] == tuple(AucuneDonnee(m, SansDonnee.NIR_INCONNU) for m in MOIS)
    assert lue.lignes["c"] == tuple(DiscordanceIdentite(m) for m in MOIS)
    assert {type(m) for m in lue.lignes["d"] or ()} == {AucuneDonnee}
    assert lue.lignes["e"] is None


@pytest.mark.parametrize(
    "faux",
    [
        resultat("x", "OK", present("2026-03", "0.00")),
        resultat("x", "OK", vide("2025-03")),
        resultat("x", "OK", present("2026-03", "12.00", ligne())),
        resultat("x", "NIR_INCONNU", vide("2026-03")),
        resultat("x", "AUTRE"),
        {"ref": "x"},
    ],
    ids=str,
)
def test_a_line_that_does_not_hold_is_left_out_by_itself(faux: dict[str, Any]) -> None:
    lue = lire_page(page(faux, resultat("b", "NIR_INCONNU")), mois=MOIS)
    assert lue.lignes["x"] is None
    assert lue.lignes["b"] is not None
    assert lue.derniere


def test_lines_of_nobody_are_no_lines_and_two_of_one_are_none() -> None:
    double = resultat("b", "NIR_INCONNU")
    assert lire_page(page(12, {"ref": 3}, {}, double, double), mois=MOIS).lignes == {"b": None}


@pytest.mark.parametrize("octets", [b"", b"[]", b'{"resultats": 1}', page(*range(501))])
def test_what_is_no_page(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        lire_page(octets, mois=MOIS)


def test_where_the_source_is() -> None:
    assert lire_etat(404, b"") is EtatLot.INCONNU
    assert lire_etat(200, b'{"statut": "EN_COURS"}') is EtatLot.EN_COURS
    with pytest.raises(ValueError, match=r"."):
        lire_etat(200, b'{"statut": "PERDU"}')


@pytest.mark.django_db
def test_sent_followed_and_read_over_a_true_connection(simulateur: Simulateur) -> None:
    port, cle = port_des_lots(), str(uuid.uuid4())
    assert port.suivre_lot(cle, pour=ICI).valeur is EtatLot.INCONNU  # type: ignore[union-attr]
    personnes = {f"r-{i}": replace(DEMANDEE, nir=f"{NIR[:10]}{i:05d}") for i in range(700)}
    assert isinstance(port.deposer_lot(cle, personnes, pour=ICI), Reponse)
    assert port.suivre_lot(cle, pour=ICI).valeur is EtatLot.TERMINE  # type: ignore[union-attr]
    pages = [port.lire_lot(cle, n, mois=MOIS, pour=ICI).valeur for n in (1, 2)]  # type: ignore[union-attr]
    assert [(len(p.lignes), p.derniere) for p in pages] == [(500, False), (200, True)]
    etats = {type(mois[1]) for p in pages for mois in p.lignes.values() if mois is not None}
    assert etats == {Montant, ZeroConfirme, AucuneDonnee, DiscordanceIdentite}
    assert sum(mois is None for p in pages for mois in p.lignes.values()) == 28, "one in twenty-five"
    assert not any(NIR[:10] in adresse for adresse in simulateur.vus())
    simulateur.regler(drm="rejet")
    assert port.suivre_lot(cle, pour=ICI).valeur is EtatLot.REJETE  # type: ignore[union-attr]
    simulateur.regler(drm="tronque")
    assert port.lire_lot(cle, 1, mois=MOIS, pour=ICI) == SansReponse(Motif.INDISPONIBLE)
