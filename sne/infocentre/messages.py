"""Every kind of message of the infocentre, subject by subject: looked for here when the application starts."""

# ruff: noqa: F401

import sne.infocentre.abonnements.messages
