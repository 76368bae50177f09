"""What a team may do in a space, and the spaces that the product is shipped with. Pure."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sne.habilitations.rules import Role, cle_du_role, nom_de_l_equipe
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

NOM_MAX, PHRASE_MAX = 80, 200
LISTE = "liste"
INTROUVABLE = "Cette page n’existe pas, ou elle est réservée à une équipe dont vous ne faites pas partie."
"""Of whatever is read in a space: unknown, of another team, closed to these roles since this morning."""


class Nature(StrEnum):
    """What a space is for."""

    NATIONAL = "NATIONAL"
    TERRITOIRE = "TERRITOIRE"
    PROJET = "PROJET"
    COHORTE = "COHORTE"


class Droit(StrEnum):
    """What a team may do there; each holds those before it."""

    LIRE = "LIRE"
    CONTRIBUER = "CONTRIBUER"
    ANIMER = "ANIMER"


DROITS: Mapping[Droit, str] = {
    Droit.LIRE: "lit",
    Droit.CONTRIBUER: "lit et contribue",
    Droit.ANIMER: "anime",
}
RANGS = {droit: rang for rang, droit in enumerate(Droit)}


@dataclass(frozen=True, slots=True)
class Acces:
    """What a team may do, from an instant until another."""

    equipe: str
    droit: Droit
    debut: datetime
    fin: datetime | None = None


@dataclass(frozen=True, slots=True)
class EspaceLivre:
    """A space that the product is shipped with; ``acces``: each team, the one that owns it first, and its right."""

    code: str
    nom: str
    phrase: str
    nature: Nature
    acces: tuple[tuple[str, Droit], ...]
    territoire: str = ""


def cle_de_l_espace(espace: uuid.UUID) -> str:
    """Of what is read in this space, and nowhere else."""
    return f"espace:{espace}"


def cle_de_la_liste(code: str) -> str:
    """Of the people written in this list: a project, a trial."""
    return f"{LISTE}:{code}"


def nom_equipe(cle: str) -> str:
    """How a team is called on a screen, a list too."""
    genre, _, code = cle.partition(":")
    if cle == cle_de_la_liste(VOLONTAIRES):
        return "Volontaires de l’outil collaboratif"
    return f"Liste «{INSECABLE}{code}{INSECABLE}»" if genre == LISTE else nom_de_l_equipe(cle)


def droit_de(acces: Iterable[Acces], *, cles: Collection[str], le: datetime) -> Droit | None:
    """The widest right of these keys at that instant; ``None`` when nothing opens."""
    ouverts = [a.droit for a in acces if a.equipe in cles and a.debut <= le and (a.fin is None or a.fin > le)]
    return max(ouverts, key=RANGS.__getitem__, default=None)


def suffit(tenu: Droit | None, demande: Droit) -> bool:
    """Whether the right that one holds gives the one that is asked."""
    return tenu is not None and RANGS[tenu] >= RANGS[demande]


def lire_ligne(texte: str, *, champ: str, maximum: int, sinon: str) -> str:
    """One line, trimmed. Raises ``Interdit`` on its field: empty (``sinon``), too long."""
    texte = " ".join(texte.split())
    if not texte:
        raise Interdit(sinon, champ=champ)
    if len(texte) > maximum:
        raise Interdit(f"{maximum} signes au plus.", champ=champ)
    return texte


TABLEURS = "tableurs"
PARTIES: Mapping[str, str] = {TABLEURS: "Tableurs et textes parmi les fichiers des espaces"}
"""Parts of the service that are closed until a switch opens them to somebody."""


def cle_du_questionnaire(code: str) -> str:
    """The switch of a questionnaire, which is open to whom it addresses until one is set."""
    return f"questionnaire-{code}"


GT, RESPONSABLE, AGENT = Role.GESTIONNAIRE_TERRITORIAL, Role.RESPONSABLE_GUICHET, Role.AGENT_GUICHET
POLE, FICHIERS = Role.POLE_METIER, Role.GESTIONNAIRE_FICHIERS_PARTAGES
VOLONTAIRES = "outil-volontaires"


def espaces_nationaux() -> tuple[EspaceLivre, ...]:
    """Those of the whole country."""
    pole = (cle_du_role(POLE), Droit.ANIMER)
    return (
        EspaceLivre(
            "gestionnaires-territoriaux",
            "Gestionnaires territoriaux",
            "Travailler ensemble entre deux réunions.",
            Nature.NATIONAL,
            (pole, (cle_du_role(GT), Droit.CONTRIBUER), (cle_du_role(Role.SUPPORT_N2), Droit.CONTRIBUER)),
        ),
        EspaceLivre(
            "fichiers-partages",
            "Gestionnaires de fichiers partagés",
            "Tenir les fichiers partagés au pas du registre.",
            Nature.NATIONAL,
            (
                pole,
                (cle_du_role(FICHIERS), Droit.CONTRIBUER),
                (cle_du_role(Role.SUPPORT_N2), Droit.CONTRIBUER),
            ),
        ),
        EspaceLivre(
            VOLONTAIRES,
            "Outil collaboratif – volontaires",
            "Essayer l’outil, dire ce qui manque.",
            Nature.COHORTE,
            (pole, (cle_de_la_liste(VOLONTAIRES), Droit.CONTRIBUER)),
        ),
    )


def espace_du_territoire(territoire: str, nom: str) -> EspaceLivre:
    """The one of a territory: its manager runs it, those of counters write, their agents read."""
    return EspaceLivre(
        f"territoire-{territoire.lower()}",
        nom,
        "Échanger entre les guichets et leur gestionnaire territorial.",
        Nature.TERRITOIRE,
        (
            (cle_du_role(GT, territoire), Droit.ANIMER),
            (cle_du_role(RESPONSABLE, territoire), Droit.CONTRIBUER),
            (cle_du_role(AGENT, territoire), Droit.LIRE),
        ),
        territoire,
    )
