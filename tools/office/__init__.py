"""What stands behind the command `./office`: standard library only.

`cli` reads the command line; each command has a module of its own; `prepare`
puts the pieces together that every command needs.
"""
