"""Tests of the control of identity changes: the rule, what surrounds a change, the score."""
