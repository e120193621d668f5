"""``python -m labpress``."""

import sys

from labpress.edges.cli import main

if __name__ == "__main__":  # Else it is imported by a process that labpress has started itself.
    sys.exit(main())
