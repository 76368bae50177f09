"""Every kind of act of the register, subject by subject: looked for here when the application starts."""

# ruff: noqa: F401

import sne.registre.avis.verbes
import sne.registre.demande.verbes
import sne.registre.depot.verbes
import sne.registre.doublons.verbes
import sne.registre.enquete.verbes
import sne.registre.faits.verbes
import sne.registre.identite.verbes
import sne.registre.joindre.verbes
import sne.registre.lecture.verbes
import sne.registre.listes.verbes
import sne.registre.mandat.verbes
import sne.registre.modification.verbes
import sne.registre.pieces.verbes
import sne.registre.requete.verbes
import sne.registre.ressources.verbes
import sne.registre.restauration.verbes
import sne.registre.separation.verbes
import sne.registre.vie.verbes
