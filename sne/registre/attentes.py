"""Everything that may be awaited, subject by subject: looked for here when the application starts."""

# ruff: noqa: F401

import sne.registre.avis.attentes
import sne.registre.depot.attentes
import sne.registre.doublons.attentes
import sne.registre.enquete.attentes
import sne.registre.faits.attentes
import sne.registre.identite.attentes
import sne.registre.joindre.attentes
import sne.registre.pieces.attentes
import sne.registre.requete.attentes
import sne.registre.restauration.attentes
import sne.registre.separation.attentes
import sne.registre.vie.attentes
