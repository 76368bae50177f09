"""The geography of this process, built once from the tables in two statements."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.db import connection

from sne.referentiels.models import Chargement, Departement, Pays, Territoire
from sne.referentiels.rules import PARIS, Echelon, Geographie, PaysChoix, TerritoireChoix
from sne.referentiels.selectors.instantanes import Instantane

# One text per département; the columns are those of rules.geographie.ligne.
COMMUNES = """
    SELECT departement, string_agg(ligne, E'\\n' ORDER BY nom_normalise COLLATE "C", code)
    FROM (
        SELECT c.departement_id AS departement, c.nom_normalise, c.code,
               concat_ws(E'\\t', 'C', c.code, c.nom, c.nom_normalise, coalesce(c.parent_id, ''),
                         coalesce(p.codes, ''), coalesce(c.fin::text, '')) AS ligne
        FROM commune c
        LEFT JOIN (SELECT commune_id, string_agg(code, ' ' ORDER BY code) AS codes
                   FROM code_postal WHERE fin IS NULL GROUP BY commune_id) p ON p.commune_id = c.code
        UNION ALL
        SELECT coalesce(d.code, left(r.code, 2)), r.nom_normalise, r.code,
               concat_ws(E'\\t', 'R', r.code, r.nom, r.nom_normalise, r.commune_id, '', '')
        FROM commune_rattachee r LEFT JOIN departement d ON d.code = left(r.code, 3)
    ) lignes
    GROUP BY departement
"""
CODES_POSTAUX = """
    SELECT code, string_agg(commune_id, ' ' ORDER BY commune_id)
    FROM code_postal WHERE fin IS NULL GROUP BY code
"""


def _lire_table(ordre: str) -> dict[str, str]:
    with connection.cursor() as curseur:
        curseur.execute(ordre)
        return dict(curseur.fetchall())


def _territoires() -> dict[str, TerritoireChoix]:
    departements: defaultdict[str, list[str]] = defaultdict(list)
    for code, territoire in Departement.objects.order_by("code").values_list("code", "territoire"):
        departements[territoire].append(code)
    return {
        t.code: TerritoireChoix(
            code=t.code,
            nom=t.nom,
            echelon=Echelon(t.echelon),
            fictif=t.fictif,
            departements=tuple(departements[t.code]),
            fuseau=ZoneInfo(t.fuseau),
        )
        for t in Territoire.objects.filter(fin=None).order_by("code")
    }


def _construire() -> Geographie:
    return Geographie(
        territoires=_territoires(),
        textes=_lire_table(COMMUNES),
        codes_postaux=_lire_table(CODES_POSTAUX),
        pays=tuple(PaysChoix(p.code, p.nom, p.nom_normalise) for p in Pays.objects.order_by("nom_normalise")),
    )


def _version() -> tuple[tuple[str, str], ...]:
    return tuple(Chargement.objects.order_by("jeu").values_list("jeu", "empreinte"))


_geographie = Instantane(_construire, _version)


def get_geographie() -> Geographie:
    """Communes, postal codes, territories and countries; a new load is seen within a minute."""
    return _geographie.obtenir()


def get_territoire(code: str) -> TerritoireChoix | None:
    """The territory of this three-sign code, or ``None``."""
    return get_geographie().territoires.get(code)


def get_fuseau(territoire: str) -> ZoneInfo:
    """The clock of the counters of this territory; that of Paris when it is not known."""
    connu = get_territoire(territoire)
    return connu.fuseau if connu else PARIS
