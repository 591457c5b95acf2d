/* Makes system calls on chosen files fail, in the process that it is loaded into (LD_PRELOAD).

   What fails, and how, stands in a control block: a small file that PAN_FAULTS names, mapped by
   this process and by the test, which writes rules into it while the process runs. Its layout is
   that of faults/__init__.py. Without the file, or without rules in it, every call goes through.
   Not thread-safe beyond its counters: a rule is written whole before it is switched on. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { OPEN = 1, READ = 2, WRITE = 4, SYNC = 8, TRUNCATE = 16, ALLOCATE = 32, RENAME = 64,
       UNLINK = 128, MAP = 256, MKDIR = 512 };
enum { ERROR = 1, SHORT = 2, DELAY = 3, KILL = 4, KILL_AFTER = 5, KILL_MIDWAY = 6 };

#define RULES 8

struct rule {
    _Atomic uint32_t on;
    uint32_t calls;
    uint32_t effect;
    int32_t error;
    uint64_t skip;       /* so many calls go through first */
    uint64_t times;      /* so many are then hit; 0: all, until told otherwise */
    uint64_t chance;     /* of 2^32; 2^32: each */
    uint64_t seed;
    uint64_t delay;      /* microseconds */
    _Atomic uint64_t seen;
    _Atomic uint64_t hit;
    char pattern[176];
};

struct block {
    _Atomic uint32_t armed;
    uint32_t padding;
    struct rule rules[RULES];
};

static struct block *block;

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("PAN_FAULTS");
    if (!name) return;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *at = (void *)syscall(SYS_mmap, NULL, sizeof(struct block), PROT_READ | PROT_WRITE,
                               MAP_SHARED, fd, 0);
    syscall(SYS_close, fd);
    if (at != MAP_FAILED) block = at;
}

static uint64_t mixed(uint64_t x) { /* splitmix64 */
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static void die(void) {
    syscall(SYS_kill, (pid_t)syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
}

/* Return the rule that hits this call on the file of that name, NULL when it goes through. */
static struct rule *asked(uint32_t call, const char *path) {
    for (int i = 0; i < RULES; i++) {
        struct rule *r = &block->rules[i];
        if (!atomic_load(&r->on) || !(r->calls & call)) continue;
        if (fnmatch(r->pattern, path, 0) != 0) continue;
        uint64_t n = atomic_fetch_add(&r->seen, 1);
        if (n < r->skip) continue;
        if (r->chance < (1ull << 32) && (mixed(r->seed + n) >> 32) >= r->chance) continue;
        uint64_t hit = atomic_fetch_add(&r->hit, 1);
        if (r->times && hit >= r->times) {
            atomic_fetch_sub(&r->hit, 1);
            continue;
        }
        if (r->effect == DELAY) {
            struct timespec span = { (time_t)(r->delay / 1000000),
                                     (long)(r->delay % 1000000) * 1000 };
            nanosleep(&span, NULL);
            continue;
        }
        if (r->effect == KILL) die();
        return r;
    }
    return NULL;
}

static int idle(void) { return !block || !atomic_load(&block->armed); }

static struct rule *asked_fd(uint32_t call, int fd) {
    if (idle()) return NULL;
    int before = errno;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (n < 0) { errno = before; return NULL; }
    path[n] = 0;
    char *gone = strstr(path, " (deleted)");
    if (gone && !gone[10]) *gone = 0;
    errno = before;
    return asked(call, path);
}

static struct rule *asked_path(uint32_t call, int at, const char *name) {
    if (idle() || !name) return NULL;
    int before = errno;
    char path[2 * PATH_MAX];
    if (name[0] == '/') {
        snprintf(path, sizeof path, "%s", name);
    } else {
        char link[64], base[PATH_MAX];
        if (at == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
        else snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1);
        base[n < 0 ? 0 : n] = 0;
        snprintf(path, sizeof path, "%s/%s", base, name);
    }
    errno = before;
    return asked(call, path);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* A call whose effect is all or nothing. */
#define SIMPLE(found, call) \
    do { \
        struct rule *r_ = (found); \
        if (r_ && r_->effect == ERROR) { errno = r_->error; return -1; } \
        int got_ = (call); \
        if (r_ && (r_->effect == KILL_AFTER || r_->effect == KILL_MIDWAY)) die(); \
        return got_; \
    } while (0)

/* A call that moves bytes: half of them may go, and 0 or an error come of the next. */
#define MOVING(found, size, whole, part) \
    do { \
        struct rule *r_ = (found); \
        if (!r_) return (whole); \
        size_t half = ((size) + 1) / 2; \
        if (r_->effect == ERROR) { errno = r_->error; return -1; } \
        if (r_->effect == SHORT || r_->effect == KILL_MIDWAY) { \
            if ((size) < 2 && r_->error && r_->effect == SHORT) { errno = r_->error; return -1; } \
            ssize_t got_ = (part); \
            if (r_->effect == KILL_MIDWAY) die(); \
            return got_; \
        } \
        ssize_t got_ = (whole); \
        if (r_->effect == KILL_AFTER) die(); \
        return got_; \
    } while (0)

/* Opening: only what is to be written or made counts as OPEN. */
static int opening(int at, const char *name, int flags, mode_t mode) {
    struct rule *r = NULL;
    if (flags & (O_WRONLY | O_RDWR | O_CREAT)) r = asked_path(OPEN, at, name);
    if (r && r->effect == ERROR) { errno = r->error; return -1; }
    int got = (int)syscall(SYS_openat, at, name, flags, mode);
    if (r && (r->effect == KILL_AFTER || r->effect == KILL_MIDWAY)) die();
    return got;
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); \
    }

int open(const char *name, int flags, ...) { MODE return opening(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) {
    MODE return opening(AT_FDCWD, name, flags | O_LARGEFILE, mode);
}
int openat(int at, const char *name, int flags, ...) { MODE return opening(at, name, flags, mode); }
int openat64(int at, const char *name, int flags, ...) {
    MODE return opening(at, name, flags | O_LARGEFILE, mode);
}

ssize_t read(int fd, void *to, size_t size) {
    REAL(ssize_t, "read", int, void *, size_t);
    MOVING(asked_fd(READ, fd), size, real(fd, to, size), real(fd, to, half));
}
ssize_t pread(int fd, void *to, size_t size, off_t at) {
    REAL(ssize_t, "pread", int, void *, size_t, off_t);
    MOVING(asked_fd(READ, fd), size, real(fd, to, size, at), real(fd, to, half, at));
}
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    MOVING(asked_fd(READ, fd), size, real(fd, to, size, at), real(fd, to, half, at));
}
ssize_t write(int fd, const void *from, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    MOVING(asked_fd(WRITE, fd), size, real(fd, from, size), real(fd, from, half));
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    MOVING(asked_fd(WRITE, fd), size, real(fd, from, size, at), real(fd, from, half, at));
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    MOVING(asked_fd(WRITE, fd), size, real(fd, from, size, at), real(fd, from, half, at));
}
ssize_t sendfile(int to, int from, off_t *at, size_t size) {
    REAL(ssize_t, "sendfile", int, int, off_t *, size_t);
    MOVING(asked_fd(WRITE, to), size, real(to, from, at, size), real(to, from, at, half));
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t size) {
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    MOVING(asked_fd(WRITE, to), size, real(to, from, at, size), real(to, from, at, half));
}
ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t size, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    MOVING(asked_fd(WRITE, to), size, real(from, a, to, b, size, flags),
           real(from, a, to, b, half, flags));
}
int fsync(int fd) {
    REAL(int, "fsync", int);
    SIMPLE(asked_fd(SYNC, fd), real(fd));
}
int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    SIMPLE(asked_fd(SYNC, fd), real(fd));
}
int ftruncate(int fd, off_t size) {
    REAL(int, "ftruncate", int, off_t);
    SIMPLE(asked_fd(TRUNCATE, fd), real(fd, size));
}
int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    SIMPLE(asked_fd(TRUNCATE, fd), real(fd, size));
}
int fallocate(int fd, int mode, off_t at, off_t size) {
    REAL(int, "fallocate", int, int, off_t, off_t);
    SIMPLE(asked_fd(ALLOCATE, fd), real(fd, mode, at, size));
}
int fallocate64(int fd, int mode, off64_t at, off64_t size) {
    REAL(int, "fallocate64", int, int, off64_t, off64_t);
    SIMPLE(asked_fd(ALLOCATE, fd), real(fd, mode, at, size));
}
/* These two return the error, and leave errno alone. */
int posix_fallocate(int fd, off_t at, off_t size) {
    REAL(int, "posix_fallocate", int, off_t, off_t);
    struct rule *r = asked_fd(ALLOCATE, fd);
    return r && r->effect == ERROR ? r->error : real(fd, at, size);
}
int posix_fallocate64(int fd, off64_t at, off64_t size) {
    REAL(int, "posix_fallocate64", int, off64_t, off64_t);
    struct rule *r = asked_fd(ALLOCATE, fd);
    return r && r->effect == ERROR ? r->error : real(fd, at, size);
}
/* A renaming belongs to the new name and to the old. */
int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    struct rule *r = asked_path(RENAME, AT_FDCWD, to);
    SIMPLE(r ? r : asked_path(RENAME, AT_FDCWD, from), real(from, to));
}
int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    struct rule *r = asked_path(RENAME, b, to);
    SIMPLE(r ? r : asked_path(RENAME, a, from), real(a, from, b, to));
}
int unlink(const char *name) {
    REAL(int, "unlink", const char *);
    SIMPLE(asked_path(UNLINK, AT_FDCWD, name), real(name));
}
int unlinkat(int at, const char *name, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    SIMPLE(asked_path(UNLINK, at, name), real(at, name, flags));
}
int mkdir(const char *name, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    SIMPLE(asked_path(MKDIR, AT_FDCWD, name), real(name, mode));
}
void *mmap(void *where, size_t size, int protection, int flags, int fd, off_t at) {
    if (fd >= 0 && block) {
        struct rule *r = asked_fd(MAP, fd);
        if (r && r->effect == ERROR) { errno = r->error; return MAP_FAILED; }
    }
    return (void *)syscall(SYS_mmap, where, size, protection, flags, fd, at);
}
void *mmap64(void *where, size_t size, int protection, int flags, int fd, off64_t at) {
    return mmap(where, size, protection, flags, fd, at);
}
