"""One act on several files of a list: chosen, read again file by file, then done, each on its own."""
