"""How an act of the register is told: the only file that builds an entry of the journal about a demande."""

import uuid
from collections.abc import Mapping, Sequence

from sne.journal import actions as journal
from sne.journal.rules import Entree, Valeur, Verbe
from sne.registre.contenu.rules.arbre.sante import Partage
from sne.registre.demande.actions.lignes import valeurs_de
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.verbes import VerbeDemande
from sne.socle.acte import Acte


def entree_de(
    verbe: Verbe,
    sur: Demande | str,
    *,
    acte: Acte,
    faits: Mapping[str, object] | None = None,
    valeurs: Sequence[Valeur] = (),
    role: str = "",
    revision: int | None = None,
) -> Entree:
    """The entry of an act on a demande, at the revision it made or read; or of an act that names a territory alone.

    ``faits``: codes and identifiers; ``valeurs``: what names somebody. ``role``: the role it is done under, when it is
    not the first of the person's. ``revision``: when the act makes one that the row does not bear yet.
    """
    if isinstance(sur, str):
        return Entree(verbe, acte, sur, role=role, faits=faits or {}, valeurs=tuple(valeurs))
    revision = sur.revision if revision is None else revision
    return Entree(verbe, acte, sur.territoire, sur.id, revision, role, faits or {}, tuple(valeurs))


def dire(
    verbe: Verbe,
    sur: Demande | str,
    *,
    acte: Acte,
    faits: Mapping[str, object] | None = None,
    valeurs: Sequence[Valeur] = (),
    role: str = "",
    revision: int | None = None,
) -> uuid.UUID:
    """Inscribe that entry; its identifier."""
    return journal.inscrire(
        entree_de(verbe, sur, acte=acte, faits=faits, valeurs=valeurs, role=role, revision=revision)
    )


def entrees_du_changement(
    verbe: Verbe, demande: Demande, partage: Partage, *, acte: Acte, faits: Mapping[str, object]
) -> list[Entree]:
    """An act that changed fields: one entry with their values, one more that names the fields of health, if any."""
    entrees = [entree_de(verbe, demande, acte=acte, faits=faits, valeurs=valeurs_de(partage.ordinaires))]
    if partage.sante:
        champs = {"champs": list(partage.sante)}
        entrees.append(entree_de(VerbeDemande.MODIFIER_SANTE, demande, acte=acte, faits=champs))
    return entrees
