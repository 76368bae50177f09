"""Folders in clear: one's own, gone on leaving; those of dead processes are found, never those of living ones."""

import os
import stat
from pathlib import Path

from sne.documents.travail import balayer_travail, dossier_de_travail, list_abandonnes, racine


def vieillir(dossier: Path) -> None:
    """As if it had been made an hour ago."""
    avant = dossier.stat().st_mtime - 3600
    os.utime(dossier, (avant, avant))


def test_folder_is_one_s_own_and_goes(dossier: Path) -> None:
    with dossier_de_travail() as ici:
        assert stat.S_IMODE(ici.stat().st_mode) == stat.S_IMODE(racine().stat().st_mode) == 0o700
        (ici / "recu").write_bytes(b"en clair")
        assert list_abandonnes() == []
    assert list(racine().iterdir()) == []


def test_folder_goes_when_the_work_fails(dossier: Path) -> None:
    try:
        with dossier_de_travail() as ici:
            raise RuntimeError
    except RuntimeError:
        assert not ici.exists()


def test_folder_not_locked_yet_is_left_for_a_moment(dossier: Path) -> None:
    neuf = racine() / "neuf-1"
    neuf.mkdir()
    assert balayer_travail() == 0
    vieillir(neuf)
    assert balayer_travail() == 1
    assert not neuf.exists()


def test_folder_that_was_half_removed_is_finished(dossier: Path) -> None:
    """Its lock went first: a process was killed while it cleaned up."""
    reste = racine() / "travail-reste"
    reste.mkdir()
    (reste / "recu").write_bytes(b"en clair")
    assert balayer_travail() == 1
