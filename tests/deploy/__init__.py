"""The files of a production, judged by the programs that read them."""
