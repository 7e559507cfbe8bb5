"""How every page looks: tokens, shapes, the stylesheet, and Streamlit's own words in Dutch."""
