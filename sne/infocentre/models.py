"""Every table of the infocentre, subject by subject: Django looks for them here. Code imports a subject’s own."""

# ruff: noqa: F401

import sne.infocentre.abonnements.models
import sne.infocentre.contours.models
import sne.infocentre.lac.models
import sne.infocentre.ouvert.models
import sne.infocentre.rapports.models
import sne.infocentre.rpls.models
