"""Every table of the shared spaces, subject by subject: Django looks for them here. Code imports a subject’s own."""

# ruff: noqa: F401

import sne.collaboratif.annonces.models
import sne.collaboratif.calendrier.models
import sne.collaboratif.cohortes.models
import sne.collaboratif.echanges.models
import sne.collaboratif.espaces.models
import sne.collaboratif.fichiers.models
import sne.collaboratif.questionnaires.models
import sne.collaboratif.resume.models
