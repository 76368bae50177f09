"""Every task of the register, subject by subject: the worker looks for them here. Code imports a subject’s own."""

# ruff: noqa: F401

import sne.registre.avis.tasks
import sne.registre.demande.tasks
import sne.registre.depot_en_ligne.tasks
import sne.registre.doublons.tasks
import sne.registre.faits.tasks
import sne.registre.joindre.tasks
import sne.registre.mandat.tasks
import sne.registre.modification.tasks
import sne.registre.pieces.tasks
import sne.registre.requete.tasks
import sne.registre.ressources.tasks
import sne.registre.restauration.tasks
import sne.registre.verification.tasks
import sne.registre.vie.tasks
