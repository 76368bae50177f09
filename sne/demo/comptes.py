"""The accounts of the demonstration, one per role: who they are, where they act, and what signs them in."""

from dataclasses import dataclass
from typing import Any

from sne.demo.dossier import Dossier, secret_de_compte
from sne.habilitations.rules import Role

TERRITOIRE = "099"


@dataclass(frozen=True, slots=True)
class Mandat:
    """A role held somewhere: a guichet, a territory, the nation (both empty), a département or a region (``zone``)."""

    role: Role
    territoire: str = ""
    guichet: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class CompteFictif:
    """A fictional person and the roles they hold; the first mandate is the one their page opens on."""

    prenom: str
    nom: str
    courriel: str
    mandats: tuple[Mandat, ...]

    @property
    def role(self) -> Role:
        return self.mandats[0].role


def _agent(*guichets: tuple[str, str]) -> tuple[Mandat, ...]:
    return tuple(Mandat(Role.AGENT_GUICHET, territoire, guichet) for territoire, guichet in guichets)


COMPTES = (
    CompteFictif(
        "Camille",
        "Rousset",
        "camille.rousset@exemple.fr",
        _agent((TERRITOIRE, "G0993"), ("02B", "GD2B1"), ("111", "G1111"), ("974", "G9741")),
    ),
    CompteFictif("Nadia", "Belkacem", "nadia.belkacem@exemple.fr", _agent((TERRITOIRE, "G0991"))),
    CompteFictif(
        "Yann",
        "Le Goff",
        "yann.legoff@exemple.fr",
        (Mandat(Role.RESPONSABLE_GUICHET, TERRITOIRE, "G0993"),),
    ),
    CompteFictif(
        "Hélène",
        "Vasseur",
        "helene.vasseur@exemple.fr",
        (Mandat(Role.GESTIONNAIRE_TERRITORIAL, TERRITOIRE),),
    ),
    CompteFictif("Inès", "Marchal", "ines.marchal@exemple.fr", (Mandat(Role.AIDANT, TERRITOIRE, "G0993"),)),
    CompteFictif("Moussa", "Diarra", "moussa.diarra@exemple.fr", (Mandat(Role.SUPPORT_N1),)),
    CompteFictif("Agnès", "Caron", "agnes.caron@exemple.fr", (Mandat(Role.EXPLOITATION_NATIONALE),)),
    CompteFictif("Karim", "Aubry", "karim.aubry@exemple.fr", (Mandat(Role.EXPLOITATION_NATIONALE),)),
    CompteFictif("Paul", "Santini", "paul.santini@exemple.fr", (Mandat(Role.DPO),)),
    CompteFictif(
        "Élise",
        "Garnier",
        "elise.garnier@exemple.fr",
        (Mandat(Role.COORDINATION_DEPARTEMENTALE, TERRITOIRE, zone="99"),),
    ),
    CompteFictif(
        "Samir", "Haddad", "samir.haddad@exemple.fr", (Mandat(Role.COORDINATION_REGIONALE, zone="099"),)
    ),
    CompteFictif("Odile", "Perrin", "odile.perrin@exemple.fr", (Mandat(Role.ASSOCIATION_HLM, zone="099"),)),
    CompteFictif("Thomas", "Lenoir", "thomas.lenoir@exemple.fr", (Mandat(Role.UNION_HLM),)),
    CompteFictif("Claire", "Monnier", "claire.monnier@exemple.fr", (Mandat(Role.POLE_METIER),)),
    CompteFictif("Hugo", "Tessier", "hugo.tessier@exemple.fr", (Mandat(Role.POLE_METIER),)),
    CompteFictif("Nadia", "Ferrand", "nadia.ferrand@exemple.fr", (Mandat(Role.SUPPORT_N2),)),
    CompteFictif(
        "Solène",
        "Kervella",
        "solene.kervella@exemple.fr",
        (Mandat(Role.GESTIONNAIRE_FICHIERS_PARTAGES, TERRITOIRE),),
    ),
)


def decrire_comptes(dossier: Dossier) -> list[dict[str, Any]]:
    """What a person needs to sign in as each account: e-mail, password, TOTP secret in base32, guichets."""
    description = []
    for compte in COMPTES:
        mot_de_passe, totp = secret_de_compte(dossier, compte.courriel)
        description.append(
            {
                "role": str(compte.role),
                "nom": f"{compte.prenom} {compte.nom}",
                "courriel": compte.courriel,
                "mot_de_passe": mot_de_passe,
                "totp": totp,
                "guichets": [
                    {"territoire": m.territoire, "guichet": m.guichet} for m in compte.mandats if m.guichet
                ],
            }
        )
    return description
