"""``python -m labpress``."""

import sys

from labpress.edges.cli import main

sys.exit(main())
