"""Reports as data: indicators, versions, names, decisions, who may read what, and the table that is drawn."""
