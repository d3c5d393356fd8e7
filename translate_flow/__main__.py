"""``python -m translate_flow`` is ``tflow``, where its folder is not on the path."""

import sys

from translate_flow.cli import main

if __name__ == "__main__":
    sys.exit(main())
