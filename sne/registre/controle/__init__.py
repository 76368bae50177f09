"""The control of identity: which changes wait for somebody, and the score of a takeover."""
