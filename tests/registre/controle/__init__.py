"""Tests of « controle »."""
