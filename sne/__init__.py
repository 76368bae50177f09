"""Système national d'enregistrement: the national register of social-housing applications."""
