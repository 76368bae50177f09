"""Every kind of message of the register, subject by subject: looked for here when the application starts."""

# ruff: noqa: F401

import sne.registre.avis.messages
import sne.registre.depot_en_ligne.messages
import sne.registre.faits.messages
import sne.registre.identite.messages
import sne.registre.joindre.messages
import sne.registre.mandat.messages
import sne.registre.pieces.messages
import sne.registre.requete.messages
import sne.registre.restauration.messages
import sne.registre.vie.messages
