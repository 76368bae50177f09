"""Before sending: what already answers. Pages of the site, solved tickets of one's teams, an incident that is known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from sne.assistance.models import EquipeParDefaut, Incident
from sne.assistance.rules.equipes import cles_du_lecteur, equipe_proposee, equipes_offertes
from sne.cellules.routage import a_l_annuaire
from sne.habilitations.rules import nom_de_l_equipe
from sne.habilitations.selectors.equipes import list_membres
from sne.recherche.rules import Requete
from sne.recherche.selectors import chercher
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.textes.rules import MASQUE, Genre, lire_numeros

PAGES, TICKETS, MOTS = 3, 2, 12
GENRE = "TICKET"
SEUL = "personne d’autre aujourd’hui"


@dataclass(frozen=True, slots=True)
class Propose:
    """One answer that is there already. ``nature``: PAGE, TICKET or INCIDENT."""

    nature: str
    titre: str
    reponse: str
    url: str


def proposer(texte: str, acteur: Acteur, *, le: datetime, pages: Collection[str]) -> tuple[Propose, ...]:
    """A known incident first, then three pages (of the kinds ``pages``), two solved tickets that this person reads."""
    mots = " ".join(_mots(texte))
    if not mots:
        return ()
    cles = cles_du_lecteur(acteur)
    trouvees = [
        Propose("INCIDENT", i.titre, i.phrase, f"/assistance/incidents/{i.id}/")
        for i in list_incidents_en_cours(le=le)
        if _ressemble(i, mots)
    ][:1]
    for nature, genres, combien in (("PAGE", tuple(pages), PAGES), ("TICKET", (GENRE,), TICKETS)):
        resultats = chercher(Requete(mots, genres=genres), cles=cles, le=le).page
        trouvees += [Propose(nature, r.titre, r.reponse, r.url) for r in resultats[:combien]]
    return tuple(trouvees)


def list_incidents_en_cours(*, le: datetime) -> tuple[Incident, ...]:
    """Those announced and not ended, the newest first."""
    return tuple(_en_cours(le))


@a_l_annuaire()
def list_incidents_a_annoncer(*, le: datetime) -> tuple[Incident, ...]:
    """The same, as a banner needs them: what the role of the households’ portal may read."""
    return tuple(_en_cours(le).only("titre", "phrase", "vues"))


def equipes_de(acteur: Acteur, *, le: datetime) -> tuple[tuple[str, str], ...]:
    """Teams to share with, each with how many persons read what is shared with it."""
    le_jour = jour(le)
    return tuple(
        (cle, f"{nom_de_l_equipe(cle)} ({_personnes(cle, acteur, le_jour)})")
        for cle in equipes_offertes(acteur)
    )


def equipe_de(acteur: Acteur, categorie: str) -> str:
    """The team proposed to this person for this category."""
    retenues = dict(EquipeParDefaut.objects.filter(compte=acteur.id).values_list("categorie", "cle"))
    return equipe_proposee(equipes_offertes(acteur), retenues, categorie)


def equipes_retenues(acteur: Acteur) -> dict[str, str]:
    """What they chose, by category; empty for all."""
    return dict(EquipeParDefaut.objects.filter(compte=acteur.id).values_list("categorie", "cle"))


def _en_cours(le: datetime) -> QuerySet[Incident]:
    return Incident.objects.filter(Q(fin=None) | Q(fin__gt=le), debut__lte=le).order_by("-debut")


def _personnes(cle: str, acteur: Acteur, le: date) -> str:
    nombre = list_membres(cle, le=le).exclude(pk=acteur.id).count()
    if not nombre:
        return SEUL
    return f"{nombre} autre{'s' * (nombre > 1)} personne{'s' * (nombre > 1)}"


def _mots(texte: str) -> list[str]:
    """Words that may be looked for: without any number that names somebody."""
    sans = " ".join(m.texte for m in lire_numeros(texte.replace(MASQUE, " ")) if m.genre is Genre.TEXTE)
    return [m for m in sans.split() if not any(s.isdigit() for s in m)][:MOTS]


def _ressemble(incident: Incident, mots: str) -> bool:
    dits = {
        m.strip(".,;:!?’'").lower() for m in f"{incident.titre} {incident.mots}".replace(",", " ").split()
    }
    return len({m.strip(".,;:!?’'").lower() for m in mots.split()} & {d for d in dits if len(d) > 3}) >= 1
