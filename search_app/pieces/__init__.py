"""Small pieces of HTML that the pages share. Each function returns text for ``st.html``; what it is given is escaped."""
