"""Tests of the pure rules, without Odoo and without a database.

Run from the root: ``python3 -m unittest discover -s tests/rules -t .``
"""
