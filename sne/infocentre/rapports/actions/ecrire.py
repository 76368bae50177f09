"""A version of a report written by a person: its columns in order, and what becomes of those of the one before."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.infocentre.rapports.actions.decider import verrouiller
from sne.infocentre.rapports.donnees import correspondances
from sne.infocentre.rapports.models import Correspondance, RapportVersion
from sne.infocentre.rapports.possible import exiger_definir
from sne.infocentre.rapports.rules.colonnes import refuser
from sne.infocentre.rapports.selectors.catalogue import list_catalogue
from sne.infocentre.rapports.verbes import VerbeRapport
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit


@transaction.atomic
def ecrire_version(rapport: str, *, colonnes: Sequence[str], phrase: str, acte: Acte) -> uuid.UUID:
    """Write the next version of a report, each column in the last definition of its indicator; nobody reads it yet.

    Raises ``NonHabilite``, ``Introuvable`` (no such report), ``Interdit`` (a code unknown, or twice; nothing changed).
    """
    exiger_definir(acte.acteur)
    lu = verrouiller(rapport)
    derniere = lu.versions[max(lu.versions)]
    avant = [{"indicateur": c.indicateur, "version": c.version, "si": c.si} for c in derniere.colonnes]
    definitions = {d.code: d.version for d in list_catalogue()}
    if refus := refuser(colonnes, definitions, [(c.indicateur, c.version) for c in derniere.colonnes]):
        raise Interdit(refus, champ="colonnes")
    apres = [{"indicateur": code, "version": definitions[code]} for code in colonnes]
    version = RapportVersion.objects.create(
        rapport_id=lu.code,
        numero=derniere.numero + 1,
        colonnes=apres,
        phrase=phrase,
        auteur=acte.acteur.id,
        ecrite_par=acte.acteur.instantane_pour(Permission.INDICATEUR_DEFINIR),
        survenu_le=acte.survenu_le,
    )
    Correspondance.objects.bulk_create(
        Correspondance(ancienne_id=derniere.id, nouvelle=version, **passage)
        for passage in correspondances(avant, apres)
    )
    faits = {
        "version": str(version.id),
        "rapport": lu.code,
        "numero": version.numero,
        "colonnes": list(colonnes),
    }
    inscrire(Entree(VerbeRapport.ECRIRE_RAPPORT, acte, faits=faits))
    return version.id
