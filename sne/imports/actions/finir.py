"""Starting an import again, stopping it, forgetting it."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from sne.conventions.actions import Appelant
from sne.imports import policies
from sne.imports.actions.file import mettre_en_file
from sne.imports.models import Import, Tranche
from sne.imports.parametres import ParametresImports
from sne.imports.possible import exiger_annulable, exiger_reprenable
from sne.imports.rules.etats import Etat
from sne.imports.verbes import VerbeImport
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import debut_du_jour, jour
from sne.socle.lignes import trouver


@transaction.atomic
def reprendre_import(import_id: uuid.UUID, *, de: Appelant, acte: Acte) -> None:
    """Do an import again from its first line: what was done is said done, what was refused is tried again.

    What is shown now is what its lines are judged by. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    recu = _verrouiller(import_id, acte)
    exiger_reprenable(recu, acte.acteur)
    recu.cle, recu.certificat = de.identite.cle or recu.cle, de.identite.certificat
    recu.agent = acte.acteur.agent
    recu.etat = (Etat.CONTROLE if recu.lignes else Etat.RECU).value
    recu.motif, recu.fini_le, recu.tranche, recu.tour = "", None, 0, recu.tour + 1
    recu.save(update_fields=["cle", "certificat", "agent", "etat", "motif", "fini_le", "tranche", "tour"])
    _inscrire(VerbeImport.REPRENDRE_IMPORT, recu, acte)
    mettre_en_file(recu.convention_id, recu.territoire)


@transaction.atomic
def annuler_import(import_id: uuid.UUID, *, acte: Acte) -> None:
    """Stop an import and forget its content; what its lines did stays done, and reported.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (over already).
    """
    recu = _verrouiller(import_id, acte)
    exiger_annulable(recu, acte.acteur)
    recu.etat, recu.fini_le = Etat.ANNULE.value, acte.survenu_le
    recu.save(update_fields=["etat", "fini_le"])
    recu.tranches.all().delete()
    _inscrire(VerbeImport.ANNULER_IMPORT, recu, acte)


def purger_imports(survenu_le: datetime) -> int:
    """Forget contents, then reports, older than the dated parameters; returns how many imports went."""
    le = jour(survenu_le)
    parametres = get_parametres(le)[ParametresImports]
    contenus = debut_du_jour(le) - timedelta(days=parametres.import_contenu_jours)
    rapports = debut_du_jour(le) - timedelta(days=parametres.import_rapport_jours)
    Tranche.objects.filter(import_recu__fini_le__lt=contenus).delete()
    anciens = list(Import.objects.filter(fini_le__lt=rapports).values_list("id", flat=True))
    for cle in anciens:
        Import.objects.filter(id=cle).delete()
    return len(anciens)


def _verrouiller(import_id: uuid.UUID, acte: Acte) -> Import:
    tous = Import.objects.select_for_update(of=("self",)).select_related("convention")
    return trouver(tous.filter(policies.scope(acte.acteur), id=import_id), "Cet import n’existe pas.")


def _inscrire(verbe: VerbeImport, recu: Import, acte: Acte) -> None:
    faits = {"convention": str(recu.convention_id), "import": str(recu.id)}
    inscrire(Entree(verbe, acte, territoire=recu.territoire, faits=faits))
