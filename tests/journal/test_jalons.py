"""Checkpoints, keys that follow each other, months that leave: who signs what, when it is refused."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from sne.habilitations.rules import acteur_systeme
from sne.journal.actions.jalonner import Cadence, jalonner, tourner_cle
from sne.journal.models import Cle, Entree, Jalon
from sne.journal.rules import jalons as regles
from sne.journal.rules.notes import (
    ClePrivee,
    ClePublique,
    NoteInvalide,
    is_signee_par,
    signer,
    texte_de,
)
from sne.journal.selectors import verifier as verifier_en_base
from sne.journal.selectors.jalons import verifier_jalons
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from tests.journal.export import exporter, verifier
from tests.journal.test_journal import ecrire, tout_sceller
from tests.registre import factories as f

UN, DEUX = (
    ClePrivee("registre.example/journal", b"\x01" * 32),
    ClePrivee("registre.example/journal", b"\x02" * 32),
)
VECTEUR = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
"""The key of golang.org/x/mod/sumdb/note’s own tests, and the note it signed."""
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def acteur() -> Acteur:
    return acteur_systeme("Essai")


def test_notes_are_those_of_the_reference() -> None:
    assert is_signee_par(NOTE, ClePublique.lire(VECTEUR))
    assert str(ClePublique.lire(VECTEUR)) == VECTEUR
    assert not is_signee_par(NOTE.replace("answer", "question"), ClePublique.lire(VECTEUR))
    assert not is_signee_par(NOTE, UN.publique)


def test_a_note_keeps_its_text_and_its_signatures_apart() -> None:
    note = signer("une ligne\n", UN, DEUX)
    assert texte_de(note) == "une ligne\n"
    assert is_signee_par(note, UN.publique)
    assert is_signee_par(note, DEUX.publique)
    with pytest.raises(NoteInvalide, match="signée"):
        texte_de("rien")


@pytest.mark.parametrize("texte", ["x", VECTEUR.replace("c74f", "c74e"), "a+00+AAAA", "a+00+*"])
def test_a_key_badly_copied_is_refused(texte: str) -> None:
    with pytest.raises(NoteInvalide):
        ClePublique.lire(texte)


def test_a_checkpoint_reads_as_it_was_written() -> None:
    jalon = regles.Jalon("a/journal", 3, 40, b"r" * 32, "1/1", 200, b"c" * 32, f.MAINTENANT)
    assert regles.Jalon.lire(jalon.texte()) == jalon
    for faux in ("", jalon.texte().replace("entrees 200\n", ""), jalon.texte().replace("\n40\n", "\nx\n")):
        with pytest.raises(NoteInvalide, match="jalon"):
            regles.Jalon.lire(faux)


@pytest.mark.django_db(transaction=True)
def test_checkpoints_are_due_by_seals_or_by_time_and_keys_follow_each_other(
    settings: Any, capsys: Any, tmp_path: Path
) -> None:
    rien = jalonner(acte=Acte(acteur(), f.MAINTENANT))
    ecrire(2)
    tout_sceller()
    premier = jalonner(acte=Acte(acteur(), f.MAINTENANT), cadence=Cadence(100, timedelta(hours=1)))
    assert (rien, premier and premier.numero) == (None, 1)
    ecrire(1)
    tout_sceller()
    assert jalonner(acte=Acte(acteur(), f.MAINTENANT), cadence=Cadence(100, timedelta(hours=1))) is None
    par_nombre = jalonner(acte=Acte(acteur(), f.MAINTENANT), cadence=Cadence(1, timedelta(hours=1)))
    assert par_nombre is not None
    assert jalonner(acte=Acte(acteur(), f.MAINTENANT)) is None  # nothing new
    _tourner(settings)
    ecrire(1)
    tout_sceller()
    par_duree = jalonner(acte=Acte(acteur(), f.MAINTENANT), cadence=Cadence(100, timedelta()))
    assert par_duree is not None
    assert (par_duree.cle_id, Entree.objects.filter(verbe="DECLARER_CLE").count()) == (2, 2)
    assert list(verifier_jalons()) == list(verifier_en_base()) == []
    # From the first key, both are trusted; from the second, what it signs proves the whole journal.
    export = exporter(tmp_path / "x")
    vus = [verifier(capsys, export, cle=cle.publique) for cle in Cle.objects.order_by("numero")]
    assert [(v["code"], v["jalons"], v["jalons_anterieurs_a_la_cle"]) for v in vus] == [(0, 3, 0), (0, 1, 2)]
    ancien = tmp_path / "ancien.txt"
    ancien.write_text(premier.note if premier else "")
    recu = verifier(capsys, export, "--jalon", str(ancien), cle=str(Cle.objects.get(numero=2).publique))
    assert "plus ancienne" in recu["refus"]
    _refuser_un_retrait_de_personne(capsys, export)
    _refuser_les_fautes(settings, capsys, export)


def _tourner(settings: Any) -> None:
    with pytest.raises(Interdit, match="numéro plus élevé"):
        tourner_cle(acte=Acte(acteur(), f.MAINTENANT))
    premiere = settings.CLES_JOURNAL[1]
    settings.CLES_JOURNAL = {2: b"\x02" * 32}
    with pytest.raises(Interdit, match="clé n° 1"):
        tourner_cle(acte=Acte(acteur(), f.MAINTENANT))
    settings.CLES_JOURNAL = {1: premiere, 2: b"\x02" * 32}
    cle = tourner_cle(acte=Acte(acteur(), f.MAINTENANT))
    assert (cle.numero, cle.apres_le_jalon) == (2, 2)


def _refuser_un_retrait_de_personne(capsys: Any, export: Path) -> None:
    """Whatever checkpoint it names: before the first trusted one too."""
    note = regles.Retrait(DEUX.nom, "2022-05", 1, 1, 1, b"f" * 32, 1, f.MAINTENANT)
    ligne = json.dumps({"note": signer(note.texte(), DEUX)}) + "\n"
    (export / "retraits.jsonl").write_text(ligne)
    manifeste = json.loads((export / "manifeste.json").read_text())
    for fichier in manifeste["fichiers"]:
        if fichier["nom"] == "retraits.jsonl":
            fichier["sha256"] = hashlib.sha256(ligne.encode()).hexdigest()
    (export / "manifeste.json").write_text(json.dumps(manifeste))
    for cle in Cle.objects.all():
        vu = verifier(capsys, export, cle=cle.publique)
        assert "Le retrait de 2022-05 n’est pas signé" in vu["ecarts"][0]["phrase"]


def _refuser_les_fautes(settings: Any, capsys: Any, export: Path) -> None:
    """A checkpoint by the former key, by nobody’s, out of order."""
    premiere = settings.CLES_JOURNAL[1]
    settings.CLES_JOURNAL = {2: b"\x03" * 32}
    ecrire(1)
    tout_sceller()
    with pytest.raises(Interdit, match="clé n° 2"):
        jalonner(acte=Acte(acteur(), f.MAINTENANT))
    dernier = Jalon.objects.get(numero=3)
    vole = regles.Jalon.lire(texte_de(dernier.note))
    ancienne = ClePrivee(vole.nom, premiere)
    for numero, entrees in ((3, 99), (4, 99), (5, 5)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Jalon.objects.create(
                numero=numero,
                scellement=dernier.scellement + 1,
                entrees=entrees,
                cle_id=2,
                note=signer(vole.texte(), ancienne),
                pose_le=f.MAINTENANT,
            )
    recu = export / "recu.txt"
    recu.write_text(signer(vole.texte(), ancienne))
    fautes = verifier(capsys, export, "--jalon", str(recu))["ecarts"]
    assert "Le jalon n° 3 n’est pas signé par la clé en service." in [e["phrase"] for e in fautes]


@pytest.mark.django_db
def test_without_a_key_nothing_is_signed(settings: Any, url_runtime: str) -> None:
    with psycopg.connect(url_runtime) as autre:
        autre.execute("SELECT pg_advisory_lock(hashtext('journal_jalonner'))")
        with pytest.raises(Interdit, match="Recommencez"):
            tourner_cle(acte=Acte(acteur(), f.MAINTENANT))
        assert jalonner(acte=Acte(acteur(), f.MAINTENANT)) is None
        autre.execute(
            "SELECT pg_advisory_unlock_all()"
        )  # not left to the end of its process, which takes a while
    settings.CLES_JOURNAL = {}
    with pytest.raises(Interdit, match="SNE_CLES_JOURNAL"):
        tourner_cle(acte=Acte(acteur(), f.MAINTENANT))
    assert not Cle.objects.exists()
    settings.CLES_JOURNAL = {7: b"\x07" * 32}
    assert tourner_cle(acte=Acte(acteur(), f.MAINTENANT)).numero == 7
