"""No table: the file exists because Django sends post_migrate to applications that have one (see droits)."""
