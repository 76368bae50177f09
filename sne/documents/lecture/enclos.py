"""Closes the reading process in before it looks at one hostile byte: limits, no network, no other file, no program."""

import contextlib
import ctypes
import errno
import os
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
LANDLOCK_CREER, LANDLOCK_AJOUTER, LANDLOCK_FERMER = 444, 445, 446  # the same numbers on every architecture
SOUS_UN_DOSSIER = 1  # LANDLOCK_RULE_PATH_BENEATH
EXECUTER, ECRIRE, LIRE, LISTER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
SUR_UN_FICHIER = EXECUTER | ECRIRE | LIRE | 1 << 14 | 1 << 15
DROITS_PAR_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
RESEAU_TCP, PORTEES = 0b11, 0b11  # bind and connect; abstract Unix sockets and signals
MURS = ("reseau", "fichiers")
BIBLIOTHEQUES = ("/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache")
EDITEURS_DE_LIENS = (
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-aarch64.so.1",
)  # the kernel executes it too
INCONNU = -1  # a call that this architecture, or this libseccomp, does not know
SECCOMP = "libseccomp.so.2"  # of the system, which Debian has with apt; nothing is installed for it
PERMIS, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM  # SCMP_ACT_ALLOW, SCMP_ACT_ERRNO
APPELS_INTERDITS = """
    socket socketpair ptrace process_vm_readv process_vm_writev pidfd_getfd kcmp bpf perf_event_open userfaultfd
    io_uring_setup io_uring_enter io_uring_register add_key request_key keyctl unshare setns mount umount2 move_mount
    open_tree fsopen fsmount pivot_root chroot name_to_handle_at open_by_handle_at init_module finit_module kexec_load
    personality quotactl acct swapon reboot
"""
_libc = ctypes.CDLL(None, use_errno=True)


def fermer(
    dossier: Path,
    *,
    bornes: dict[str, float],
    parent: int,
    source: str,
    lisibles: Sequence[str] = (),
    programme: str = "",
) -> list[str]:
    """Close this process in; returns what holds (``reseau``, ``fichiers``, ``appels``), the rest being unavailable.

    It writes ``dossier``, reads ``source``, ``lisibles`` and its libraries. ``programme``: the one file that may be
    executed (the OCR engine), none otherwise.
    """
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    acquis = ["reseau"] if _sans_reseau() else []
    acquis += ["fichiers"] if _sans_autre_fichier(dossier, [source, *lisibles], programme) else []
    _limiter(bornes)
    if "reseau" in acquis:  # elsewhere this limit counts every process of the account, ours included
        _plafonner(resource.RLIMIT_NPROC, bornes["fils"])
    return [*acquis, "appels"] if _sans_appels() else acquis


def _limiter(bornes: dict[str, float]) -> None:
    processeur = int(bornes["processeur"])
    _plafonner(resource.RLIMIT_AS, bornes["memoire"])
    _plafonner(resource.RLIMIT_FSIZE, bornes["ecriture"])
    _plafonner(resource.RLIMIT_NOFILE, bornes["fichiers_ouverts"])
    _plafonner(resource.RLIMIT_CORE, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (processeur, processeur + 1))


def _plafonner(limite: int, valeur: float) -> None:
    resource.setrlimit(limite, (int(valeur), int(valeur)))


def _sans_reseau() -> bool:
    """A network of our own, with nothing in it; the rights that this gives inside it are dropped at once."""
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC | os.CLONE_NEWUTS)
    except OSError:
        return False
    entete = struct.pack("=Ii", 0x20080522, 0)
    return bool(_libc.capset(entete, struct.pack("=6I", *[0] * 6)) == 0)


def _sans_autre_fichier(dossier: Path, lisibles: Sequence[str], programme: str) -> bool:
    """Landlock: this process reads its libraries and writes its folder, nothing else; it executes nothing."""
    version = _libc.syscall(LANDLOCK_CREER, None, 0, 1)
    if version < 1:
        return False
    droits = DROITS_PAR_VERSION[max(v for v in DROITS_PAR_VERSION if v <= version)]
    attributs = struct.pack("=QQQ", droits, RESEAU_TCP * (version >= 4), PORTEES * (version >= 6))
    regles = _libc.syscall(
        LANDLOCK_CREER, attributs, len(attributs) if version >= 6 else 16 if version >= 4 else 8, 0
    )
    if regles < 0:
        return False
    paquet = Path(__file__).resolve().parents[2]
    siens = [*BIBLIOTHEQUES, sys.prefix, sys.base_prefix + "/lib", str(paquet), "/dev/urandom", "/dev/null"]
    for chemin in (*siens, *lisibles):
        _permettre(regles, chemin, LIRE | LISTER)
    if programme:
        for chemin in (programme, *EDITEURS_DE_LIENS):
            _permettre(regles, chemin, LIRE | EXECUTER)
    _permettre(regles, str(dossier), droits & ~EXECUTER)
    ferme = _libc.syscall(LANDLOCK_FERMER, regles, 0) == 0
    os.close(regles)
    return bool(ferme)


def _sans_appels() -> bool:
    """Seccomp: system calls that no decoder makes, and that break kernels, answer EPERM; last, for we make some."""
    try:
        lib = ctypes.CDLL(SECCOMP)
    except OSError:
        return False
    lib.seccomp_init.restype = ctypes.c_void_p
    filtre = ctypes.c_void_p(lib.seccomp_init(ctypes.c_uint32(PERMIS)))
    numeros = (lib.seccomp_syscall_resolve_name(appel.encode()) for appel in APPELS_INTERDITS.split())
    regles = [
        lib.seccomp_rule_add(filtre, ctypes.c_uint32(REFUSE), numero, 0)
        for numero in numeros
        if numero != INCONNU
    ]
    return not any(regles) and lib.seccomp_load(filtre) == 0


def _permettre(regles: int, chemin: str, droits: int) -> None:
    with contextlib.suppress(OSError):
        descripteur = os.open(chemin, os.O_PATH | os.O_CLOEXEC)
        if not Path(chemin).is_dir():
            droits &= SUR_UN_FICHIER
        _libc.syscall(LANDLOCK_AJOUTER, regles, SOUS_UN_DOSSIER, struct.pack("=Qi", droits, descripteur), 0)
        os.close(descripteur)
