"""Every job of the shared spaces, subject by subject: looked for here when the worker starts."""

# ruff: noqa: F401

import sne.collaboratif.fermeture.tasks
import sne.collaboratif.resume.tasks
