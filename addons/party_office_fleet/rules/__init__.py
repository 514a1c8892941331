"""Pure rules: the standard library only, no database, dates are arguments."""
