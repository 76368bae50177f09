"""Rules of « depot_en_ligne »."""
