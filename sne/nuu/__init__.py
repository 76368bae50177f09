"""The vendors' interface ``interfaceNuu`` over SOAP 1.2 and MTOM: translates, decides nothing, keeps nothing."""
