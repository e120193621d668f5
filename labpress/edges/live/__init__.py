"""Watching the files of a site and building it again whenever one of them changes.

Two processes share the work. One watches, talks to the terminal and, for ``labpress serve``, to browsers; it never
waits for a build. The other builds, on one thread, so that it can fork workers; see ``labpress.edges.live.guard``.
"""
