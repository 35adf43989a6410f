"""Why these areas: their ranks on the Social Mobility Index, and what was claimed of them."""
