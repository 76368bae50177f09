"""Publishing an entry in the transaction of who publishes; synonyms; the known forms; queries that led nowhere."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from sne.habilitations.rules import PROFESSIONNELS, TOUS
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.recherche.models import EntreeIndex, FormeConnue, RechercheSansSuite, Synonyme, TextePage
from sne.recherche.parametres import ParametresRechercheEditoriale
from sne.recherche.possible import exiger_regleur
from sne.recherche.rules import retenir
from sne.recherche.verbes import VerbeRecherche
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

# Words of what all may read at that instant: of everybody's pages (``publique``), and of the professionals'.
FORMES = """
WITH lue AS (
    SELECT to_tsvector('pg_catalog.simple', recherche_lettres(
            titre || ' ' || mots || ' ' || reponse || ' ' || left(corps, 400000))) AS mots,
        to_tsvector('pg_catalog.simple', recherche_lettres(titre || ' ' || mots)) AS titres
    FROM entree_index
    WHERE acces && %(cles)s::text[] AND visible_du <= %(le)s AND (visible_au IS NULL OR visible_au > %(le)s)
), f AS (
    SELECT u.lexeme AS forme, recherche_plat(u.lexeme) AS cle, count(*) AS nombre
    FROM lue, unnest(lue.mots) u WHERE u.lexeme ~ '^[[:alpha:]]{2,}$' GROUP BY 1
), ti AS (
    SELECT DISTINCT recherche_plat(u.lexeme) AS cle FROM lue, unnest(lue.titres) u
)
INSERT INTO forme_connue (cle, publique, forme, nombre, titre)
SELECT DISTINCT ON (f.cle) f.cle, %(publique)s, f.forme, (sum(f.nombre) OVER (PARTITION BY f.cle))::int,
    ti.cle IS NOT NULL
FROM f LEFT JOIN ti ON ti.cle = f.cle ORDER BY f.cle, f.nombre DESC, f.forme
"""


SIMPLES = (
    "url",
    "titre",
    "reponse",
    "mots",
    "corps",
    "verifie_le",
    "perime",
    "poids",
    "visible_du",
    "visible_au",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is to be found of a thing: see :class:`sne.recherche.models.EntreeIndex`."""

    genre: str
    cible: uuid.UUID
    url: str
    acces: Collection[str]
    titre: str
    visible_du: datetime
    verifie_le: date
    reponse: str = ""
    mots: str = ""
    corps: str = ""
    themes: Collection[str] = ()
    publics: Collection[str] = ()
    poids: float = 1.0
    visible_au: datetime | None = None
    perime: bool = False
    pages: tuple[str, ...] = field(default=())  # of a file, in order


def publier(publication: Publication) -> None:
    """Make it findable, or found as it is now. For an act of its owner, in its transaction, which says who may."""
    valeurs = {nom: getattr(publication, nom) for nom in SIMPLES}
    listes = {nom: sorted(set(getattr(publication, nom))) for nom in ("acces", "themes", "publics")}
    EntreeIndex.objects.update_or_create(
        genre=publication.genre, cible=publication.cible, defaults=valeurs | listes
    )
    TextePage.objects.filter(cible=publication.cible).delete()
    TextePage.objects.bulk_create(
        TextePage(cible=publication.cible, rang=rang, texte=texte)
        for rang, texte in enumerate(publication.pages, 1)
    )


def ouvrir_a(genre: str, cible: uuid.UUID, acces: Collection[str]) -> None:
    """Who may find it changes, in the transaction of the act that changes who may read it."""
    EntreeIndex.objects.filter(genre=genre, cible=cible).update(acces=sorted(set(acces)))


def retirer(genre: str, cibles: Iterable[uuid.UUID]) -> None:
    """It is found no more, nor its pages."""
    retirees = tuple(cibles)
    EntreeIndex.objects.filter(genre=genre, cible__in=retirees).delete()
    TextePage.objects.filter(cible__in=retirees).delete()


@transaction.atomic
def definir_synonyme(dit: str, pour: str, *, acte: Acte) -> None:
    """From now on, who looks for ``dit`` finds ``pour`` too; an empty ``pour`` takes it away.

    Raises ``NonHabilite``, ``Interdit`` (no word that can be looked for).
    """
    exiger_regleur(acte.acteur)
    dit, pour = " ".join(dit.split())[:60], " ".join(pour.split())[:200]
    with connection.cursor() as curseur:
        curseur.execute("SELECT recherche_requete(%s)::text, recherche_requete(%s)::text", [dit, pour])
        terme, remplacement = curseur.fetchone()
    if not terme:
        raise Interdit("Tapez un mot qui puisse se chercher.", champ="dit")
    Synonyme.objects.filter(terme=terme).delete()
    if pour:
        if not remplacement:
            raise Interdit("Tapez des mots qui puissent se chercher.", champ="pour")
        _ecrire_synonyme(dit, pour)
    faits = {"dit": dit, "retire": not pour}
    journal.inscrire(Entree(VerbeRecherche.DEFINIR_SYNONYME, acte, faits=faits))


def charger_synonymes(paires: Iterable[tuple[str, str]]) -> None:
    """Those that the product is shipped with, where nobody decided otherwise."""
    for dit, pour in paires:
        if not Synonyme.objects.filter(dit=dit).exists():
            _ecrire_synonyme(dit, pour)


@transaction.atomic
def noter_sans_suite(texte: str, *, trouvees: bool, jour: date) -> None:
    """Count a query that found nothing, or nothing that was opened; what could name somebody is not kept."""
    if not (retenu := retenir(texte)):
        return
    ligne, neuve = RechercheSansSuite.objects.get_or_create(
        jour=jour, texte=retenu, defaults={"nombre": 1, "trouvees": int(trouvees)}
    )
    if not neuve:
        RechercheSansSuite.objects.filter(jour=ligne.jour, texte=ligne.texte).update(
            nombre=F("nombre") + 1, trouvees=F("trouvees") + int(trouvees)
        )


@transaction.atomic
def classer_sans_suite(texte: str, *, acte: Acte) -> None:
    """Somebody has seen to this query, or decided that nothing is to be done. Raises ``NonHabilite``."""
    exiger_regleur(acte.acteur)
    RechercheSansSuite.objects.filter(texte=texte, classee=False).update(classee=True)


@transaction.atomic
def refaire_les_formes(le: datetime) -> None:
    """The known forms of words, as pages stand at that instant; readers have those of before until it is done."""
    FormeConnue.objects.all().delete()
    with connection.cursor() as curseur:
        for publique, cles in ((True, [TOUS]), (False, [TOUS, PROFESSIONNELS])):
            curseur.execute(FORMES, {"cles": cles, "publique": publique, "le": le})


@transaction.atomic
def oublier_les_anciennes(*, jour: date) -> int:
    """Queries that led nowhere are kept ninety days (dated parameter). Returns how many lines went."""
    gardees = get_parametres(jour)[ParametresRechercheEditoriale].recherche_sans_suite_jours
    return RechercheSansSuite.objects.filter(jour__lt=jour - timedelta(days=gardees)).delete()[0]


def _ecrire_synonyme(dit: str, pour: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO synonyme (terme, remplacement, dit, pour) "
            "SELECT recherche_requete(%(dit)s), recherche_requete(%(dit)s) || recherche_requete(%(pour)s), "
            "%(dit)s, %(pour)s "
            "ON CONFLICT (terme) DO NOTHING",
            {"dit": dit, "pour": pour},
        )
