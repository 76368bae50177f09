"""Tests of « lecture »: historique_demandeur."""
