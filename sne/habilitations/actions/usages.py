"""The journal added up, night after night: when each account last did each kind of act."""

from django.db import connection, transaction

from sne.habilitations.models import ReleveUsages
from sne.habilitations.rules.usages import AGISSENT, VERBES

SCELLEMENTS_PAR_PASSE = 500
RELEVER = """
INSERT INTO usage_droit (territoire, compte, role, guichet, verbe, dernier_le)
SELECT e.territoire, (e.acteur ->> 'id')::uuid, e.acteur ->> 'role', e.acteur ->> 'guichet', e.verbe, max(e.survenu_le)
FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
WHERE p.scellement > %s AND p.scellement <= %s AND e.verbe = ANY(%s)
    AND e.acteur ->> 'canal' = ANY(%s)
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (territoire, compte, role, guichet, verbe)
DO UPDATE SET dernier_le = greatest(usage_droit.dernier_le, excluded.dernier_le)
"""


def relever_usages() -> int:
    """Add up what was sealed since; returns how many batches. What was added is not added again."""
    passes = 0
    while _relever():
        passes += 1
    return passes


@transaction.atomic
def _relever() -> bool:
    ReleveUsages.objects.get_or_create(id=1)
    releve = ReleveUsages.objects.select_for_update().get(id=1)
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT max(numero) FROM (SELECT numero FROM journal_scellement WHERE numero > %s "
            "ORDER BY numero LIMIT %s) AS suivants",
            [releve.scellement, SCELLEMENTS_PAR_PASSE],
        )
        jusqu_a = curseur.fetchone()[0]
        if jusqu_a is None:
            return False
        curseur.execute(RELEVER, [releve.scellement, jusqu_a, sorted(map(str, VERBES)), [*AGISSENT]])
    releve.scellement = jusqu_a
    releve.save(update_fields=["scellement"])
    return True
