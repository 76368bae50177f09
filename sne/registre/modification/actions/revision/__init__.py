"""One revision of an open demande: what is asked is controlled, split into what applies and what waits, written, told.

Shared by every act of the household on its own file; an act adds its right, its moment and its verb.
"""
