-- What the database guarantees of households' accounts, beyond what their models declare.

-- Counts of tries are written at each of them and worth nothing after a crash.
ALTER TABLE compteur_limite SET UNLOGGED;
