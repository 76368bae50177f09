"""Every kind of act of the infocentre, subject by subject: looked for here when the application starts."""

# ruff: noqa: F401

import sne.infocentre.abonnements.verbes
import sne.infocentre.lac.verbes
import sne.infocentre.ouvert.verbes
import sne.infocentre.rapports.verbes
import sne.infocentre.rpls.verbes
