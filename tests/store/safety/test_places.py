"""Where a file lies: told from samples of what systems and synchronisers leave behind."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from pan_desktop.store.safety import places
from pan_desktop.store.safety.places import Machine, Place, PlaceKind, conflict_copies, place_of

HOME = PurePosixPath("/maison/salma")
WINDOWS_HOME = PureWindowsPath(r"C:\Users\salma")

MOUNTS = r"""22 28 0:21 / /proc rw,nosuid shared:12 - proc proc rw
28 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 28 0:44 / /maison rw,relatime shared:3 - btrfs /dev/sdb1 rw,subvol=/maison
51 28 0:51 / /mnt/bureau rw,relatime shared:20 - cifs //serveur/bureau rw,vers=3.1.1
52 28 0:52 / /mnt/Mes\040documents rw,relatime - nfs4 serveur:/export rw
53 28 8:17 / /media/salma/CLE rw,nosuid shared:30 - vfat /dev/sdc1 rw
54 28 8:18 / /run/media/salma/disque rw,nosuid - ext4 /dev/sdd1 rw
55 40 0:55 / /maison/salma/loin rw,nosuid - fuse.sshfs salma@serveur:/ rw
56 28 0:56 / /mnt/drive rw,nosuid - fuse.google-drive-ocamlfuse google-drive-ocamlfuse rw
57 28 0:57 / /mnt/partage rw - vboxsf partage rw
58 28 0:58 / /mnt/deux rw - nfs4 serveur:/x rw
59 28 8:33 / /mnt/deux rw - ext4 /dev/sde1 rw
60 28 0:60 / /mnt/nuage rw - fuse.rclone nuage: rw
a line that no kernel writes
"""


@pytest.mark.parametrize(
    ("folder", "kind", "service"),
    [
        ("/var/lib/pan", PlaceKind.SAFE, ""),
        ("/maison/salma/pan", PlaceKind.SAFE, ""),
        ("/mnt/bureau", PlaceKind.NETWORK, "SMB"),
        ("/mnt/bureau/pan/base", PlaceKind.NETWORK, "SMB"),
        ("/mnt/bureaux", PlaceKind.SAFE, ""),
        ("/mnt/Mes documents/pan", PlaceKind.NETWORK, "NFS"),
        ("/media/salma/CLE/pan", PlaceKind.REMOVABLE, ""),
        ("/run/media/salma/disque", PlaceKind.REMOVABLE, ""),
        ("/maison/salma/loin/pan", PlaceKind.NETWORK, "SSH"),
        ("/mnt/drive/pan", PlaceKind.SYNCED, "Google Drive"),
        ("/mnt/partage", PlaceKind.NETWORK, "VirtualBox"),
        ("/mnt/deux/pan", PlaceKind.SAFE, ""),  # the later of two mounts hides the first
        ("/mnt/nuage", PlaceKind.NETWORK, "rclone"),
    ],
)
def test_linux_says_what_a_folder_lies_on(folder: str, kind: PlaceKind, service: str) -> None:
    found = places.linux_place(MOUNTS, PurePosixPath(folder))
    assert (found.kind, found.service) == (kind, service)
    assert found.shared_memory is (kind is PlaceKind.SAFE)


def test_no_table_of_mounts_is_no_reason_to_frighten_anybody() -> None:
    assert places.linux_place("", HOME) == places.SAFE


@pytest.mark.parametrize(
    ("folder", "kind", "service"),
    [
        ("/maison/salma/pan", PlaceKind.SAFE, ""),
        ("/Volumes/bureau/pan", PlaceKind.NETWORK, "SMB"),
        ("/Volumes/CLE", PlaceKind.REMOVABLE, ""),
        ("/Volumes/Macintosh HD/x", PlaceKind.REMOVABLE, ""),
        ("/loin/pan", PlaceKind.NETWORK, ""),
    ],
)
def test_mac_os_says_what_a_folder_lies_on(folder: str, kind: PlaceKind, service: str) -> None:
    mounts = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//salma@serveur/bureau on /Volumes/bureau (smbfs, nodev, nosuid, mounted by salma)\n"
        "/dev/disk4s1 on /Volumes/CLE (msdos, local, nodev, nosuid)\n"
        "/dev/disk5s1 on /Volumes/Macintosh HD (apfs, local, journaled)\n"
        "autre on /loin (inconnu, nodev)\n"
    )
    found = places.mac_place(mounts, PurePosixPath(folder))
    assert (found.kind, found.service) == (kind, service)


@pytest.mark.parametrize(
    ("folder", "kind", "service"),
    [
        (r"C:\Users\salma\pan", PlaceKind.SAFE, ""),
        (r"\\serveur\bureau\pan", PlaceKind.NETWORK, "SMB"),
        (r"\\wsl$\Debian\home", PlaceKind.NETWORK, "WSL"),
        (r"\\?\C:\pan", PlaceKind.SAFE, ""),
        (r"Z:\pan", PlaceKind.NETWORK, "SMB"),
        (r"E:\pan", PlaceKind.REMOVABLE, ""),
    ],
)
def test_windows_says_what_a_folder_lies_on(folder: str, kind: PlaceKind, service: str) -> None:
    types = {"C:\\": 3, "E:\\": 2, "Z:\\": 4}
    found = places.windows_place(PureWindowsPath(folder), lambda drive: types.get(drive, 3))
    assert (found.kind, found.service) == (kind, service)


def machine(
    home: PurePath,
    files: dict[str, str] | None = None,
    environment: dict[str, str] | None = None,
) -> Machine:
    """Return a machine that holds ``files``, each a path with what it says."""
    kind = type(home)
    held = {kind(path): text for path, text in (files or {}).items()}

    def listing(folder: PurePath) -> list[str]:
        return [path.name for path in held if path.parent == folder]

    return Machine(
        environment or {}, home, listing, lambda file: held.get(file, ""), lambda _f: places.SAFE
    )


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/maison/salma/Dropbox/pan", "Dropbox"),
        ("/maison/salma/Dropbox (Secrétariat)/a/b", "Dropbox"),
        ("/maison/salma/OneDrive - Ministère/pan", "OneDrive"),
        ("/maison/salma/OneDrive", "OneDrive"),
        ("/maison/salma/Nextcloud", "Nextcloud"),
        ("/maison/salma/kDrive/pan", "kDrive"),
        ("/maison/salma/pCloudDrive/pan", "pCloud"),
        ("/maison/salma/Box/pan", "Box"),
        ("/maison/salma/Library/Mobile Documents/com~apple~CloudDocs/pan", "iCloud"),
        ("/maison/salma/Library/CloudStorage/OneDrive-Ministère/pan", "OneDrive"),
        ("/maison/salma/Library/CloudStorage/GoogleDrive-s@exemple.ma/Mon Drive", "Google Drive"),
        ("/maison/salma/archives/Box/pan", ""),
        ("/maison/salma/Documents", ""),
        ("/maison/salma/Boxe", ""),
        ("/srv/Dropbox", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name_and_place(folder: str, service: str) -> None:
    found = places.synced_folder(PurePosixPath(folder), machine(HOME))
    assert found.service == service
    assert (found.kind is PlaceKind.SYNCED) is bool(service)


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox", "Dropbox"),
        (".stfolder", "Syncthing"),
        (".sync_3f2a91bc.db", "Nextcloud"),
        ("._sync_3f2a91bc.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_a_synchronised_folder_is_known_by_what_was_left_in_it(mark: str, service: str) -> None:
    here = machine(HOME, {f"/srv/commun/{mark}": ""})
    found = places.synced_folder(PurePosixPath("/srv/commun/pan/2026"), here)
    assert found == Place(PlaceKind.SYNCED, service, "/srv/commun")
    assert places.synced_folder(PurePosixPath("/srv/autre"), here) == places.SAFE


def test_settings_in_the_users_own_folder_do_not_make_it_a_synchronised_one() -> None:
    here = machine(HOME, {"/maison/salma/.dropbox": "", "/maison/salma/.stfolder": ""})
    assert places.synced_folder(HOME / "Documents", here) == places.SAFE


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_onedrive_is_known_by_what_windows_says_of_it(name: str) -> None:
    here = machine(WINDOWS_HOME, environment={name: r"D:\Nuage du ministère"})
    inside = PureWindowsPath(r"d:\nuage du ministère\Documents")
    assert places.synced_folder(inside, here).service == "OneDrive"
    assert places.synced_folder(PureWindowsPath(r"D:\Documents"), here) == places.SAFE


def test_dropbox_says_itself_where_its_folders_are() -> None:
    told = r'{"personal": {"path": "D:\\Perso"}, "business": {"path": "D:\\Office", "host": 1}}'
    here = machine(
        WINDOWS_HOME,
        {r"C:\Users\salma\AppData\Local\Dropbox\info.json": told},
        {"LOCALAPPDATA": r"C:\Users\salma\AppData\Local"},
    )
    assert places.synced_folder(PureWindowsPath(r"D:\Office\pan"), here).service == "Dropbox"
    assert places.synced_folder(PureWindowsPath(r"D:\Perso"), here).service == "Dropbox"
    assert places.synced_folder(PureWindowsPath(r"D:\Ailleurs"), here) == places.SAFE


@pytest.mark.parametrize("told", ["", "{", "[]", '{"personal": 3}', '{"personal": {"path": 3}}'])
def test_a_setting_of_dropbox_that_says_nothing_is_passed_over(told: str) -> None:
    here = machine(HOME, {"/maison/salma/.dropbox/info.json": told})
    assert places.synced_folder(PurePosixPath("/srv/pan"), here) == places.SAFE


def test_a_drive_of_google_is_known_by_its_folders() -> None:
    found = places.synced_folder(PureWindowsPath(r"G:\Mon Drive\pan"), machine(WINDOWS_HOME))
    assert found.service == "Google Drive"


def test_a_real_folder_tree_is_read(tmp_path: Path) -> None:
    (tmp_path / "commun" / ".stfolder").mkdir(parents=True)
    inside = tmp_path / "commun" / "pan" / "base.sqlite3"
    assert place_of(inside).service == "Syncthing"
    link = tmp_path / "lien"
    link.symlink_to(tmp_path / "commun")
    assert place_of(link / "base.sqlite3").service == "Syncthing"


CONFLICTS = [
    "pan (PC-2's conflicted copy 2026-11-26).sqlite3",
    "pan (Copie en conflit de Salma 2026-11-26).sqlite3",
    "pan (conflicted copy 2026-11-26 145207).sqlite3",
    "pan.sync-conflict-20261126-145207-ABCDEFG.sqlite3",
    "pan_conflict-20261126-145207.sqlite3",
    "pan [Conflict].sqlite3",
    "pan-DESKTOP-4F2K9.sqlite3",
    "pan-PC-SECRETARIAT.sqlite3",
    "pan-PC-SECRETARIAT-2.sqlite3",
]
OTHERS = [
    "pan.sqlite3",
    "pan-essai.sqlite3",
    "pan-2026.sqlite3",
    "pan.avant-0001.sqlite3",
    "pan-PC.docx",
    "pan.sqlite3-wal",
    "autre (conflicted copy).sqlite3",
    "pan 2026-11-26 14h52 fermeture.sqlite3",
]


def test_copies_in_conflict_are_known_from_other_files(tmp_path: Path) -> None:
    for name in (*CONFLICTS, *OTHERS):
        (tmp_path / name).touch()
    found = conflict_copies(tmp_path / "pan.sqlite3")
    assert sorted(path.name for path in found) == sorted(CONFLICTS)


def test_a_folder_that_is_gone_holds_no_copies(tmp_path: Path) -> None:
    assert conflict_copies(tmp_path / "parti" / "pan.sqlite3") == ()
