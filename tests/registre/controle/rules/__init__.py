"""Tests of « controle »: rules."""
