"""What kind of place a file lies in: safe, synchronised, on a network, on a medium that is pulled.

A database is one file that changes many times a minute and must change as a whole. A program that
synchronises copies it halfway, and makes two of it when two machines wrote; a network file system
forgets locks. What says so (names, marks left in folders, the table of mounts) is data here; asking
the machine is apart (``Machine``), so that every system can be tried on any other.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from enum import Enum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class PlaceKind(Enum):
    """What a place does to a file that is open."""

    SAFE = "safe"
    SYNCED = "synced"
    """A program copies it to other machines, whenever it likes."""
    NETWORK = "network"
    """It lies on another machine: locks may be forgotten, the line may drop."""
    REMOVABLE = "removable"
    """It may be pulled out at any moment."""


class Place(NamedTuple):
    """Where a file lies."""

    kind: PlaceKind
    service: str = ""
    """Who synchronises or serves it ("OneDrive", "SMB"), "" where no name is known."""
    root: str = ""
    """The folder or mount that makes it so."""

    @property
    def shared_memory(self) -> bool:
        """Tell whether the file may be used with a log in memory shared by programs (WAL).

        Elsewhere SQLite needs its rollback journal: a network does not share memory, a page of it
        is gone with a medium that is pulled (and the program with it), and a synchroniser takes
        the database without its log.
        """
        return self.kind is PlaceKind.SAFE


SAFE = Place(PlaceKind.SAFE)

# Marks that a synchroniser leaves in the folder that it looks after, or in each of its folders.
_MARKS: tuple[tuple[str, str], ...] = (
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".tmp.driveupload", "Google Drive"),
    (".tmp.drivedownload", "Google Drive"),
    (".shortcut-targets-by-id", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".csync_journal.db", "ownCloud"),
    (".stfolder", "Syncthing"),
    (".seafile-data", "Seafile"),
)
_MARK_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.?_?sync_[0-9a-f]{6,}\.db"), "Nextcloud"),
    (re.compile(r"\.parms?_?[0-9a-f]*\.db"), "kDrive"),
)

# Folders that synchronisers make right under the user's own one (or under a drive of their own).
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"OneDrive( ?[-–] ?.+)?"), "OneDrive"),
    (re.compile(r"Dropbox( \(.+\))?"), "Dropbox"),
    (
        re.compile(r"Google ?Drive( \(.+\))?|(My|Mon) Drive|Drive partagés|Shared drives"),
        "Google Drive",
    ),
    (re.compile(r"iCloud ?Drive|iCloudDrive"), "iCloud"),
    (re.compile(r"Nextcloud\d*"), "Nextcloud"),
    (re.compile(r"ownCloud\d*"), "ownCloud"),
    (re.compile(r"kDrive\d*"), "kDrive"),
    (re.compile(r"pCloud ?Drive|pCloud Sync"), "pCloud"),
    (re.compile(r"Box( Sync)?"), "Box"),
    (re.compile(r"MEGA(sync)?"), "MEGA"),
    (re.compile(r"Proton ?Drive"), "Proton Drive"),
    (re.compile(r"Tresors?"), "Tresorit"),
)
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")

_NETWORKS = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "ncpfs": "NetWare",
    "afs": "AFS",
    "afpfs": "AFP",
    "webdav": "WebDAV",
    "davfs": "WebDAV",
    "9p": "9p",
    "ceph": "Ceph",
    "lustre": "Lustre",
    "glusterfs": "GlusterFS",
    "vboxsf": "VirtualBox",
    "vmhgfs": "VMware",
    "prl_fs": "Parallels",
    "virtiofs": "virtiofs",
    "fuse.sshfs": "SSH",
    "fuse.rclone": "rclone",
    "fuse.gvfsd-fuse": "GVfs",
    "fuse.davfs": "WebDAV",
    "fuse.davfs2": "WebDAV",
    "fuse.glusterfs": "GlusterFS",
    "fuse.vmhgfs-fuse": "VMware",
    "fuse.smbnetfs": "SMB",
    "fuse.curlftpfs": "FTP",
    "fuse.s3fs": "S3",
    "macfuse": "FUSE",
    "osxfuse": "FUSE",
}
_SYNCED_SYSTEMS = {
    "fuse.pcloud": "pCloud",
    "fuse.pcloud.fs": "pCloud",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
    "fuse.drivefs": "Google Drive",
    "fuse.mega": "MEGA",
}
_REMOVABLE_SYSTEMS = frozenset({"vfat", "exfat", "msdos", "fuse.exfat", "fuseblk.exfat"})
_REMOVABLE_FOLDERS = ("/media/", "/run/media/", "/Volumes/")


class Machine(NamedTuple):
    """What is asked of the machine, so that a test can answer instead."""

    environment: Mapping[str, str]
    home: PurePath
    listing: Callable[[PurePath], Iterable[str]]
    """The names in a folder; none where it cannot be read."""
    text: Callable[[PurePath], str]
    """What a small text file says, "" where it cannot be read."""
    mount: Callable[[PurePath], Place]
    """What the system says of the volume that a folder lies on."""


def place_of(file: Path, machine: Machine | None = None) -> Place:
    """Tell what kind of place ``file`` lies in; it need not exist. Never raises."""
    asked = this_machine() if machine is None else machine
    try:
        folder: PurePath = file.absolute().resolve().parent if machine is None else file.parent
    except (OSError, RuntimeError):  # a loop of links
        folder = file.parent
    synced = synced_folder(folder, asked)
    return asked.mount(folder) if synced.kind is PlaceKind.SAFE else synced


def synced_folder(folder: PurePath, machine: Machine) -> Place:
    """Tell whether a program synchronises ``folder``, by settings, names, or marks it left."""
    for root, service in _told_roots(machine):
        if _inside(folder, root):
            return Place(PlaceKind.SYNCED, service, str(root))
    for each in (folder, *folder.parents):
        service = _named(each, machine) or _marked(each, machine)
        if service:
            return Place(PlaceKind.SYNCED, service, str(each))
    return SAFE


def _told_roots(machine: Machine) -> Iterable[tuple[PurePath, str]]:
    """Return the folders that OneDrive and Dropbox say of themselves are theirs."""
    kind = type(machine.home)
    for name in _ONEDRIVE_VARIABLES:
        if machine.environment.get(name):
            yield kind(machine.environment[name]), "OneDrive"
    settings = [machine.home / ".dropbox" / "info.json"]
    told = map(machine.environment.get, ("APPDATA", "LOCALAPPDATA"))
    settings += [kind(folder) / "Dropbox" / "info.json" for folder in told if folder]
    for file in settings:
        for path in _dropbox_paths(machine.text(file)):
            yield kind(path), "Dropbox"


def _dropbox_paths(text: str) -> list[str]:
    """Return the folders that Dropbox's own file names, for each account one."""
    try:
        accounts = json.loads(text) if text else {}
    except ValueError:
        return []
    if not isinstance(accounts, dict):
        return []
    paths = (a.get("path") for a in accounts.values() if isinstance(a, dict))
    return [path for path in paths if isinstance(path, str) and path]


def _named(folder: PurePath, machine: Machine) -> str:
    """Return whose folder this is by its name and where it lies, "" when nobody's."""
    parts = folder.parts
    if parts[-2:] == ("Mobile Documents", "com~apple~CloudDocs"):
        return "iCloud"
    if len(parts) > 2 and parts[-3:-1] == ("Library", "CloudStorage"):
        return parts[-1].split("-")[0].replace("GoogleDrive", "Google Drive")
    on_own_drive = len(parts) == 2 and bool(folder.drive)
    if folder.parent != machine.home and not on_own_drive:
        return ""
    return next((who for pattern, who in _NAMES if pattern.fullmatch(folder.name)), "")


def _marked(folder: PurePath, machine: Machine) -> str:
    """Return whose folder this is by what was left in it.

    Not in the user's own folder: Dropbox and Syncthing keep their settings there under names that
    they use as marks elsewhere.
    """
    if folder in {machine.home, folder.parent}:
        return ""
    names = set(machine.listing(folder))
    for mark, service in _MARKS:
        if mark in names:
            return service
    hidden = [name for name in names if name.startswith((".", "_"))]
    for pattern, service in _MARK_PATTERNS:
        if any(map(pattern.fullmatch, hidden)):
            return service
    return ""


def _inside(folder: PurePath, root: PurePath) -> bool:
    return bool(root.parts) and (folder == root or root in folder.parents)


# Volumes ---------------------------------------------------------------------------------


def linux_place(mountinfo: str, folder: PurePath) -> Place:
    """Tell from Linux' table of mounts (proc(5), mountinfo) what ``folder`` lies on."""
    found, system = "", ""
    for line in mountinfo.splitlines():
        mount, dash, rest = line.partition(" - ")
        fields = mount.split(" ")
        if not dash or len(fields) < 6:
            continue
        point = _unescaped(fields[4])
        # Of two mounts on one folder the later hides the earlier.
        if len(point) >= len(found) and _inside(folder, type(folder)(point)):
            found, system = point, rest.split(" ")[0]
    return _of_system(system, found)


def mac_place(mounts: str, folder: PurePath) -> Place:
    """Tell from what macOS' ``mount`` prints what ``folder`` lies on."""
    found, system, local = "", "", True
    for line in mounts.splitlines():
        shape = re.fullmatch(r".+? on (.+) \(([^,)]+)([^)]*)\)", line)
        if shape and len(shape[1]) >= len(found) and _inside(folder, type(folder)(shape[1])):
            found, system, local = shape[1], shape[2], "local" in shape[3]
    place = _of_system(system, found)
    if place.kind is PlaceKind.SAFE and found and not local:
        return Place(PlaceKind.NETWORK, "", found)
    return place


def windows_place(folder: PurePath, drive_type: Callable[[str], int]) -> Place:
    """Tell from a Windows path and what GetDriveType says of its drive where it lies."""
    drive = folder.drive
    if drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        if drive.lower().startswith(("\\\\wsl$", "\\\\wsl.localhost")):
            return Place(PlaceKind.NETWORK, "WSL", drive)
        return Place(PlaceKind.NETWORK, "SMB", drive)
    kind = drive_type(f"{drive}\\") if drive else 0
    if kind == 4:
        return Place(PlaceKind.NETWORK, "SMB", drive)
    return Place(PlaceKind.REMOVABLE, "", drive) if kind == 2 else SAFE


def _of_system(system: str, point: str) -> Place:
    """Tell what a file system of that type, mounted at ``point``, is."""
    kind = system.lower()
    if kind in _SYNCED_SYSTEMS:
        return Place(PlaceKind.SYNCED, _SYNCED_SYSTEMS[kind], point)
    if kind in _NETWORKS:
        return Place(PlaceKind.NETWORK, _NETWORKS[kind], point)
    if kind in _REMOVABLE_SYSTEMS or point.startswith(_REMOVABLE_FOLDERS):
        return Place(PlaceKind.REMOVABLE, "", point)
    return SAFE


def _unescaped(field: str) -> str:
    """Undo the table's way of writing blanks, as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), field)


# This machine ----------------------------------------------------------------------------


def this_machine() -> Machine:
    """Return what the machine itself answers."""
    return Machine(os.environ, Path.home(), _listing, _text, _mount)


def _listing(folder: PurePath) -> Iterable[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names only: no object for each of many files
    except OSError:
        return ()


def _text(file: PurePath) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")[:100_000]
    except (OSError, ValueError):
        return ""


def _mount(folder: PurePath) -> Place:
    if sys.platform == "win32":
        import ctypes

        return windows_place(folder, ctypes.windll.kernel32.GetDriveTypeW)
    if sys.platform == "darwin":
        try:
            told = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return SAFE
        return mac_place(told, folder)
    return linux_place(_text(Path("/proc/self/mountinfo")), folder)


# Copies in conflict ----------------------------------------------------------------------

_CONFLICTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r".* ?\(.*(conflicted copy|copie en conflit|case conflict|conflit).*\)",
        r".* ?\[conflict(ed)?.*\]",
        r".*[._-](sync-)?conflict[._-].*",
    )
)
_OF_A_COMPUTER = r"-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{1,14}(-\d+)?"
"""What OneDrive adds to a name: the other computer's, in capitals."""


def conflict_copies(file: Path) -> tuple[Path, ...]:
    """Return the files beside ``file`` that a synchroniser made of it when two had written."""
    found = []
    for name in sorted(_listing(file.parent)):
        stem, dot, suffix = name.rpartition(".")
        if name == file.name or dot + suffix != file.suffix or not stem.startswith(file.stem):
            continue
        added = stem.removeprefix(file.stem)
        if re.fullmatch(_OF_A_COMPUTER, added) or any(p.fullmatch(stem) for p in _CONFLICTS):
            found.append(file.with_name(name))
    return tuple(found)
