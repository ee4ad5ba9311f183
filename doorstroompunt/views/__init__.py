"""Screens of the doorstroomcoach."""
