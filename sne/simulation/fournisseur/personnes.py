"""The fictional persons who may sign in: each is a case that the service must treat rightly. No real person."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Personne:
    """``cas``: what makes them worth choosing, in French. ``donnees``: their claims, but for ``sub``."""

    code: str
    cas: str
    donnees: Mapping[str, Any]

    @property
    def nom(self) -> str:
        """First names and name, as the page shows them."""
        return f"{self.donnees['given_name']} {self.donnees.get('family_name') or self.donnees['usual_name']}"

    def sub(self, client_id: str, *, rectifie: bool = False) -> str:
        """The identifier of this person for one client: another once their civil status is corrected."""
        texte = f"{self.code}\0{client_id}\0{rectifie}"
        return hashlib.sha256(texte.encode()).hexdigest() + "v1"


def pivot(code: str, cas: str, traits: tuple[str, str, str, str, str], **autres: Any) -> Personne:
    """``traits``: first names, birth name, day, sex, INSEE code of a commune or, born abroad, of a country (99…)."""
    prenoms, nom, ne_le, genre, lieu = traits
    a_l_etranger = lieu.startswith("99")
    return Personne(
        code,
        cas,
        {
            "given_name": prenoms,
            "given_name_array": prenoms.split(" "),
            "family_name": nom,
            "birthdate": ne_le,
            "gender": genre,
            "birthplace": "" if a_l_etranger else lieu,
            "birthcountry": lieu if a_l_etranger else "99100",
            "email": f"{code}@example.test",
            "idp_id": "fi-fictif",
            **autres,
        },
    )


def _sans(personne: Personne, *absents: str) -> Personne:
    donnees = {nom: valeur for nom, valeur in personne.donnees.items() if nom not in absents}
    return Personne(personne.code, personne.cas, donnees)


def lire_particuliers(texte: str) -> tuple[Personne, ...]:
    """Persons of a file (JSON): ``code``, ``cas``, and the five traits of :func:`pivot`."""
    return tuple(pivot(p["code"], p["cas"], tuple(p["traits"])) for p in json.loads(texte))


PARTICULIERS = (
    pivot(
        "elodie",
        "Née en France, deux prénoms",
        ("Élodie Marie", "DUBREUIL", "1988-05-17", "female", "59350"),
    ),
    pivot(
        "ines",
        "Née à l’étranger",
        ("Inès", "CARVALHO", "1993-09-02", "female", "99139"),
    ),
    pivot(
        "tiago",
        "Né à l’étranger, même nom qu’Inès",
        ("Tiago", "CARVALHO", "1991-01-23", "male", "99139"),
    ),
    pivot(
        "jean-pierre",
        "Prénom composé, né en Corse",
        ("Jean-Pierre", "LÉVÊQUE", "1961-11-30", "male", "2A004"),
    ),
    pivot(
        "mohamed",
        "Né un 1er janvier à l’étranger\u00a0: date présumée",
        ("Mohamed", "BENALI", "1975-01-01", "male", "99352"),
    ),
    pivot(
        "sylvie",
        "Avec un nom d’usage",
        ("Sylvie Anne", "MARTIN", "1970-03-08", "female", "33063"),
        preferred_username="GARNIER",
    ),
    pivot(
        "lea-1",
        "Deux personnes se ressemblent (la première)",
        ("Léa", "MARTIN", "1999-07-14", "female", "75112"),
    ),
    pivot(
        "lea-2",
        "Deux personnes se ressemblent (la seconde)",
        ("Léa", "MARTIN", "1999-07-14", "female", "75113"),
    ),
    pivot(
        "nadia",
        "Née à Marseille, deux prénoms",
        ("Nadia Rose", "OUVRARD", "1996-12-04", "female", "13055"),
    ),
    pivot(
        "bernard",
        "Né à Lyon, dans un arrondissement",
        ("Bernard", "TESSIER", "1958-02-19", "male", "69383"),
    ),
    pivot(
        "yvonne",
        "Aidée par un aidant (Aidants Connect)",
        ("Yvonne", "PERRIN", "1942-06-21", "female", "21231"),
        idp_id="aidants-connect-fictif",
    ),
    _sans(
        pivot(
            "greta",
            "Identité européenne, sans lieu de naissance",
            ("Greta", "LINDQVIST", "1990-10-10", "female", "99104"),
        ),
        "birthplace",
        "birthcountry",
        "gender",
    ),
    pivot(
        "hugo",
        "Mineur de 17 ans",
        ("Hugo", "BLANCHET", "2009-08-25", "male", "31555"),
    ),
    pivot(
        "claire",
        "Nom composé",
        ("Claire", "SAINT-AUBIN", "1984-04-03", "female", "67482"),
    ),
)


def _agent(code: str, cas: str, prenom: str, nom: str, *roles: str) -> Personne:
    return Personne(
        code,
        cas,
        {
            "given_name": prenom,
            "usual_name": nom,
            "email": f"{code}@ccas.example.test",
            "uid": f"uid-{code}",
            "siret": "99900000300015",
            "idp_id": "00000000-0000-4000-8000-0000000000aa",
            "organization_label": "CCAS FICTIF",
            "roles": list(roles),
        },
    )


AGENTS = (
    _agent(
        "jeanne", "Agent d’un guichet", "Jeanne", "GUICHETIER", "agent_public", "agent_public_territorial"
    ),
    _agent("paul", "Salarié d’un bailleur privé", "Paul", "BAILLEUR"),
)
