"""The maintainer's programs; learners need none of them.

Run them from the top folder: ``make build``, ``make mutants``, or ``python tools/build.py 04``.
"""
