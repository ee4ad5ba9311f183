"""Shared pages: the dossier, search, schools."""
