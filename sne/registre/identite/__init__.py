"""The workbench of changes of identity: queue, decision, exchanges, second reading."""
