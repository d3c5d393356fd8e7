"""Where paths meet verbs: each function loads values, calls a verb and saves values.

Nothing here prints or exits. Reading functions see the source as it is now, as if a
sync had just run; writing ones hold the project's lock from load to save.
"""
