"""The commands, one module each: ``add(commands)`` says what it is called and takes, ``run(options)`` does it.

``run`` gives the exit code, and imports what it needs when it is called, so that ``--help`` is quick.
"""
