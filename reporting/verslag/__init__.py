"""The engine of the yearly report: a template as data, filled from one frozen set of figures."""
