"""Every job of the infocentre, subject by subject: looked for here when the worker starts."""

# ruff: noqa: F401

import sne.infocentre.abonnements.tasks
import sne.infocentre.lac.tasks
import sne.infocentre.ouvert.tasks
import sne.infocentre.rapports.tasks
