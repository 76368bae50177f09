"""Vérification hors ligne du journal : rien d’ici ne vient du service."""
