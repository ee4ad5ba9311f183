"""Screens of the leerplichtambtenaar."""
