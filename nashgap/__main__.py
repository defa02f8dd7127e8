"""`python -m nashgap`."""

import sys

from nashgap.cli import main

sys.exit(main())
