"""What counters did in a month, over whole territories: demandes handled, changes of identity. Two statements."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.controle.rules.decision import Decision
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.identite.rules.decision import DU_COUPLE, JUSTIFICATIFS
from sne.registre.identite.rules.mouvements import Mouvement, classer, nir_change, prenoms_changes, sort_de
from sne.socle.horloge import debut_du_jour
from sne.socle.lignes import lire_lignes

TRAITEMENTS = (VerbeDemande.DEPOSER, VerbeDemande.MODIFIER, VerbeDemande.RENOUVELER, VerbeDemande.REACTIVER)
"""Acts by which a counter handles a demande: created, renewed or modified. A document added changes no declaration."""

# The counter acted for is in the entry that tells the revision: a version names an account, which may act for several.
# Entry and version are written in one transaction, hence on the same day of the database: only one month of the journal
# is read.
TRAITEES = """
SELECT v.territoire, e.acteur ->> 'guichet' AS guichet, count(DISTINCT v.demande_id) AS nombre
FROM version v JOIN journal_entree e ON e.demande = v.demande_id AND e.revision = v.numero
    AND e.inscrit_le BETWEEN v.inscrit_le - interval '1 day' AND v.inscrit_le + interval '1 day'
WHERE v.territoire = ANY(%(territoires)s) AND v.survenu_le >= %(debut)s AND v.survenu_le < %(fin)s
    AND e.verbe = ANY(%(verbes)s) AND e.acteur ->> 'guichet' <> ''
GROUP BY 1, 2
"""

# « base »: what was in force when the change was asked for.
CHANGEMENTS = """
SELECT i.territoire, i.guichet, compte_personne(i.auteur) AS personne, x.decision, q.issue,
    CASE WHEN q.issue = 'VALIDEE' THEN (extract(epoch FROM q.survenu_le - i.survenu_le) / 60)::int END AS delai,
    coalesce(d.anciennete_heritee, d.date_depot)
        <= (i.survenu_le AT TIME ZONE 'Europe/Paris')::date - make_interval(months => %(anciennete_mois)s) AS ancienne,
    NOT EXISTS (
        SELECT FROM piece p WHERE p.territoire = i.territoire AND p.demande_id = i.demande_id
            AND p.type_piece = ANY(%(justificatifs)s) AND NOT p.sante
            AND (p.personne_id = i.personne_id OR p.type_piece = ANY(%(du_couple)s))
            AND p.survenu_le >= i.survenu_le - make_interval(days => %(piece_jours)s)
            AND p.survenu_le <= coalesce(q.survenu_le, i.survenu_le + make_interval(days => %(piece_jours)s))
    ) AS sans_piece,
    i.retrait,
    base.nom_naissance AS nom, base.prenoms, base.date_naissance AS naissance, base.nir_empreinte AS nir,
    i.nom_naissance AS nom_voulu, i.prenoms AS prenoms_voulus, i.date_naissance AS naissance_voulue,
    i.nir_empreinte AS nir_voulu
FROM examen_identite x
JOIN identite i ON i.id = x.identite_id
JOIN demande d ON d.id = i.demande_id
LEFT JOIN decision_identite q ON q.identite_id = i.id
CROSS JOIN LATERAL (
    SELECT b.nom_naissance, b.prenoms, b.date_naissance, b.nir_empreinte
    FROM identite b LEFT JOIN decision_identite r ON r.identite_id = b.id
    WHERE b.personne_id = i.personne_id AND b.id <> i.id AND NOT b.retrait
        AND (b.voie <> 'CONTROLE' OR r.issue = 'VALIDEE')
        AND CASE WHEN b.voie = 'CONTROLE' THEN r.survenu_le ELSE b.survenu_le END <= i.survenu_le
    ORDER BY CASE WHEN b.voie = 'CONTROLE' THEN r.survenu_le ELSE b.survenu_le END DESC, b.inscrit_le DESC,
        b.id DESC
    LIMIT 1
) base
WHERE x.territoire = ANY(%(territoires)s) AND x.survenu_le >= %(debut)s AND x.survenu_le < %(fin)s
    AND i.guichet <> ''
"""


def compter_traitees(territoires: Collection[str], *, mois: date) -> dict[tuple[str, str], int]:
    """Distinct demandes that each (territory, counter) handled in the month that starts on ``mois``; none: absent."""
    parametres = {"verbes": [str(verbe) for verbe in TRAITEMENTS], **_bornes(territoires, mois)}
    return {
        (ligne["territoire"], ligne["guichet"]): ligne["nombre"]
        for ligne in lire_lignes(TRAITEES, parametres)
    }


def list_mouvements(
    territoires: Collection[str], *, mois: date, anciennete_mois: int, piece_jours: int
) -> list[Mouvement]:
    """Changes of identity asked for at a counter in the month that starts on ``mois``, with what became of them.

    ``anciennete_mois``: seniority from which a demande is old. ``piece_jours``: days around the change in which a
    document is held to be there for it.
    """
    parametres = {
        "anciennete_mois": anciennete_mois,
        "piece_jours": piece_jours,
        "justificatifs": sorted(JUSTIFICATIFS),
        "du_couple": sorted(DU_COUPLE),
        **_bornes(territoires, mois),
    }
    return [_mouvement(ligne) for ligne in lire_lignes(CHANGEMENTS, parametres)]


def _mouvement(ligne: dict[str, Any]) -> Mouvement:
    decision, retrait = Decision(ligne["decision"]), ligne["retrait"]
    return Mouvement(
        territoire=ligne["territoire"],
        guichet=ligne["guichet"],
        personne=ligne["personne"],
        nom=None if retrait else classer(ligne["nom"], ligne["nom_voulu"], decision),
        prenoms=not retrait and prenoms_changes(ligne["prenoms"], ligne["prenoms_voulus"]),
        naissance=not retrait and ligne["naissance"] != ligne["naissance_voulue"],
        nir=not retrait and nir_change(_octets(ligne["nir"]), _octets(ligne["nir_voulu"])),
        ancienne=ligne["ancienne"],
        sans_piece=ligne["sans_piece"],
        sort=sort_de(ligne["issue"], decision),
        delai_minutes=ligne["delai"],
    )


def _octets(empreinte: Any) -> bytes | None:
    return None if empreinte is None else bytes(empreinte)


def _bornes(territoires: Collection[str], mois: date) -> dict[str, list[str] | datetime]:
    return {
        "territoires": sorted(territoires),
        "debut": debut_du_jour(mois),
        "fin": debut_du_jour(ajouter_mois(mois, 1)),
    }
