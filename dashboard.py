"""The entry of the dashboard, `streamlit run dashboard.py`: the server with its gate, and the script of each session.

Streamlit imports this module to get the server's app, and runs it anew as `__main__` for whatever a session does.
"""

if __name__ == "__main__":
    from pages.parts.frame import main

    main()
else:
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from core.memory import keep_compact
    from pages.parts import access, browser
    from pages.parts.gate import Gate

    keep_compact()

    app = App(
        __file__,
        routes=[browser.ROUTE],
        middleware=[Middleware(Gate, rules=access.current_rules, still=access.still)],
    )
