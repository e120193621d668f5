"""The preview in the browser: the built files over HTTP, and what makes them follow every save.

The script and the style of the preview are added to pages while they are served, never to the files.
"""
