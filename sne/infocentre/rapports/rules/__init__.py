"""Pure rules of the reports: cells, formulas, life of a version, places, months."""
