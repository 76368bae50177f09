"""Answering a remark of the controls: what was typed is right, and why; the file leaves the list « À qualifier »."""

import uuid

from django.db import transaction

from sne.registre.contenu.rules.remarques import cle_de
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.lignes import copier_version
from sne.registre.demande.actions.reviser import reviser
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.selectors.etat import assembler
from sne.registre.modification.possible import exiger_modifiable
from sne.registre.modification.selectors.remarques import list_remarques_de
from sne.registre.modification.verbes import VerbeModification
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

POURQUOI = "Dites en une phrase pourquoi c’est exact."
PLUS_LA = (
    "Cette remarque n’est plus portée\u00a0: quelqu’un l’a levée, ou le dossier a changé. Rechargez la page."
)


@transaction.atomic
def expliquer_remarque(demande_id: uuid.UUID, code: str, *, precision: str, acte: Acte) -> None:
    """Say that what the controls remark under ``code`` is right as typed, and why; nothing declared changes.

    It holds as long as the remark says the same thing of the same place. Raises ``Introuvable``, ``NonHabilite``,
    ``Interdit`` (closed, no such remark, no reason given).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_modifiable(demande, acte.acteur)
    levees = [a for a in list_remarques_de(demande, assembler(demande.version_courante)) if a.code == code]
    if not levees:
        raise Interdit(PLUS_LA)
    motif = lire_texte(precision, requis=True, dites=POURQUOI)
    version = copier_version(demande.version_courante, survenu_le=acte.survenu_le)
    version.auteur, version.motif = acte.acteur.id, motif
    connues = demande.remarques_expliquees or []
    reviser(
        demande,
        version,
        {
            "remarques": [autre for autre in demande.remarques or [] if autre != code],
            "remarques_expliquees": sorted({*connues, *map(cle_de, levees)}),
        },
    )
    dire(
        VerbeModification.EXPLIQUER_REMARQUE,
        demande,
        acte=acte,
        faits={"version": str(version.id), "remarque": code},
    )
