"""Whoever owns the database falsifies it: the verifier, outside, names exactly what; honest copies pass."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from sne.habilitations.rules import acteur_systeme
from sne.journal.actions.retirer import retirer_mois
from sne.journal.models import Entree, Retrait, Valeur
from sne.journal.rules.merkle import hacher_feuille, racine
from sne.journal.selectors import verifier as verifier_en_base
from sne.journal.selectors.jalons import verifier_jalons
from sne.journal.selectors.preuves import get_coherence, get_inclusion, sommet_des_scellements
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.cli.commandes import sne
from tests.journal.export import (
    RECALCULER,
    TOOLS,
    Journal,
    cle_publique,
    couper_le_second_jalon,
    derniere_sous_jalon,
    echanger,
    entree,
    exporter,
    instant_du_jalon,
    lignes_de,
    nommes,
    positions,
    sans_gardes,
    verifier,
    verifieur,
)
from tests.registre import factories as f


def test_honest_copies_pass_before_and_after_a_lawful_erasure(
    journal: Journal, capsys: Any, tmp_path: Path
) -> None:
    apres = verifier(
        capsys, exporter(tmp_path / "apres", avec_valeurs=True), "--reference", str(journal.avant)
    )
    avant = verifier(capsys, journal.avant)
    assert (avant["code"], avant["ecarts"], avant["valeurs_effacees"]) == (0, [], 0)
    assert (apres["code"], apres["ecarts"], apres["jalons"]) == (0, [], 3)
    assert apres["valeurs_effacees"] > 0
    assert apres["valeurs"] + apres["valeurs_effacees"] > avant["valeurs"]
    assert apres["entrees"] == apres["entrees_sous_jalon"] + 2
    assert list(verifier_en_base()) == list(verifier_jalons()) == []


def test_edited_value_is_named(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    cible = entree(6)
    sans_gardes(
        "UPDATE journal_valeur SET valeur = 'Voleur' WHERE entree = %(e)s AND cote = 'apres'", e=cible
    )
    bilan = verifier(capsys, exporter(tmp_path / "x", avec_valeurs=True))
    assert (bilan["code"], nommes(bilan)) == (1, {("valeur", str(cible))})


def test_deleted_value_without_an_erasure_is_named(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    cible = entree(6)
    sans_gardes("DELETE FROM journal_valeur WHERE entree = %(e)s AND cote = 'avant'", e=cible)
    assert nommes(verifier(capsys, exporter(tmp_path / "x", avec_valeurs=True))) == {("valeur", str(cible))}


def test_edited_entry_is_named(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    cible = entree(6)
    sans_gardes("UPDATE journal_entree SET verbe = 'DECONNEXION' WHERE id = %(e)s", e=cible)
    assert nommes(verifier(capsys, exporter(tmp_path / "x"))) == {("modifiée", str(cible))}


def test_deleted_row_is_named(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    cible = entree(6)
    sans_gardes("DELETE FROM journal_entree WHERE id = %(e)s", e=cible)
    assert nommes(verifier(capsys, exporter(tmp_path / "x"))) == {("supprimée", str(cible))}


def test_row_deleted_with_its_position_is_named_by_its_place(
    proprietaire: None, capsys: Any, tmp_path: Path
) -> None:
    scellement, rang, cible = positions()[6]
    sans_gardes(
        "DELETE FROM journal_entree WHERE id = %(e)s",
        "DELETE FROM journal_position WHERE entree = %(e)s",
        e=cible,
    )
    bilan = verifier(capsys, exporter(tmp_path / "x"))
    assert [(e["genre"], e["scellement"], e["rang"]) for e in bilan["ecarts"]] == [
        ("supprimée", scellement, rang)
    ]


def test_two_swapped_entries_are_named(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    ids = echanger(4, 7)
    assert nommes(verifier(capsys, exporter(tmp_path / "x"))) == {("déplacée", i) for i in ids}


def test_swapped_contents_are_named(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    (_, _, a), (_, _, b) = positions()[4], positions()[7]
    sans_gardes(
        "UPDATE journal_position p SET empreinte = q.empreinte FROM journal_position q "
        "WHERE p.entree IN (%(a)s, %(b)s) AND q.entree IN (%(a)s, %(b)s) AND p.entree <> q.entree",
        a=a,
        b=b,
    )
    assert nommes(verifier(capsys, exporter(tmp_path / "x"))) == {("déplacée", a), ("déplacée", b)}


def test_ten_entries_cut_before_a_checkpoint_are_named(
    proprietaire: None, capsys: Any, tmp_path: Path
) -> None:
    fin = derniere_sous_jalon(2)
    coupees = [p[2] for p in positions()[fin - 10 : fin]]
    sans_gardes("DELETE FROM journal_entree WHERE id = ANY(%(e)s::uuid[])", e=coupees)
    assert nommes(verifier(capsys, exporter(tmp_path / "x"))) == {("supprimée", c) for c in coupees}


def test_a_journal_cut_with_its_seals_is_told_by_its_checkpoints(
    proprietaire: None, capsys: Any, tmp_path: Path
) -> None:
    de, a = derniere_sous_jalon(1), derniere_sous_jalon(3)
    couper_le_second_jalon()
    [ecart] = verifier(capsys, exporter(tmp_path / "x"))["ecarts"]
    assert ecart["genre"] == "tronqué"
    assert f"les entrées {de + 1} à {a} ont été coupées" in ecart["phrase"]


def test_a_checkpoint_received_tells_what_was_cut_with_its_own_row(
    proprietaire: None, journal: Journal, capsys: Any, tmp_path: Path
) -> None:
    couper_le_second_jalon()
    sans_gardes("DELETE FROM journal_jalon WHERE numero > 1")
    coupe = exporter(tmp_path / "x")
    assert verifier(capsys, coupe)["code"] == 0  # nothing in the database says so any more
    recu = tmp_path / "recu.txt"
    recu.write_text(journal.jalons[1])
    [ecart] = verifier(capsys, coupe, "--jalon", str(recu))["ecarts"]
    assert (ecart["genre"], "ont été coupées" in ecart["phrase"]) == ("tronqué", True)
    bilan = verifier(capsys, coupe, "--reference", str(journal.reference))
    assert {g for g, _ in nommes(bilan)} == {"supprimée"}
    assert len(bilan["ecarts"]) == 11  # the key in force was told among them


def test_a_journal_rewritten_whole_contradicts_its_checkpoints(
    proprietaire: None, journal: Journal, capsys: Any, tmp_path: Path
) -> None:
    cible = entree(6)
    sans_gardes(
        "UPDATE journal_entree SET verbe = 'DECONNEXION' WHERE id = %(e)s",
        "UPDATE journal_entree e SET empreinte = journal_feuille(e) WHERE id = %(e)s",
        "UPDATE journal_position p SET empreinte = e.empreinte FROM journal_entree e "
        "WHERE e.id = p.entree AND e.id = %(e)s",
        e=cible,
    )
    [ecart] = verifier(capsys, exporter(tmp_path / "x"))["ecarts"]
    assert "ne donnent plus sa racine" in ecart["phrase"]
    sans_gardes(RECALCULER)
    assert list(verifier_en_base()) == []
    assert next(verifier_jalons()).phrase.endswith("atteste un autre journal.")
    rewritten = exporter(tmp_path / "y")
    [ecart] = verifier(capsys, rewritten)["ecarts"]
    assert (ecart["genre"], "Le jalon n° 1 atteste un autre journal" in ecart["phrase"]) == ("réécrit", True)
    nomme = nommes(verifier(capsys, rewritten, "--reference", str(journal.reference)))
    assert nomme == {("réécrit", None), ("modifiée", str(cible))}


def test_inserted_entries_are_named(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    sans_gardes(
        "INSERT INTO journal_entree SELECT gen_random_uuid(), territoire, demande, revision, verbe, acteur, faits, "
        "correlation, survenu_le, inscrit_le, ere, xid, empreinte FROM journal_entree WHERE id = %(e)s",
        e=entree(6),
    )
    [(genre, inseree)] = nommes(verifier(capsys, exporter(tmp_path / "x")))
    assert genre == "ajoutée"
    sans_gardes(
        "INSERT INTO journal_position SELECT 1, 999, id, inscrit_le, empreinte FROM journal_entree WHERE id = %(e)s",
        e=inseree,
    )
    assert ("ajoutée", inseree) in nommes(verifier(capsys, exporter(tmp_path / "y")))


def test_seals_cannot_be_edited_nor_taken_away(proprietaire: None, capsys: Any, tmp_path: Path) -> None:
    sans_gardes("UPDATE journal_scellement SET nombre = nombre + 1 WHERE numero = 1")
    bilan = verifier(capsys, exporter(tmp_path / "x"))
    assert ("modifiée", None) in nommes(bilan)
    sans_gardes("DELETE FROM journal_scellement WHERE numero = 2")
    assert "Les scellements 2 à 2 ont été supprimés." in str(verifier(capsys, exporter(tmp_path / "y")))


def test_a_checkpoint_cannot_be_taken_away_nor_edited(
    proprietaire: None, capsys: Any, tmp_path: Path
) -> None:
    sans_gardes("DELETE FROM journal_jalon WHERE numero = 2")
    [ecart] = verifier(capsys, exporter(tmp_path / "x"))["ecarts"]
    assert ecart["phrase"] == "Le jalon n° 2 a été supprimé."
    sans_gardes("UPDATE journal_jalon SET note = replace(note, 'entrees ', 'entrees 1') WHERE numero = 3")
    assert ("signature", None) in nommes(verifier(capsys, exporter(tmp_path / "y")))
    assert "ne l’a pas signé" in " ".join(e.phrase for e in verifier_jalons())
    sans_gardes("DELETE FROM journal_jalon")
    assert "Aucun jalon de confiance" in str(verifier(capsys, exporter(tmp_path / "z")))


@pytest.mark.parametrize(
    ("ordre", "phrase"),
    [
        ("UPDATE journal_jalon SET note = 'rien' WHERE numero = 1", "est faux"),
        ("UPDATE journal_jalon SET entrees = entrees + 1 WHERE numero = 3", "ne dit pas ce que dit sa ligne"),
        ("UPDATE journal_scellement SET nombre = nombre + 1 WHERE numero = 1", "il en reste"),
        ("UPDATE journal_cle SET apres_le_jalon = 1", "est faux"),
        ("UPDATE journal_cle SET note = 'rien'", "n’a pas été mise en service"),
        ("UPDATE journal_cle SET note = replace(note, 'cle 1', 'cle 2')", "n’a pas été mise en service"),
    ],
)
def test_the_database_alone_tells_what_is_clumsily_forged(
    proprietaire: None, ordre: str, phrase: str
) -> None:
    sans_gardes(ordre)
    assert phrase in next(verifier_jalons()).phrase


def test_an_export_without_values_names_nobody(journal: Journal, tmp_path: Path) -> None:
    textes = b"".join(x.read_bytes() for x in exporter(tmp_path / "x").iterdir())
    assert b"Dubreuil" not in textes
    assert b"Dubreuil" in b"".join(x.read_bytes() for x in journal.avant.iterdir())


def test_an_export_rests_on_the_checkpoint_it_starts_from(
    journal: Journal, capsys: Any, tmp_path: Path
) -> None:
    suite = exporter(tmp_path / "x.zip", depuis_le_jalon=1)
    bilan = verifier(capsys, suite, "--reference", str(journal.reference))
    assert (bilan["code"], bilan["entrees_sous_jalon"]) == (0, derniere_sous_jalon(3))
    assert bilan["entrees"] == len(positions()) - derniere_sous_jalon(1)


def test_a_file_touched_after_the_export_is_refused(journal: Journal, capsys: Any, tmp_path: Path) -> None:
    export = exporter(tmp_path / "x")
    fichier = next(export.glob("entrees-*"))
    fichier.write_text(fichier.read_text().replace("CONNEXION", "DECONNEXION", 1))
    assert "altéré" in verifier(capsys, export)["refus"]
    assert "mal recopiée" in verifier(capsys, export, cle="journal+00+AAAA")["refus"]
    autre = cle_publique().replace("/journal", "/autre")
    assert "mal recopiée" in verifier(capsys, export, cle=autre)["refus"]


def test_a_proof_stands_alone(journal: Journal, capsys: Any, tmp_path: Path) -> None:
    document, coherence = get_inclusion(entree(6)), get_coherence(1, 3)
    assert document is not None
    assert coherence is not None

    def dire(objet: dict[str, Any]) -> tuple[int, str]:
        preuve = tmp_path / "preuve.json"
        preuve.write_text(json.dumps(objet))
        code = verifieur().main([str(preuve), "--cle", cle_publique()])
        lu = capsys.readouterr()
        return code, lu.out + lu.err

    attestee = f"L’entrée {entree(6)} est dans le journal attesté le {instant_du_jalon(journal)} par le jalon n° 1.\n"
    assert dire(document) == (0, attestee)
    assert dire(coherence) == (0, "Le journal du jalon n° 3 commence par celui du jalon n° 1, inchangé.\n")
    assert dire({**document, "rang": document["rang"] + 1})[0] == 2
    assert (
        "n’est pas signé"
        in dire({**document, "jalon": document["jalon"].replace("entrees ", "entrees 1")})[1]
    )
    assert dire({**document, "canonique": document["canonique"].replace("CONNEXION", "LECTURE")})[0] == 2
    assert dire({**coherence, "apres": coherence["avant"], "avant": coherence["apres"]})[0] == 2


def test_the_verifier_runs_without_the_service(journal: Journal, tmp_path: Path) -> None:
    """As somebody outside runs it: from its folder alone, with the public key they received."""
    ordre = [sys.executable, "-I", TOOLS + "/verifier_journal", str(journal.avant), "--cle", cle_publique()]
    fait = subprocess.run(ordre, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (fait.returncode, fait.stdout.splitlines()[-1]) == (0, "Le journal se prouve : aucun écart.")


def test_what_no_checkpoint_covers_has_no_proof_yet(journal: Journal) -> None:
    derniere = positions()[-1][2]
    assert get_inclusion(derniere) is None
    assert get_inclusion(f.inconnu()) is None
    assert get_coherence(3, 1) is None
    assert get_coherence(1, 9) is None
    assert get_coherence(2, 2) is not None


def test_months_of_the_seals_are_the_files(journal: Journal, tmp_path: Path) -> None:
    noms = sorted(x.name for x in exporter(tmp_path / "x").iterdir())
    with connection.cursor() as curseur:
        curseur.execute("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')")
        mois = curseur.fetchone()[0]
    assert date.fromisoformat(f"{mois}-01")
    assert noms == [
        "cles.jsonl",
        f"entrees-0001-{mois}.jsonl",
        "hors-sceau.jsonl",
        "jalons.jsonl",
        "manifeste.json",
        "retraits.jsonl",
        "scellements.jsonl",
    ]


def test_roots_are_read_from_stored_groups(proprietaire: None) -> None:
    """A group of 256 seals, then more of them; a group of groups would be slow, and is the same statement."""
    dernier = positions()[-1][0]
    for fin in (400, 1000):
        sans_gardes(
            "INSERT INTO journal_scellement "
            "SELECT n, 'x', '0'::xid8, '1'::xid8, 1, '', '', sha256(n::text::bytea), now() "
            "FROM generate_series(%(debut)s::bigint, %(fin)s::bigint) AS n",
            debut=dernier + 1,
            fin=fin,
        )
        dernier = fin
        with connection.cursor() as curseur:
            curseur.execute("SELECT journal_tuiler()")
            curseur.execute("SELECT count(*) FROM journal_tuile")
            assert curseur.fetchone()[0] == fin // 256
            curseur.execute("SELECT empreinte FROM journal_scellement ORDER BY numero")
            feuilles = [hacher_feuille(bytes(ligne[0])) for ligne in curseur.fetchall()]
        for nombre in (1, 255, 256, 300, fin):
            assert sommet_des_scellements()(0, nombre) == racine(feuilles[:nombre])
    with pytest.raises(LookupError):
        sommet_des_scellements()(0, 2000)


MAI = date(2022, 5, 1)


def retirer(mois: date = MAI) -> None:
    retirer_mois(mois, conservation_mois=36, acte=Acte(acteur_systeme("Essai"), f.MAINTENANT))


def test_a_month_leaves_and_every_other_still_proves_itself(
    proprietaire: None, journal: Journal, capsys: Any, tmp_path: Path
) -> None:
    valeurs = Valeur.objects.count()
    retirer()
    assert (Valeur.objects.count(), Retrait.objects.get().entrees) == (valeurs - 3, 3)
    assert Entree.objects.filter(verbe="RETIRER_MOIS").get().faits == {"mois": "2022-05", "entrees": 3}
    assert list(verifier_en_base()) == list(verifier_jalons()) == []
    export = exporter(tmp_path / "x", avec_valeurs=True)
    bilan = verifier(capsys, export, "--reference", str(journal.avant))
    assert (bilan["code"], bilan["ecarts"], bilan["entrees_retirees"]) == (0, [], 3)
    retiree = next(json.loads(x) for x in lignes_de(export) if '"retrait"' in x)
    proof = get_inclusion(retiree["entree"])
    assert proof is not None
    assert (proof["canonique"], proof["feuille"]) == (None, retiree["feuille"])
    with pytest.raises(Interdit, match="n’a plus"):
        retirer()
    # What the signed removal does not name is missing, whoever says that it left with a month.
    sans_gardes("DELETE FROM journal_entree WHERE id = %(e)s", e=entree(6))
    assert ("supprimée", str(entree(6))) in nommes(verifier(capsys, exporter(tmp_path / "y")))
    sans_gardes("UPDATE journal_retrait SET note = replace(note, 'entrees 3', 'entrees 4')")
    assert ("signature", None) in nommes(verifier(capsys, exporter(tmp_path / "z")))


def test_a_month_too_recent_or_never_opened_stays(proprietaire: None) -> None:
    for mois, phrase in ((date(2023, 11, 30), "se conserve"), (date(2021, 5, 1), "n’a pas")):
        with pytest.raises(Interdit, match=phrase):
            retirer(mois)


@pytest.mark.parametrize(
    ("ordre", "phrase"),
    [
        (
            "UPDATE journal_entree SET verbe = 'X' WHERE verbe = 'CONNEXION' AND inscrit_le < '2023-01-01'",
            "se prouve",
        ),
        ("UPDATE journal_scellement SET racine = '' WHERE numero = 1", "se prouve"),
        ("DELETE FROM journal_entree WHERE inscrit_le = '2022-05-10 10:00:02+00'", "Il manque 1"),
        ("DELETE FROM journal_jalon", "Aucun jalon"),
        (
            "INSERT INTO journal_entree SELECT gen_random_uuid(), territoire, demande, revision, verbe, acteur, faits, "
            "correlation, survenu_le, inscrit_le, ere, xid, empreinte FROM journal_entree "
            "WHERE inscrit_le < '2023-01-01'",
            "3 entrées du mois 05/2022 ne sont pas scellées",
        ),
    ],
)
def test_a_month_that_does_not_prove_itself_stays(proprietaire: None, ordre: str, phrase: str) -> None:
    sans_gardes(ordre)
    with pytest.raises(Interdit, match=phrase):
        retirer()
    assert not Retrait.objects.exists()


def test_values_leave_with_their_month_only(proprietaire: None) -> None:
    """The guard of the values lets go under the permit of a removal, of that month, in its transaction."""
    with connection.cursor() as curseur:
        curseur.execute("INSERT INTO journal_retrait VALUES ('2022-05-01', 3, 'note', now())")
        curseur.execute("DELETE FROM journal_valeur WHERE valeur = 'Ancien'")
        assert curseur.rowcount == 3
    with pytest.raises(DatabaseError, match="qu’ajouter"), transaction.atomic():
        Valeur.objects.all().delete()


def test_the_operator_has_it_all(
    proprietaire: None, journal: Journal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SNE_ROLE", "owner")
    assert sne("journal", "verifier").code == 0
    assert "Écrit dans" in sne("journal", "exporter", "--sortie", str(tmp_path / "x.zip")).sortie
    assert sne("journal", "exporter", "--sortie", str(tmp_path / "y"), "--json").json["fichiers"] == 6
    assert "n’est pas vide" in sne("journal", "exporter", "--sortie", str(tmp_path / "y")).erreur
    assert "n’existe pas" in sne("journal", "exporter", "--sortie", str(tmp_path / "z" / "z")).erreur
    assert "n° 9" in sne("journal", "exporter", "--sortie", str(tmp_path / "z"), "--depuis", "9").erreur
    assert sne("journal", "preuve", str(entree(6))).json["rang"] == 7
    assert "Aucun jalon" in sne("journal", "preuve", str(f.inconnu())).erreur
    assert sne("journal", "coherence", "1", "3").json["format"] == "sne-journal-coherence/1"
    assert "deux jalons" in sne("journal", "coherence", "3", "1").erreur
    assert "Jalon" in sne("journal", "jalonner").sortie
    assert "Rien n’a été scellé" in sne("journal", "jalonner").erreur
    assert "numéro plus élevé" in sne("journal", "tourner-cle").erreur
    assert sne("journal", "retirer", "2022-05", "--json").json["entrees"] == 3
    sans_gardes("DELETE FROM journal_jalon WHERE numero = 2")
    assert "ne se prouve plus" in sne("journal", "verifier").erreur


def test_checkpoints_are_published_to_anybody(journal: Journal) -> None:
    client = Client()
    page = client.get(reverse("jalons")).content.decode()
    assert cle_publique() in page
    assert all(reverse("jalon", args=[numero]) in page for numero in (1, 2, 3))
    publies = client.get(reverse("jalons-json"), {"apres": "1"}).json()
    assert [j["note"] for j in publies["jalons"]] == [*journal.jalons[1:]]
    assert [c["publique"] for c in publies["cles"]] == [cle_publique()]
    assert len(client.get(reverse("jalons-json"), {"apres": "x"}).json()["jalons"]) == 3
    assert client.get(reverse("jalon", args=[2])).content.decode() == journal.jalons[1]
    assert client.get(reverse("jalon", args=[9])).status_code == 404
