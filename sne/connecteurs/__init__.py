"""The State's services that help to type and to check: a port each, answers or why there is none, never a refusal."""
