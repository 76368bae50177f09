"""The wire of ``interfaceNuu`` 02.00 and 02.01, without network nor database."""
