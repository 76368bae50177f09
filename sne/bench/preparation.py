"""What must run inside Django before the measures: ``python -m sne.bench.preparation ETAPE TAILLE``.

``remplir`` (owner) fills a database: tables, reference data, accounts; prints the accounts, in JSON.
``script`` (runtime) prints the peer of a registration: the statements and their documents, in JSON.
``migrer`` (owner) brings a large register up to date, ``examiner`` (runtime) does what its worker would have done,
``raconter`` tells what happened to some, ``compte`` opens the account that looks at it. ``numeriser`` makes a scan,
``recevoir_numerisation`` receives it.
"""

import base64
import json
import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import django
from django.core.management import call_command

from sne.socle.acte import Acte

NOMBRE_DE_COMPTES, AGENTS_DU_LIEU = 8, 4
PART_RACONTEE = 20  # one file in so many
LIEU = ("02B", "GD2B1")  # where the measures register


def remplir(_: int = 0) -> list[dict[str, str]]:
    """Everything that is there before the first household."""
    migrer()
    # No ANALYZE here: of an empty table it says that one page is enough, and every key is then looked for in all of it.
    return [ouvrir_compte(rang) for rang in range(NOMBRE_DE_COMPTES)]


def migrer(_: int = 0) -> None:
    """Tables, reference data, number sequences, static files; only what is missing."""
    from sne.referentiels.actions import charger_demonstration, charger_referentiels
    from sne.registre.demande.actions.territoires import ouvrir_territoires

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    charger_referentiels()
    charger_demonstration()
    ouvrir_territoires()


def compte_des_mesures(_: int) -> dict[str, str]:
    """An agent of the guichet where the measures register."""
    return ouvrir_compte(0)


def tout_servir(_: int) -> int:
    """Every subscriber of the journal is where its last seal is: what was written past the acts is told to nobody."""
    from django.db import connection

    from sne.journal.handlers import abonnes

    with connection.cursor() as curseur:
        for abonne in abonnes():
            curseur.execute(
                "INSERT INTO journal_abonnement (abonne, scellement) SELECT %s, coalesce(max(numero), 0) "
                "FROM journal_scellement ON CONFLICT (abonne) DO UPDATE SET scellement = excluded.scellement",
                [abonne.nom],
            )
    return len(abonnes())


def compte(_: int) -> dict[str, str]:
    """An agent of a guichet of the largest territory."""
    from sne.bench.actes_en_nombre import lieu

    return ouvrir_compte(0, lieu=lieu())


def lecteur(rang: int) -> dict[str, Any]:
    """The agent of that rank who reads in the largest territory, and some numbers of demandes there."""
    from sne.bench.actes_en_nombre import lieu, lire_connus
    from sne.bench.visite import EXEMPLES, LECTEURS
    from sne.habilitations.rules import ROLES, Etendue, Role

    role, (territoire, guichet) = Role([*LECTEURS][rang]), lieu()
    ou = {Etendue.GUICHET: (territoire, guichet), Etendue.TERRITOIRE: (territoire, "")}
    compte = ouvrir_compte(0, lieu=ou.get(ROLES[role].etendue, ("", "")), role=role)
    return {"compte": compte, "demandes": [connu.nud for connu in lire_connus(combien=EXEMPLES)]}


def menage_inscrit(_: int) -> dict[str, str]:
    """The cookie of a household of the largest territory."""
    from django.conf import settings

    from sne.bench.actes_du_portail import revenir
    from sne.bench.actes_en_nombre import lieu

    return {settings.COOKIE_DE_SESSION: revenir(lieu()[0]).secret}


def comptes_du_lieu(rang: int) -> list[dict[str, str]]:
    """Four agents of the counter of that rank among those where measures register."""
    from sne.bench.melange import GUICHETS

    return [ouvrir_compte(n, lieu=list(GUICHETS.items())[rang]) for n in range(AGENTS_DU_LIEU)]


def tirer_une_nation(_: int) -> Mapping[str, Sequence[Sequence[Any]]]:
    """The draws that a nation of adults is mixed from."""
    from sne.bench import pivot_tire

    return pivot_tire.tirer()


def rappel(_: int) -> tuple[int, int]:
    """Duplicates found, and looked for, among people typed with a slip."""
    from sne.bench.actes_en_nombre import ESSAIS, ChercherDoublons
    from sne.bench.equipe import Poste

    acte = ChercherDoublons(Poste(0, ESSAIS))
    for _essai in range(ESSAIS):
        acte.chercher()
    return acte.trouves, acte.essais


def adresses(nombre: int) -> dict[str, float]:
    """An index of so many fictional numbers; what it holds, and the seconds that loading it took."""
    import io
    import time

    from sne.bench.adresses import lignes_du_fichier
    from sne.connecteurs.adresses.chargement import charger_adresses
    from sne.socle.horloge import maintenant

    fichier = io.BytesIO("".join(lignes_du_fichier(nombre)).encode())
    debut = time.monotonic()
    bilans = charger_adresses(fichier, le=maintenant()).bilans
    duree = time.monotonic() - debut
    return {
        "voies": sum(b.voies for b in bilans),
        "numeros": sum(b.numeros for b in bilans),
        "secondes": duree,
    }


def adresses_justes(_: int) -> tuple[int, int]:
    """Addresses that come first, and those looked for, each typed with one slip."""
    from sne.bench.adresses import Tapeur

    tapeur, essais = Tapeur(3), 1_000
    return sum(tapeur.chercher() for _essai in range(essais)), essais


def examiner(au_plus: int) -> int:
    """What the lists read of each file, ``au_plus`` at most; how many were examined."""
    from sne.registre.demande.actions.examiner import examiner_demandes

    return examiner_demandes(au_plus=au_plus)


def raconter(taille: int) -> int:
    """Something that happened lately to one open file in twenty, told by the true door; how many."""
    from datetime import timedelta

    from django.db import connection

    from sne.demo.comptes import TERRITOIRE
    from sne.habilitations.rules import Role, mandat
    from sne.registre.faits.actions.evenements import consigner_evenement
    from sne.registre.faits.rules.evenements import EvenementSaisi
    from sne.socle.acteur import Acteur, Canal, Perimetre
    from sne.socle.horloge import jour, maintenant
    from sne.socle.identifiants import uuid7

    instant = maintenant()
    le = jour(instant)
    qui = Acteur(
        id=uuid7(),
        nom="Gestionnaire de mesure",
        canal=Canal.GUICHET,
        mandats=(mandat(Role.GESTIONNAIRE_TERRITORIAL, Perimetre(TERRITOIRE)),),
        territoire=TERRITOIRE,
        correlation=uuid7(),
    )
    reponse = {"reponse_avant": f"{le + timedelta(days=10):%d/%m/%Y}"}
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT id FROM demande WHERE statut = 'ACTIVE' ORDER BY id LIMIT %s",
            [-(-taille // PART_RACONTEE)],
        )
        ouvertes = [cle for (cle,) in curseur.fetchall()]
    for demande in ouvertes:
        consigner_evenement(demande, EvenementSaisi("PROPOSITION", le, reponse), acte=Acte(qui, instant))
    return len(ouvertes)


def gestionnaire(territoire: int) -> dict[str, str]:
    """Who manages the territory of that number."""
    from sne.habilitations.rules import Role

    return ouvrir_compte(0, lieu=(f"{territoire:03d}", ""), role=Role.GESTIONNAIRE_TERRITORIAL)


def vivre_une_journee(_: int) -> int:
    """A day of acts, sealed; the last seal of before."""
    from sne.bench import versement

    return versement.vivre_une_journee(0)


def ouvrir_compte(rang: int, lieu: tuple[str, str] = LIEU, role: str = "AGENT_GUICHET") -> dict[str, str]:
    """An agent of a guichet (territory, code), that of the measures by default, or another role: what signs them in."""
    from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
    from sne.habilitations.rules import Role, acteur_systeme
    from sne.socle.horloge import maintenant

    acteur, instant = acteur_systeme("Mesures"), maintenant()
    totp = base64.b32encode(secrets.token_bytes(20)).decode()
    courriel, mot_de_passe = f"mesure.{secrets.token_hex(6)}@exemple.fr", secrets.token_urlsafe(16)
    nouveau = NouveauCompte(
        courriel, "Agent", f"de mesure {rang}", mot_de_passe, cle_totp=totp, provisoire=False
    )
    compte = creer_compte(nouveau, acte=Acte(acteur, instant))
    octroi = Octroi(compte, Role(role), territoire=lieu[0], guichet=lieu[1])
    accorder_habilitation(octroi, acte=Acte(acteur, instant))
    return {"courriel": courriel, "mot_de_passe": mot_de_passe, "totp": totp}


def numeriser(pages: int) -> int:
    """A large scan, in the folder of the measures."""
    from sne.bench import numerisation

    return numerisation.numeriser(pages)


def recevoir_numerisation(_: int) -> dict[str, float]:
    """What receiving it takes."""
    from sne.bench import numerisation

    return numerisation.recevoir_numerisation(0)


def lire_un_lot(nombre: int) -> dict[str, float]:
    """What reading and keeping a lot of so many applicants takes."""
    from sne.bench import lots

    return lots.lire_un_lot(nombre)


def script(_: int) -> dict[str, Any]:
    """The peer of a registration."""
    from sne.bench.pair import ecrire_script
    from sne.socle.horloge import maintenant

    ordres, documents = ecrire_script(maintenant())
    return {"ordres": ordres, "documents": documents}


ETAPES: dict[str, Callable[[int], object]] = {
    f.__name__: f
    for f in (
        *(remplir, script, migrer, compte, rappel, examiner, tirer_une_nation),
        *(numeriser, recevoir_numerisation, adresses, adresses_justes, lire_un_lot),
        *(gestionnaire, vivre_une_journee, raconter, compte_des_mesures, tout_servir),
        *(comptes_du_lieu, lecteur, menage_inscrit),
    )
}


def main(arguments: Sequence[str]) -> None:
    """``ETAPE TAILLE``: run one step and print what it gives."""
    django.setup()
    json.dump(ETAPES[arguments[0]](int(arguments[1])), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1:])
