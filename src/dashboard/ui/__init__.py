"""What the reader sees and touches: the only part of the package that imports Streamlit."""
