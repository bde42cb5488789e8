"""Telaah's engine: bytes of saved news articles in, tagged documents and tables out. Knows no Streamlit."""

__version__ = "0.1.0"
