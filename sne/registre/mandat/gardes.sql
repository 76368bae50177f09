-- What the database guarantees of the subject « mandat », beyond what its models declare.

-- What has ended does not move again.
CREATE TRIGGER clos BEFORE UPDATE ON mandat_aide
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('clos_le');
