"""What is computed, worded, tabled and charted, subject by subject. Knows no screen."""
