"""Everything Telaah raises on purpose.

TelaahError
├── SettingError        a TELAAH_* variable has a value that cannot be used
├── AccessError         the role of who asks is not enough
├── InputError          a file or a record in it cannot be read
│   ├── UnsupportedError    not a format that Telaah reads
│   ├── EmptyInputError     nothing in it
│   ├── LimitError          over a limit of the settings
│   └── DamagedError        the format is known, the content is broken
├── ResourceError       a rule file under core/resources is broken
├── CorpusError         the corpus on disk cannot be used
│   ├── CorpusBusyError     another process holds it
│   ├── CorpusDamagedError  it is not a corpus, or a broken one
│   └── TooLongError        a question took too long and was stopped
├── CorrectionError     a correction that cannot be made, or a file of corrections that cannot be read
├── BriefingError       a file that is offered as a briefing is none, or a broken one
├── BackupError         a backup cannot be written, or what is offered as one cannot be put back
└── EmptyCorpusError    a statistic was asked of no articles

Each message is one sentence that names the thing and says the remedy. Odd data inside an article is
never an error: it becomes a note on the document.
"""


class TelaahError(Exception):
    """Root of all errors that Telaah raises on purpose."""


class SettingError(TelaahError):
    """A TELAAH_* variable has a value that cannot be used."""


class AccessError(TelaahError):
    """The role of who asks is not enough for what they want to do."""


class InputError(TelaahError):
    """A file, or a record in it, cannot be read."""


class UnsupportedError(InputError):
    """Not a format that Telaah reads."""


class EmptyInputError(InputError):
    """Nothing in it."""


class LimitError(InputError):
    """Over a limit of the settings."""


class DamagedError(InputError):
    """The format is known, the content is broken."""


class ResourceError(TelaahError):
    """A rule file under core/resources is broken."""


class CorpusError(TelaahError):
    """The corpus on disk cannot be used."""


class CorpusBusyError(CorpusError):
    """Another process holds the corpus."""


class CorpusDamagedError(CorpusError):
    """The file is not a corpus, or a broken one."""


class TooLongError(CorpusError):
    """A question took too long and was stopped."""


class CorrectionError(TelaahError):
    """A correction cannot be made, or a file of corrections cannot be read."""


class BriefingError(TelaahError):
    """A file that is offered as a briefing is none, or a broken one."""


class BackupError(TelaahError):
    """A backup cannot be written, or what is offered as one cannot be put back."""


class EmptyCorpusError(TelaahError):
    """A statistic was asked of no articles."""
