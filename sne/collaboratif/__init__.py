"""Working together between two meetings: spaces of teams, questions, announcements, files, a calendar, questionnaires,
trials. A subject is a folder; what opens to whom is said by the spaces, and asked again each time.
"""
