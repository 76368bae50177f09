"""Registering a demande, taking over those of a former system, granting an earlier date."""
