"""Vérifie hors ligne un export du journal : Python 3.11 ou plus récent et « cryptography », rien du service lui-même.

Usage : python tools/verifier_journal EXPORT --cle CLE. Nomme ce que le propriétaire de la base aurait changé, supprimé,
ajouté, déplacé ou coupé avant le dernier jalon signé. Le format est décrit dans docs/journal-format.md.
Sort avec 0 (tout se prouve), 1 (un écart au moins) ou 2 (illisible).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(
    0, str(Path(__file__).resolve().parents[1])
)  # « python tools/verifier_journal » trouve ses fichiers

from verifier_journal.empreintes import Illisible
from verifier_journal.lecture import Dossier
from verifier_journal.notes import Cle, cles_de_confiance
from verifier_journal.preuves import verifier_horodatages, verifier_preuve
from verifier_journal.verification import Bilan, Verification

EN_CLAIR = {
    "entrees": "Entrées lues",
    "scellements": "Sceaux vérifiés",
    "jalons": "Jalons vérifiés",
    "jalons_recus": "Jalons reçus d’un témoin",
    "jalons_anterieurs_a_la_cle": "Jalons d’avant la clé donnée",
    "entrees_sous_jalon": "Entrées qu’un jalon atteste",
    "valeurs": "Valeurs vérifiées",
    "valeurs_effacees": "Valeurs effacées par la loi",
    "entrees_retirees": "Entrées retirées avec leur mois",
    "horodatages": "Horodatages",
    "horodatages_verifies": "Horodatages vérifiés",
}


def lire_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(prog="verifier_journal", description=(__doc__ or "").splitlines()[0])
    lecteur.add_argument("fichier", type=Path, help="export (dossier ou .zip), ou preuve (.json)")
    lecteur.add_argument("--cle", required=True, help="clé publique de confiance, ou fichier qui la contient")
    lecteur.add_argument("--jalon", type=Path, action="append", default=[], help="jalon reçu par un témoin")
    lecteur.add_argument("--reference", type=Path, help="export plus ancien, gardé hors du service")
    lecteur.add_argument("--ac-horodatage", type=Path, help="certificat de l’autorité d’horodatage (PEM)")
    lecteur.add_argument("--json", action="store_true", help="écrit un objet JSON")
    return lecteur.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Vérifie, écrit ce qui a été vu ; rend l’état de sortie."""
    choix = lire_arguments(arguments)
    try:
        cle = Cle.lire(Path(choix.cle).read_text("utf-8") if Path(choix.cle).is_file() else choix.cle)
        if choix.fichier.suffix == ".json":
            print(verifier_preuve(json.loads(choix.fichier.read_text("utf-8")), cle))
            return 0
        export = Dossier(choix.fichier)
        cles = cles_de_confiance([ligne["note"] for ligne in export.lire("cles.jsonl")], cle)
        recus = [fichier.read_text("utf-8") for fichier in choix.jalon]
        reference = Dossier(choix.reference) if choix.reference else None
        bilan = Verification(export, cles, recus, reference).verifier()
        verifier_horodatages(export, choix.ac_horodatage, bilan)
    except (Illisible, OSError, ValueError, KeyError) as exc:
        print(f"Vérification impossible : {exc}", file=sys.stderr)
        return 2
    dire(bilan, en_json=choix.json)
    return 1 if bilan.ecarts else 0


def dire(bilan: Bilan, *, en_json: bool) -> None:
    """Le bilan, pour une machine ou pour une personne."""
    if en_json:
        print(json.dumps(asdict(bilan), ensure_ascii=False, indent=2))
        return
    for nom, libelle in EN_CLAIR.items():
        print(f"{libelle} : {getattr(bilan, nom)}")
    for ecart in bilan.ecarts:
        print(f"- {ecart.phrase}")
    print(f"{len(bilan.ecarts)} écart(s)." if bilan.ecarts else "Le journal se prouve : aucun écart.")


if __name__ == "__main__":
    sys.exit(main())
