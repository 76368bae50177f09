"""Every dated parameter of the infocentre, subject by subject: looked for here when the application starts."""

# ruff: noqa: F401

import sne.infocentre.abonnements.parametres
import sne.infocentre.lac.parametres
import sne.infocentre.ouvert.parametres
import sne.infocentre.rapports.parametres
import sne.infocentre.rpls.parametres
