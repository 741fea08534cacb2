"""How things look: the only code that knows Textual."""

import os

# Before Textual reads them: with these it would write what is on the screen, or every key,
# into files or to another program.
for _name in (
    *(
        "TEXTUAL",
        "TEXTUAL_DEBUG",
        "TEXTUAL_LOG",
        "TEXTUAL_PRESS",
        "TEXTUAL_SHOW_RETURN",
    ),
    *("TEXTUAL_SCREENSHOT", "TEXTUAL_SCREENSHOT_LOCATION"),
    *("TEXTUAL_SCREENSHOT_FILENAME", "TEXTUAL_DEVTOOLS_HOST", "TEXTUAL_DEVTOOLS_PORT"),
):
    os.environ.pop(_name, None)
