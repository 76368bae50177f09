"""The operator's command ``sne``: turns a command line into calls of the modules; decides nothing."""
