"""The one tree of errors that a user may see.

Each carries one French sentence that says what happened, what was kept and what to do.
Whatever is not in this tree is a fault of ours and ends in a crash report.
"""


class PanError(Exception):
    """Anything the user is told in one French sentence; the command line ends with 2."""

    exit_code = 2

    @property
    def sentence(self) -> str:
        """Return the French sentence shown in the window or on standard error."""
        return str(self)


class InputError(PanError):
    """What was typed or read from a file cannot be taken; nothing was changed."""


class NotFoundError(InputError):
    """The thing named (a meeting's identifier, a file) does not exist."""


class ConflictError(InputError):
    """What was asked contradicts what is already stored, or what someone else just stored."""


class FileTakenError(ConflictError):
    """A file of that name exists that this program did not just write; it was left alone."""


class LockedError(InputError):
    """The relevé is issued: what it says stays as it is until it is reopened."""


class RightsError(InputError):
    """The one who asks may only read in the shared office; nothing was changed."""


class SurroundingsError(PanError):
    """The machine, not the data, stands in the way: disk, rights, another program."""


class StoreBusyError(SurroundingsError):
    """Another program holds the database."""


class StoreFullError(SurroundingsError):
    """The disk that holds the database has no room left."""


class StoreReadOnlyError(SurroundingsError):
    """The database, or the folder it lies in, cannot be written."""


class ReadingOnlyError(SurroundingsError):
    """The database may only be read here: another holds it, or the user's role says so."""


class StoreDamagedError(SurroundingsError):
    """The file is not a database, or its pages are damaged."""


class SecretNeededError(SurroundingsError):
    """The database is encrypted, and no passphrase was given."""


class WrongSecretError(InputError):
    """The passphrase or the recovery code does not open the encrypted database."""


class StoreTooNewError(SurroundingsError):
    """The database was made by a newer version of the program."""


class BackupFailedError(SurroundingsError):
    """A copy of the database could not be made; the database and older copies are as they were."""


class RestoreFailedError(SurroundingsError):
    """A copy was not put in the place of the database, which is as it was."""


class FileUnwritableError(SurroundingsError):
    """A document could not be written where it was asked; what was there before is kept."""


class OtherProgramError(SurroundingsError):
    """Another program that was asked to help (LibreOffice) is missing, or failed."""


class FileVerificationError(SurroundingsError):
    """A document read back after writing differs from what was meant; nothing was replaced."""


class SharedUnreachableError(SurroundingsError):
    """The server of the shared office does not answer for now; it is tried again."""


class SharedRefusedError(SurroundingsError):
    """The server of the shared office refuses; trying again needs someone to do something."""
