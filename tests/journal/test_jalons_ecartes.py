"""A checkpoint that no key signed: told, then set aside by the owner, inside the service and out of it."""

from pathlib import Path
from typing import Any

import pytest

from sne.habilitations.rules import acteur_systeme
from sne.journal.actions.jalonner import ecarter_jalon
from sne.journal.models import Entree
from sne.journal.selectors.jalons import verifier_jalons
from sne.journal.selectors.preuves import get_dernier_jalon
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.cli.commandes import sne
from tests.journal.export import exporter, sans_gardes, verifier
from tests.registre import factories as f


def test_a_false_checkpoint_is_told_then_set_aside_by_the_owner(
    proprietaire: None, capsys: Any, tmp_path: Path
) -> None:
    """Neither a signed one nor one that is not there; what was set aside proves nothing, inside or outside."""
    sans_gardes("UPDATE journal_jalon SET note = replace(note, 'instant 2', 'instant 1') WHERE numero = 3")
    assert [e.faux_jalon for e in verifier_jalons()] == [3]
    assert verifier(capsys, exporter(tmp_path / "x"))["code"] == 1
    for numero in (1, 9):
        with pytest.raises(Interdit):
            ecarter_jalon(numero, motif="x", acte=Acte(acteur_systeme("Essai"), f.MAINTENANT))
    for motif in (" ", "x" * 301):
        with pytest.raises(Interdit, match="1 à 300"):
            ecarter_jalon(3, motif=motif, acte=Acte(acteur_systeme("Essai"), f.MAINTENANT))
    fait = sne("journal", "ecarter-jalon", "3", "--motif", "Posé par personne")
    assert "Dernier scellement" in fait.sortie, fait.erreur
    assert Entree.objects.get(verbe="ECARTER_JALON").faits == {"jalon": 3, "motif": "Posé par personne"}
    assert list(verifier_jalons()) == []
    assert get_dernier_jalon().numero == 2  # type: ignore[union-attr]
    bilan = verifier(capsys, exporter(tmp_path / "y"))
    assert (bilan["code"], bilan["ecarts"], bilan["jalons"]) == (0, [], 2)
    assert "déjà écarté" in sne("journal", "ecarter-jalon", "3", "--motif", "x").erreur
    assert "1 à 300" in sne("journal", "ecarter-jalon", "3", "--motif", " ").erreur


def test_a_true_checkpoint_set_aside_is_a_difference(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    sans_gardes("INSERT INTO journal_jalon_ecarte (jalon_id, motif, ecarte_le) VALUES (2, 'x', now())")
    assert [e.phrase for e in verifier_jalons()] == ["Le jalon n° 2 a été écarté bien que signé."]
    bilan = verifier(capsys, exporter(tmp_path / "x"))
    assert [e["phrase"] for e in bilan["ecarts"]] == ["Le jalon n° 2 a été écarté bien que signé."]
