"""Tables -> charts, marked text and picture files. No data access, no streamlit; all wording comes in from outside."""
