-- The lines of a fact whose acts are its own.
SELECT c.cle, f.territoire, f.guichet, f.jour, f.scellement, f.signe{propres}
FROM lignes f JOIN cle_statistique c ON c.demande_id = f.demande
WHERE f.scellement > %(depuis)s AND f.scellement <= %(jusqua)s
