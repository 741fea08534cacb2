/* The C library's calls that change files under one folder, each of which can be made to
 * fail, to end the process, or to be the last before the power is cut. Loaded with
 * LD_PRELOAD and armed by shim_arm().
 *
 * Power cut: what was written after the last fsync of its file, and names that were
 * changed after the last fsync of their folder, may or may not have reached the disk. By
 * a seed, some of the writes (in any order) and the last few of the names are undone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { NOTHING, FAIL, FULL, KILL, TORN, SHORT, POWER };
enum { WRITE = 1, SYNC = 2, OPEN = 4, NAME = 8, READ = 16 };

static char under[4096], aside[4096];
static long at, seen, hits;
static int mode, sticky, mask, busy;
static unsigned long seed;

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

static unsigned long chance(void) {
    seed = seed * 6364136223846793005UL + 1442695040888963407UL;
    return seed >> 33;
}

static int ours(const char *path) {
    size_t length = strlen(under);
    return length && !strncmp(path, under, length) && (path[length] == '/' || !path[length]);
}

/* The path of a descriptor, if it is under the folder. */
static int of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    if (length < 0) return 0;
    path[length] = 0;
    return ours(path);
}

static int full_path(const char *path, char *into) {
    if (path[0] == '/') snprintf(into, 4096, "%s", path);
    else {
        char here[2048];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(into, 4096, "%s/%s", here, path);
    }
    return ours(into);
}

/* -- what has not reached the disk ------------------------------------------------- */

struct change {
    enum { DATA, SIZE, MADE, GONE, MOVED } kind;
    int fd, done;
    ino_t inode;
    off_t offset, size;
    size_t length, span;
    char *before, *path, *other, *saved;
};
static struct change log_[20000];
static int changes;
static struct { ino_t inode; int fd; } files[512];
static int file_count, saved_count;

static struct change *note(int kind) {
    if (changes == 20000) abort();
    struct change *one = &log_[changes++];
    memset(one, 0, sizeof *one);
    one->kind = kind;
    return one;
}

/* A descriptor that is never closed: closing one gives up the locks of the process. */
static int keep(int fd, ino_t inode) {
    for (int i = 0; i < file_count; i++)
        if (files[i].inode == inode) return files[i].fd;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    files[file_count].inode = inode;
    files[file_count].fd = syscall(SYS_openat, AT_FDCWD, link, O_RDWR | O_CLOEXEC, 0);
    return files[file_count++].fd;
}

static void note_data(int fd, off_t offset, size_t length, int kind) {
    struct stat status;
    if (fstat(fd, &status) || !S_ISREG(status.st_mode)) return;
    struct change *one = note(kind);
    one->inode = status.st_ino;
    one->fd = keep(fd, status.st_ino);
    one->offset = offset;
    one->size = status.st_size;
    one->span = length;
    if (offset < status.st_size) {
        size_t there = status.st_size - offset;
        one->length = length < there ? length : there;
        one->before = malloc(one->length + 1);
        ssize_t got = syscall(SYS_pread64, one->fd, one->before, one->length, offset);
        if (got < 0) abort();
        one->length = got;
    }
}

static char *save(const char *path) {
    char name[4200];
    snprintf(name, sizeof name, "%s/%d", aside, saved_count++);
    if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, name, 0)) return NULL;
    return strdup(name);
}

static void synced(int fd) {
    struct stat status;
    char path[4096], parent[4096];
    if (fstat(fd, &status)) return;
    if (!S_ISDIR(status.st_mode)) {
        for (int i = 0; i < changes; i++)
            if (log_[i].kind <= SIZE && log_[i].inode == status.st_ino) log_[i].done = 1;
        return;
    }
    if (!of(fd, path)) return;
    for (int i = 0; i < changes; i++) {
        if (log_[i].kind <= SIZE) continue;
        snprintf(parent, sizeof parent, "%s", log_[i].path);
        *strrchr(parent, '/') = 0;
        if (!strcmp(parent, path)) log_[i].done = 1;
    }
}

static void power_cut(void) {
    int names = 0, left;
    for (int i = 0; i < changes; i++)
        names += log_[i].kind > SIZE && !log_[i].done;
    /* A journal keeps names in order: those before the first that is lost are kept. */
    left = chance() % 3 == 0 ? names : (int)(chance() % (names + 1));
    /* Nothing reached the disk, or some of it. */
    int all = chance() % 3 == 0;
    for (int i = changes - 1; i >= 0; i--) {
        struct change *one = &log_[i];
        if (one->done) continue;
        if (one->kind <= SIZE) {
            if (!all && chance() % 2) continue;
            if (one->length)
                syscall(SYS_pwrite64, one->fd, one->before, one->length, one->offset);
            if (one->kind == SIZE || all || chance() % 2)
                syscall(SYS_ftruncate, one->fd, one->size);
            else /* The size got there, and what was written did not. */
                for (off_t to = one->offset + one->span; one->size < to; one->size++)
                    syscall(SYS_pwrite64, one->fd, "", 1, one->size);
            continue;
        }
        if (left-- <= 0) continue;
        if (one->kind == MADE) syscall(SYS_unlinkat, AT_FDCWD, one->path, 0);
        if (one->kind == MOVED)
            syscall(SYS_renameat, AT_FDCWD, one->path, AT_FDCWD, one->other);
        if (one->saved)
            syscall(SYS_renameat, AT_FDCWD, one->saved, AT_FDCWD, one->path);
    }
    kill(getpid(), SIGKILL);
}

/* -- when it happens --------------------------------------------------------------- */

void shim_arm(const char *folder, const char *saved, long number, int how, int again,
              int which, unsigned long start) {
    snprintf(under, sizeof under, "%s", folder);
    snprintf(aside, sizeof aside, "%s", saved);
    at = number, mode = how, sticky = again, mask = which, seed = start;
    seen = hits = changes = file_count = saved_count = 0;
}

long shim_seen(void) { return seen; }
long shim_hits(void) { return hits; }

/* Whether this call is to go wrong: 0, or the number for errno, or -1 for half. */
static int wrong(int which) {
    if (busy || !mode || !(which & mask)) return 0;
    seen++;
    if (sticky ? seen < at : seen != at) return 0;
    if (!at) return 0;
    if (mode == FULL && !(which & (WRITE | OPEN | NAME))) return 0;
    hits++;
    switch (mode) {
    case FAIL: return EIO;
    case FULL: return ENOSPC;
    case TORN: case SHORT: if (which == WRITE) return -1;
        if (mode == SHORT) return 0; /* fall through */
    case KILL: kill(getpid(), SIGKILL); for (;;) pause();
    case POWER: power_cut(); for (;;) pause();
    }
    return 0;
}

#define GOES_WRONG(which) int why = wrong(which); if (why > 0) { errno = why; return -1; }

static ssize_t half(ssize_t written) {
    if (mode == TORN) { kill(getpid(), SIGKILL); for (;;) pause(); }
    return written;
}

/* -- the calls --------------------------------------------------------------------- */

ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) {
    char path[4096];
    if (!mode || !of(fd, path)) return REAL(pwrite64)(fd, data, length, offset);
    GOES_WRONG(WRITE)
    if (why < 0)
        return half(REAL(pwrite64)(fd, data, (length + 1) / 2, offset));
    if (mode == POWER) note_data(fd, offset, length, DATA);
    return REAL(pwrite64)(fd, data, length, offset);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    return pwrite64(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
    char path[4096];
    if (!mode || !of(fd, path)) return REAL(write)(fd, data, length);
    GOES_WRONG(WRITE)
    if (why < 0) return half(REAL(write)(fd, data, (length + 1) / 2));
    if (mode == POWER) {
        off_t here = lseek(fd, 0, SEEK_CUR);
        struct stat status;
        if (fcntl(fd, F_GETFL) & O_APPEND && !fstat(fd, &status)) here = status.st_size;
        note_data(fd, here, length, DATA);
    }
    return REAL(write)(fd, data, length);
}

ssize_t pread64(int fd, void *data, size_t length, off_t offset) {
    char path[4096];
    if (!mode || !(mask & READ) || !of(fd, path))
        return REAL(pread64)(fd, data, length, offset);
    GOES_WRONG(READ)
    return REAL(pread64)(fd, data, length, offset);
}
ssize_t pread(int fd, void *data, size_t length, off_t offset) {
    return pread64(fd, data, length, offset);
}

int ftruncate64(int fd, off_t size) {
    char path[4096];
    if (!mode || !of(fd, path)) return REAL(ftruncate64)(fd, size);
    GOES_WRONG(WRITE)
    if (why < 0) half(0);
    if (mode == POWER) note_data(fd, size, (size_t)1 << 40, SIZE);
    return REAL(ftruncate64)(fd, size);
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

#define SYNCS(name)                                                                     \
    int name(int fd) {                                                                  \
        char path[4096];                                                                \
        if (!mode || !of(fd, path)) return REAL(name)(fd);                              \
        GOES_WRONG(SYNC)                                                                \
        if (mode == POWER) { synced(fd); return 0; }                                    \
        return REAL(name)(fd);                                                          \
    }
SYNCS(fsync)
SYNCS(fdatasync)

static int opens(int folder, const char *path, int flags, mode_t rights) {
    char whole[4096];
    int made = 0;
    if (mode && (folder == AT_FDCWD || path[0] == '/') && full_path(path, whole)) {
        GOES_WRONG(OPEN)
        made = mode == POWER && flags & O_CREAT && access(whole, F_OK);
    }
    int fd = syscall(SYS_openat, folder, path, flags, rights);
    if (made && fd >= 0) note(MADE)->path = strdup(whole);
    return fd;
}

#define RIGHTS                                                                          \
    mode_t rights = 0;                                                                  \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                              \
        va_list list;                                                                   \
        va_start(list, flags);                                                          \
        rights = va_arg(list, mode_t);                                                  \
        va_end(list);                                                                   \
    }

int open(const char *path, int flags, ...) { RIGHTS return opens(AT_FDCWD, path, flags, rights); }
int open64(const char *path, int flags, ...) { RIGHTS return opens(AT_FDCWD, path, flags, rights); }
int openat(int folder, const char *path, int flags, ...) { RIGHTS return opens(folder, path, flags, rights); }
int openat64(int folder, const char *path, int flags, ...) { RIGHTS return opens(folder, path, flags, rights); }

int unlink(const char *path) {
    char whole[4096];
    if (!mode || !full_path(path, whole)) return REAL(unlink)(path);
    GOES_WRONG(NAME)
    if (mode == POWER) {
        char *saved = save(whole);
        if (saved) {
            struct change *one = note(GONE);
            one->path = strdup(whole);
            one->saved = saved;
        }
    }
    return REAL(unlink)(path);
}

int rename(const char *from, const char *to) {
    char one_path[4096], whole[4096];
    if (!mode || !full_path(to, whole)) return REAL(rename)(from, to);
    GOES_WRONG(NAME)
    if (mode == POWER) {
        full_path(from, one_path);
        char *saved = save(whole);
        struct change *one = note(MOVED);
        one->path = strdup(whole);
        one->other = strdup(one_path);
        one->saved = saved;
    }
    return REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
    char whole[4096];
    if (!mode || !full_path(to, whole)) return REAL(link)(from, to);
    GOES_WRONG(NAME)
    if (mode == POWER) note(MADE)->path = strdup(whole);
    return REAL(link)(from, to);
}
