/* A disk that fails, fills up or forgets, for what a program does below one folder (LD_PRELOAD).
 *
 *   FAULT_DIR=…      the folder; everything else is left alone
 *   FAULT_WHILE=…    faults happen only while this file is there (always, where it is not named)
 *   FAULT_CALLS=…    which calls fail: open,read,write,sync,rename,truncate,unlink
 *   FAULT_EVERY=N    every N-th of them, counted together
 *   FAULT_FROM=N     the N-th and all after it
 *   FAULT_ERRNO=N    with this number (5 is EIO, 28 is ENOSPC)
 *   FAULT_BYTES=N    the disk takes N bytes more; then writes are short, and fail with ENOSPC
 *   FAULT_LOG=…      what reaches the disk is written there in its order, as replay.py reads it
 *   CLOCK_SHIFT=…    a file with seconds by which the clock of day is wrong, read again at each look
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FDS 65536

static char *paths[FDS];
static char folder[PATH_MAX], calls[256], wanted_while[PATH_MAX], shift_file[PATH_MAX];
static long every, from, fails_with = EIO, bytes_left = -1, counted;
static int log_fd = -1, ready;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void begin(void) {
  char *value;
  if ((value = getenv("FAULT_DIR"))) snprintf(folder, sizeof folder, "%s", value);
  if ((value = getenv("FAULT_CALLS"))) snprintf(calls, sizeof calls, ",%s,", value);
  if ((value = getenv("FAULT_WHILE"))) snprintf(wanted_while, sizeof wanted_while, "%s", value);
  if ((value = getenv("CLOCK_SHIFT"))) snprintf(shift_file, sizeof shift_file, "%s", value);
  if ((value = getenv("FAULT_EVERY"))) every = atol(value);
  if ((value = getenv("FAULT_FROM"))) from = atol(value);
  if ((value = getenv("FAULT_ERRNO"))) fails_with = atol(value);
  if ((value = getenv("FAULT_BYTES"))) bytes_left = atol(value);
  if ((value = getenv("FAULT_LOG")))
    log_fd = syscall(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  ready = folder[0] != 0;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
  pthread_once(&once, begin)

static int active(void) {
  return !wanted_while[0] || syscall(SYS_faccessat, AT_FDCWD, wanted_while, F_OK) == 0;
}

/* Whether this call fails, by its kind. */
static int fault(const char *kind) {
  if (!ready || (!every && !from)) return 0;
  char word[32];
  snprintf(word, sizeof word, ",%s,", kind);
  if (!strstr(calls, word)) return 0;
  int saved = errno;
  int on = active();
  errno = saved;
  if (!on) return 0;
  long number = __atomic_add_fetch(&counted, 1, __ATOMIC_SEQ_CST);
  if ((every && number % every == 0) || (from && number >= from)) {
    errno = fails_with;
    return 1;
  }
  return 0;
}

/* How many of these bytes the disk still takes. */
static size_t room(size_t count) {
  if (bytes_left < 0) return count;
  int saved = errno;
  int on = active();
  errno = saved;
  if (!on) return count;
  pthread_mutex_lock(&lock);
  size_t taken = count < (size_t)bytes_left ? count : (size_t)bytes_left;
  bytes_left -= taken;
  pthread_mutex_unlock(&lock);
  return taken;
}

static int below(const char *path) {
  size_t length = strlen(folder);
  return ready && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static const char *whole(int at, const char *path, char *into) {
  if (path[0] == '/') return path;
  char base[PATH_MAX];
  if (at == AT_FDCWD) {
    if (!getcwd(base, sizeof base)) return path;
  } else if (at >= 0 && at < FDS && paths[at]) {
    snprintf(base, sizeof base, "%s", paths[at]);
  } else {
    return path;
  }
  snprintf(into, PATH_MAX, "%.2000s/%.2000s", base, path);
  return into;
}

/* One record: kind, length of the path, offset, length of the data, path, data. */
static void note(char kind, const char *path, int64_t offset, const void *data, size_t length) {
  if (log_fd < 0) return;
  int saved = errno;
  struct __attribute__((packed)) {
    char kind;
    uint16_t path;
    int64_t offset;
    uint32_t data;
  } head = {kind, strlen(path), offset, length};
  struct iovec parts[3] = {
      {&head, sizeof head}, {(void *)path, head.path}, {(void *)data, length}};
  syscall(SYS_writev, log_fd, parts, data ? 3 : 2);
  errno = saved;
}

static int ours(int fd) { return fd >= 0 && fd < FDS && paths[fd]; }

static int opened(int fd, const char *path, int flags, int existed) {
  if (fd < 0 || fd >= FDS) return fd;
  char *old = paths[fd];
  paths[fd] = below(path) ? strdup(path) : NULL;
  free(old);
  if (paths[fd]) {
    if ((flags & O_CREAT) && !existed) note('C', path, 0, NULL, 0);
    if (flags & O_TRUNC) note('T', path, 0, NULL, 0);
  }
  return fd;
}

static int open_at(int at, const char *path, int flags, mode_t mode) {
  char buffer[PATH_MAX];
  pthread_once(&once, begin);
  if (!ready) return syscall(SYS_openat, at, path, flags, mode);
  const char *full = whole(at, path, buffer);
  int existed = 1;
  if (below(full)) {
    if (!(flags & O_DIRECTORY) && fault("open")) return -1;
    if (flags & O_CREAT) existed = syscall(SYS_faccessat, at, path, F_OK) == 0;
    if (flags & O_CREAT && !existed && bytes_left == 0 && active()) {
      errno = ENOSPC;
      return -1;
    }
  }
  return opened(syscall(SYS_openat, at, path, flags, mode), full, flags, existed);
}

#define MODE \
  mode_t mode = 0; \
  if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list list; \
    va_start(list, flags); \
    mode = va_arg(list, mode_t); \
    va_end(list); \
  }

int open(const char *path, int flags, ...) { MODE return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_at(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return open_at(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return open_at(at, path, flags, mode); }
int __open_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) {
  return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

static int made_temporary(int fd, const char *template) {
  char buffer[PATH_MAX];
  return fd < 0 ? fd : opened(fd, whole(AT_FDCWD, template, buffer), O_CREAT, 0);
}
int mkostemp(char *template, int flags) {
  REAL(mkostemp);
  if (below(template) && fault("open")) return -1;
  return made_temporary(real(template, flags), template);
}
int mkostemp64(char *template, int flags) {
  REAL(mkostemp64);
  if (below(template) && fault("open")) return -1;
  return made_temporary(real(template, flags), template);
}
int mkstemp(char *template) {
  REAL(mkstemp);
  if (below(template) && fault("open")) return -1;
  return made_temporary(real(template), template);
}
int mkstemp64(char *template) {
  REAL(mkstemp64);
  if (below(template) && fault("open")) return -1;
  return made_temporary(real(template), template);
}

int close(int fd) {
  if (ours(fd)) {
    char *old = paths[fd];
    paths[fd] = NULL;
    free(old);
  }
  return syscall(SYS_close, fd);
}

static ssize_t put(int fd, const void *data, size_t count, off_t offset, int positioned) {
  if (!ours(fd))
    return positioned ? syscall(SYS_pwrite64, fd, data, count, offset)
                      : syscall(SYS_write, fd, data, count);
  if (fault("write")) return -1;
  size_t taken = room(count);
  if (taken == 0 && count > 0) {
    errno = ENOSPC;
    return -1;
  }
  if (log_fd >= 0) pthread_mutex_lock(&lock);
  off_t place = offset;
  if (!positioned) {
    place = syscall(SYS_lseek, fd, 0, SEEK_CUR);
    if (fcntl(fd, F_GETFL) & O_APPEND) {
      struct stat status;
      if (!fstat(fd, &status)) place = status.st_size;
    }
  }
  ssize_t done = positioned ? syscall(SYS_pwrite64, fd, data, taken, offset)
                            : syscall(SYS_write, fd, data, taken);
  if (done > 0) note('W', paths[fd], place, data, done);
  if (log_fd >= 0) pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void *data, size_t count) { return put(fd, data, count, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t count, off_t at) { return put(fd, data, count, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
  return put(fd, data, count, at, 1);
}

ssize_t read(int fd, void *data, size_t count) {
  if (ours(fd) && fault("read")) return -1;
  return syscall(SYS_read, fd, data, count);
}
ssize_t pread(int fd, void *data, size_t count, off_t at) {
  if (ours(fd) && fault("read")) return -1;
  return syscall(SYS_pread64, fd, data, count, at);
}
ssize_t pread64(int fd, void *data, size_t count, off64_t at) {
  if (ours(fd) && fault("read")) return -1;
  return syscall(SYS_pread64, fd, data, count, at);
}

static int sync_one(int fd, long call) {
  if (!ours(fd)) return syscall(call, fd);
  if (fault("sync")) return -1;
  int end = syscall(call, fd);
  if (end == 0) note('S', paths[fd], 0, NULL, 0);
  return end;
}
int fsync(int fd) { return sync_one(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_one(fd, SYS_fdatasync); }

static int cut(int fd, off64_t length) {
  if (ours(fd)) {
    if (fault("truncate")) return -1;
    note('T', paths[fd], length, NULL, 0);
  }
  return syscall(SYS_ftruncate, fd, length);
}
int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

int rename(const char *from, const char *to) {
  char one[PATH_MAX], two[PATH_MAX];
  pthread_once(&once, begin);
  const char *old = whole(AT_FDCWD, from, one), *new = whole(AT_FDCWD, to, two);
  if (below(new) && fault("rename")) return -1;
  int end = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (end == 0 && below(new)) note('R', old, 0, new, strlen(new));
  return end;
}
int link(const char *from, const char *to) {
  char one[PATH_MAX], two[PATH_MAX];
  pthread_once(&once, begin);
  const char *old = whole(AT_FDCWD, from, one), *new = whole(AT_FDCWD, to, two);
  if (below(new) && fault("rename")) return -1;
  int end = syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (end == 0 && below(new)) note('L', old, 0, new, strlen(new));
  return end;
}
int unlink(const char *path) {
  char one[PATH_MAX];
  pthread_once(&once, begin);
  const char *full = whole(AT_FDCWD, path, one);
  if (below(full) && fault("unlink")) return -1;
  int end = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (end == 0 && below(full)) note('U', full, 0, NULL, 0);
  return end;
}

/* The clock of day, wrong by what a file says. */
static long shift(void) {
  pthread_once(&once, begin);
  if (!shift_file[0]) return 0;
  int saved = errno;
  char text[32] = {0};
  int fd = syscall(SYS_openat, AT_FDCWD, shift_file, O_RDONLY | O_CLOEXEC, 0);
  if (fd >= 0) {
    syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
  }
  errno = saved;
  return atol(text);
}
int clock_gettime(clockid_t clock, struct timespec *time) {
  int end = syscall(SYS_clock_gettime, clock, time);
  if (end == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += shift();
  return end;
}
int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}
time_t time(time_t *into) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (into) *into = now.tv_sec;
  return now.tv_sec;
}
