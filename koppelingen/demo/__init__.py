"""The demo region: invented gemeenten, schools and people, the same on every run of one day.

Everything is made as a package and read by the same import as a real one; only what a package
does not hold (open work, agenda, accounts) is set afterwards.
"""
