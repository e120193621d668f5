"""``python build.py`` imports the seeds and builds the site; with arguments it is ``labpress``."""

import sys

from labpress.edges.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else max(main(["import", "seeds"]), main(["build"])))
