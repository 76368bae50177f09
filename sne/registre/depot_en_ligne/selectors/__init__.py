"""Reads of « depot_en_ligne »."""
