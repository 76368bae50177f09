"""Asking for the resources of an applicant, and keeping what was answered; reading them; forgetting them."""
