"""Examining what a revision left: what is missing, what the controls remark; kept beside the file for the lists."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import connection

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.completude import nombre_manquant
from sne.registre.contenu.rules.controles.contexte import Porte
from sne.registre.contenu.rules.remarques import codes_des_remarques
from sne.registre.contenu.selectors.references import list_remarques
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.selectors.etat import assembler
from sne.socle import horloge

LOT = 200
# Only what nobody changed since it was read: a newer revision is examined in its turn.
ECRIRE = """
UPDATE demande d SET remarques = string_to_array(x.remarques, ','), elements_manquants = x.manquants
FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::int[]) AS x(id, revision, remarques, manquants)
WHERE d.id = x.id AND d.revision = x.revision AND d.remarques IS NULL
"""


def examiner_demandes(*, au_plus: int) -> int:
    """Examine revisions that were not yet, ``au_plus`` at most; returns how many were read, 0 when none is left.

    Each is judged as of its own day, so that the result does not depend on when it is examined. It decides nothing and
    shows nothing to anybody: no entry, no revision. The database lets only these two columns change in this way, once
    for each revision. It may be stopped and started again: revisions already examined are not read again.
    """
    lues = 0
    apres = uuid.UUID(int=0)
    while lues < au_plus:
        attendent = Demande.objects.filter(remarques=None, id__gt=apres).select_related("version_courante")
        lot = list(attendent.order_by("id")[: min(LOT, au_plus - lues)])
        if not lot:
            break
        _examiner(lot)
        lues += len(lot)
        apres = lot[-1].id
    return lues


def remarquer(
    contenu: Contenu, *, territoire: str, survenu_le: datetime, expliquees: Collection[str] = ()
) -> tuple[str, ...]:
    """Codes of what the controls remark on a content, without health nor what was said to be right."""
    jour = horloge.jour(survenu_le)
    lues = list_remarques(contenu, porte=Porte.ECRAN, territoire=territoire, le=jour)
    return codes_des_remarques(lues, expliquees)


def _examiner(lot: Sequence[Demande]) -> None:
    identites = Identite.objects.in_bulk([cle for d in lot for cle in d.version_courante.identites])
    contenus = [assembler(d.version_courante, identites=identites) for d in lot]
    remarques = [
        remarquer(
            contenu,
            territoire=d.territoire,
            survenu_le=d.version_courante.survenu_le,
            expliquees=d.remarques_expliquees or (),
        )
        for d, contenu in zip(lot, contenus, strict=True)
    ]
    _ecrire(lot, remarques, [nombre_manquant(contenu) for contenu in contenus])


def _ecrire(lot: Sequence[Demande], remarques: Iterable[Sequence[str]], manquants: list[int]) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            ECRIRE,
            [
                [d.id for d in lot],
                [d.revision for d in lot],
                [",".join(codes) for codes in remarques],
                manquants,
            ],
        )
