"""A crowd: tens of thousands of generated adults, in temporary tables that stand in front of the real ones.

``LIKE … INCLUDING ALL`` gives them the columns, generated keys and indexes of the register, without its triggers: the
statements of the selectors run on them as they are.
"""

import random
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import psycopg

SYLLABES = re.findall(
    "[a-z]+",
    "ba ber bou car che da del du fa fer ga gau gui ha ja la le lef ma mar mi mo na ni pe pi ro rou sa si ta ti va vi "
    "tin lon net reau don sson ard eau ier in is oux",
)
PRENOMS = re.findall(
    r"\w+",
    "Élodie Léa Inès Camille Sarah Fatou Marie Jeanne Nadia Aïcha Karim Paul Jean Mehdi Hugo Nuno Issa Youssef Pierre "
    "Louis Marc Thi Lan Odette Odile Chloé Zoé Anaïs Lucas Enzo Théo Adam Moussa Ibrahima Awa Nina Rose Louise Jules",
)
PREMIER_JOUR, JOURS = date(1940, 1, 1), 25_000

TABLES = """
CREATE TEMP TABLE identite (LIKE public.identite INCLUDING ALL);
CREATE TEMP TABLE personne (LIKE public.personne INCLUDING ALL);
CREATE TEMP TABLE demande (LIKE public.demande INCLUDING ALL);
CREATE TEMP TABLE brut (
    id uuid, rang int, nom text, usage text, prenoms text, naissance date, nir bytea, telephone text
);
"""
REMPLIR = """
INSERT INTO demande (id, territoire, nud, statut, canal, guichet_createur, guichet_gestionnaire, date_depot,
    date_enregistrement, date_expiration, revision, version_courante_id, titulaire, nb_personnes, communes_souhaitees,
    types_logement, categorie_logement, accepte_autres_communes, deja_locataire_hlm)
SELECT id, '099', '0991124' || lpad(rang::text, 6, '0') || 'G0993', 'ACTIVE', 'GUICHET', 'G0993', 'G0993',
    '2024-11-01', '2024-11-01', '2027-11-01', 1, id, 'PERSONNE', 1, '{99001}', '{T3}', 'TOUS', true, false FROM brut;
INSERT INTO personne (id, territoire, demande_id, role, rang, courriel, telephone, identite_courante_id)
SELECT id, '099', id, 'DEMANDEUR', 0, '', telephone, id FROM brut;
INSERT INTO identite (id, territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    date_naissance, date_naissance_presumee, naissance_commune, naissance_pays, nationalite, nir_etat, nir_empreinte,
    voie, retrait, auteur, guichet, survenu_le, inscrit_le)
SELECT id, '099', id, id, 1, '2', nom, usage, prenoms, naissance, false, '', '', '1', 'PERMANENT', nir,
    'DEPOT', false, id, 'G0993', now(), now() FROM brut;
DROP TABLE brut;
ANALYZE identite; ANALYZE personne; ANALYZE demande;
"""


@dataclass(frozen=True, slots=True)
class Adulte:
    """One adult, alone on an application; ``id`` is the demande's, the person's and the identity's."""

    id: UUID
    nom: str
    usage: str
    prenoms: str
    naissance: date
    nir: bytes
    telephone: str


def adultes(nombre: int, hasard: random.Random) -> Iterator[Adulte]:
    """That many adults; some surnames are borne by hundreds, most by a few."""
    noms = [
        "".join(hasard.choices(SYLLABES, k=hasard.choice((2, 3, 3)))).capitalize() for _ in range(nombre // 5)
    ]
    courants = noms[:100]
    for rang in range(nombre):
        yield Adulte(
            id=UUID(int=rang + 1),
            nom=hasard.choice(courants if hasard.random() < 0.3 else noms),
            usage=hasard.choice(noms) if hasard.random() < 0.2 else "",
            prenoms=", ".join(hasard.sample(PRENOMS, k=hasard.choice((1, 1, 2, 3)))),
            naissance=PREMIER_JOUR + timedelta(days=hasard.randrange(JOURS)),
            nir=hasard.randbytes(32),
            telephone=f"+336{hasard.randrange(10**8):08d}",
        )


def peupler(connexion: psycopg.Connection, foule: list[Adulte]) -> None:
    """Put the crowd in temporary tables of this connection, indexed and analysed."""
    connexion.execute(TABLES)
    with connexion.cursor().copy("COPY brut FROM STDIN") as copie:
        for rang, a in enumerate(foule):
            copie.write_row((a.id, rang, a.nom, a.usage, a.prenoms, a.naissance, a.nir, a.telephone))
    connexion.execute(REMPLIR)


def faute(texte: str, hasard: random.Random) -> str:
    """One slip of the finger: a letter lost, added, replaced, or two swapped."""
    rang, lettre = hasard.randrange(len(texte)), hasard.choice(string.ascii_lowercase)
    avant, apres = texte[:rang], texte[rang + 1 :]
    return hasard.choice(
        (
            avant + apres,
            avant + lettre + texte[rang:],
            avant + lettre + apres,
            avant + apres[:1] + texte[rang] + apres[1:],
        )
    )


def mots(*noms: str) -> list[str]:
    """Words of names as the register's key writes them (the names of the crowd hold few accents)."""
    sans_accent = " ".join(noms).lower().translate(str.maketrans("éèïëç", "eeiec"))
    return re.sub("[^a-z]+", " ", sans_accent).split()
